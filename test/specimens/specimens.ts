import type { ReturnRight } from '@nansen/formats/lds'
import type { CheckName, Verdict } from '@nansen/inspection'
import {
  type ChipFile,
  type Day,
  dataGroupsOf,
  type SpecimenPaper,
  type SpecimenPerson,
  sealChip,
  zoneOf,
} from './passport.ts'
import { makeSpecimenTrust, RURITANIA, type Signer, type SpecimenState, UTOPIA, ZEMBLA } from './state.ts'

/** One thing to put before inspection, and the answer that it must get. */
export interface Specimen {
  /** Also the name of its folder. */
  readonly name: string
  /** What is the matter with it, in one line. */
  readonly about: string
  readonly files: readonly ChipFile[]
  readonly verdict: Verdict['verdict']
  /** The check that decides, where the answer is not `accepted`. */
  readonly decides?: CheckName
}

export interface SpecimenSet {
  /** What a receiver of these papers trusts: Utopia's and Ruritania's authorities, and their revocation lists. */
  readonly trust: readonly ChipFile[]
  readonly specimens: readonly Specimen[]
}

const ANNA: SpecimenPerson = {
  familyName: 'Щербакова',
  givenNames: 'Анна Юрьевна',
  language: 'ru',
  documentCode: 'PT',
  nationality: 'RUS',
  birth: { year: 1987, month: 4, day: 12 },
  sex: 'F',
}
const GIORGI: SpecimenPerson = {
  familyName: 'ქავთარაძე',
  givenNames: 'გიორგი',
  language: 'ka',
  documentCode: 'PR',
  nationality: 'XXB',
  birth: { year: 1991, month: undefined, day: undefined },
  sex: 'M',
}
const MARYAM: SpecimenPerson = {
  familyName: 'Maryam',
  givenNames: '',
  language: 'en',
  documentCode: 'PS',
  nationality: 'XXA',
  birth: { year: undefined, month: undefined, day: undefined },
  sex: 'X',
}

/**
 * The built-in set: what inspection must accept, what it must not, and what it cannot tell. Keys are made anew
 * each time and are gone afterwards.
 * @param random octets of a serial or document number; a set made from the same ones has the same numbers
 */
export function makeSpecimens(at: Date, random: (octets: number) => Uint8Array): SpecimenSet {
  const serial = () => {
    const octets = random(16)
    octets[0] = (octets[0]! & 0x3f) | 0x40
    return octets
  }
  const utopia = makeSpecimenTrust(UTOPIA, at, serial)
  const ruritania = makeSpecimenTrust(RURITANIA, at, serial)
  const zembla = makeSpecimenTrust(ZEMBLA, at, serial)
  const draft = new PaperDrafts(at, random)
  const paper = (person: SpecimenPerson, returnRight: ReturnRight = { kind: 'while-valid' }) =>
    draft.paper(UTOPIA, person, returnRight)
  const chip = (of: SpecimenPaper, signer: Signer) => sealChip(dataGroupsOf(of), signer, at)
  const printed = (of: SpecimenPaper): ChipFile => ({
    name: 'mrz.txt',
    bytes: new TextEncoder().encode(`${zoneOf(of).join('\n')}\n`),
  })

  const anna = paper(ANNA, { kind: 'until-date', until: draft.expires })
  const giorgi = paper(GIORGI)
  const maryam = paper(MARYAM)
  const annaChip = chip(anna, utopia.documentSigner)
  const giorgiChip = chip(giorgi, utopia.documentSigner)
  const specimens: Specimen[] = [
    {
      name: 'alien',
      about: 'a passport for an alien, with zone and return right',
      files: [...annaChip, printed(anna)],
      verdict: 'accepted',
    },
    {
      name: 'refugee',
      about: 'a passport for a refugee; day and month of birth unknown',
      files: [...giorgiChip, printed(giorgi)],
      verdict: 'accepted',
    },
    {
      name: 'stateless',
      about: 'a passport for a stateless person with one name; birth unknown',
      files: chip(maryam, utopia.documentSigner),
      verdict: 'accepted',
    },
    {
      name: 'expired',
      about: 'genuine, its last day is over',
      files: chip(draft.expired(anna), utopia.documentSigner),
      verdict: 'not-valid',
      decides: 'expiry',
    },
    {
      name: 'signer-revoked',
      about: 'genuine, but its signer was revoked',
      files: chip(anna, utopia.revokedSigner),
      verdict: 'not-valid',
      decides: 'revocation',
    },
    {
      name: 'altered',
      about: "another person's zone under the signature",
      files: withFile(annaChip, giorgiChip, 'EF_DG1.bin'),
      verdict: 'rejected',
      decides: 'lds.hashes',
    },
    {
      name: 'group-added',
      about: 'a data group that nobody signed',
      files: withoutGroup(anna, 13, utopia.documentSigner, at),
      verdict: 'rejected',
      decides: 'lds.complete',
    },
    {
      name: 'page-exchanged',
      about: 'the chip of one passport in the page of another',
      files: [...annaChip, printed(giorgi)],
      verdict: 'rejected',
      decides: 'mrz.chip-agrees',
    },
    {
      name: 'foreign-signer',
      about: "Utopia's name under Ruritania's key",
      files: chip(anna, ruritania.documentSigner),
      verdict: 'rejected',
      decides: 'sod.country',
    },
    {
      name: 'no-anchor',
      about: 'signed by Zembla, whom this receiver does not know',
      files: chip(draft.paper(ZEMBLA, ANNA, { kind: 'none' }), zembla.documentSigner),
      verdict: 'unproven',
      decides: 'sod.chain',
    },
    {
      name: 'security-object-alone',
      about: 'a genuine security object without its data groups',
      files: annaChip.filter(({ name }) => name === 'EF_SOD.bin'),
      verdict: 'unproven',
      decides: 'lds.hashes',
    },
    {
      name: 'zone-alone',
      about: 'a zone that anyone can print',
      files: [printed(anna)],
      verdict: 'unproven',
      decides: 'sod.signature',
    },
  ]
  return {
    trust: [
      { name: 'utopia-csca.cer', bytes: utopia.csca.certificate.encoded },
      { name: 'utopia.ml', bytes: utopia.masterList },
      { name: 'utopia.crl', bytes: utopia.crl },
      { name: 'ruritania-csca.cer', bytes: ruritania.csca.certificate.encoded },
      { name: 'ruritania.crl', bytes: ruritania.crl },
    ],
    specimens,
  }
}

/** Signed without one group, which is then put beside the others. */
function withoutGroup(paper: SpecimenPaper, number: number, signer: Signer, at: Date): readonly ChipFile[] {
  const groups = new Map(dataGroupsOf(paper))
  const added = groups.get(number)!
  groups.delete(number)
  return [...sealChip(groups, signer, at), { name: `EF_DG${number}.bin`, bytes: added }]
}

const withFile = (files: readonly ChipFile[], from: readonly ChipFile[], name: string): readonly ChipFile[] =>
  files.map((file) => (file.name === name ? (from.find((other) => other.name === name) ?? file) : file))

class PaperDrafts {
  readonly #random: (octets: number) => Uint8Array
  readonly issued: Day
  readonly expires: Day

  constructor(at: Date, random: (octets: number) => Uint8Array) {
    this.#random = random
    this.issued = dayOf(at, 0)
    this.expires = dayOf(at, 2 * 365 - 1)
  }

  paper(state: SpecimenState, person: SpecimenPerson, returnRight: ReturnRight): SpecimenPaper {
    return { state, person, returnRight, number: this.#number(), issued: this.issued, expires: this.expires }
  }

  expired(paper: SpecimenPaper): SpecimenPaper {
    const { year, month, day } = this.issued
    const yesterday = dayOf(new Date(Date.UTC(year, month - 1, day)), -1)
    return { ...paper, expires: yesterday }
  }

  /** Nine characters without those that are mistaken for each other; random, so that nobody can count. P12 */
  #number(): string {
    const letters = 'ACDEFGHJKLMNPRTUVWXY3479'
    return [...this.#random(9)].map((octet) => letters[octet % letters.length]).join('')
  }
}

function dayOf(at: Date, offset: number): Day {
  const date = new Date(at.getTime() + offset * 86_400_000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}
