import {
  dataGroupByNumber,
  draftSod,
  encodeDg1,
  encodeDg2,
  encodeDg11,
  encodeDg12,
  encodeDg13,
  encodeEfCom,
  encodeLdsSecurityObject,
  type ReturnRight,
  returnRightText,
  sealSod,
} from '@nansen/formats/lds'
import { generateMrz, type MrzDocument } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import {
  SILHOUETTE_HEIGHT,
  SILHOUETTE_WIDTH,
  silhouette,
} from '../../packages/nansen/src/specimen/silhouette.ts'
import { digest } from './keys.ts'
import type { Signer, SpecimenState } from './state.ts'

/** A person who does not exist. */
export interface SpecimenPerson {
  readonly familyName: string
  /** Empty for a person with one name only. */
  readonly givenNames: string
  /** Of the name, as its spelling in the zone depends on it: `ru`, `ka`, `hy`. */
  readonly language: string
  readonly documentCode: 'PR' | 'PS' | 'PT'
  readonly nationality: string
  readonly birth: MrzDocument['birth']
  readonly sex: MrzDocument['sex']
}

export interface SpecimenPaper {
  readonly person: SpecimenPerson
  readonly state: SpecimenState
  readonly number: string
  readonly issued: Day
  readonly expires: Day
  readonly returnRight: ReturnRight
}

export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A chip file by the name that tools give it. */
export interface ChipFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The lines of the zone. */
export function zoneOf(paper: SpecimenPaper): readonly string[] {
  const { person } = paper
  return generateMrz(
    {
      documentCode: person.documentCode,
      issuer: paper.state.code3,
      name: { primary: person.familyName, secondary: person.givenNames },
      number: paper.number,
      nationality: person.nationality,
      birth: person.birth,
      sex: person.sex,
      expiry: paper.expires,
    },
    'TD3',
    { transliterate: (name) => transliterate(name, { language: person.language }) },
  )
}

/** The data groups of a paper, by number. */
export function dataGroupsOf(paper: SpecimenPaper): ReadonlyMap<number, Uint8Array> {
  const { person } = paper
  const portrait = { width: SILHOUETTE_WIDTH, height: SILHOUETTE_HEIGHT, image: silhouette() }
  return new Map([
    [1, encodeDg1(zoneOf(paper).join(''))],
    [2, encodeDg2(portrait)],
    [11, encodeDg11({ nameOfHolder: [person.familyName, person.givenNames].filter(Boolean).join('  ') })],
    [
      12,
      encodeDg12({
        issuingAuthority: `${paper.state.name} (specimen)`,
        dateOfIssue: paper.issued,
        endorsements: returnRightText(paper.returnRight),
      }),
    ],
    [13, encodeDg13({ returnRight: paper.returnRight })],
  ])
}

/** The files of a chip: list of groups, groups, and the security object over them. */
export function sealChip(
  groups: ReadonlyMap<number, Uint8Array>,
  signer: Signer,
  at: Date,
): readonly ChipFile[] {
  const numbers = [...groups.keys()].sort((a, b) => a - b)
  const { algorithm } = signer.key
  const { hash } = algorithm
  const content = encodeLdsSecurityObject({
    hashAlgorithm: hash,
    hashes: numbers.map((number) => ({ number, hash: digest(hash, groups.get(number)!) })),
    versionInfo: { lds: '0108', unicode: '040000' },
  })
  const draft = draftSod({
    content,
    contentDigest: digest(hash, content),
    hash,
    signatureAlgorithm: algorithm,
    documentSigner: signer.certificate,
    signingTime: new Date(Math.floor(at.getTime() / 1000) * 1000),
  })
  const tags = numbers.map((number) => dataGroupByNumber(number)!.tag)
  return [
    { name: 'EF_COM.bin', bytes: encodeEfCom({ ldsVersion: '0108', unicodeVersion: '040000', tags }) },
    ...numbers.map((number) => ({ name: `EF_DG${number}.bin`, bytes: groups.get(number)! })),
    { name: 'EF_SOD.bin', bytes: sealSod(draft, signer.key.sign(draft.toBeSigned)) },
  ]
}
