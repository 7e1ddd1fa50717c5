import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { write as der } from '@nansen/formats/der'
import * as lds from '@nansen/formats/lds'
import { generateMrz, type MrzDocument, type MrzFormat } from '@nansen/formats/mrz'
import { CURVES, encodeEcPublicKey, encodeSignatureAlgorithm } from '@nansen/formats/pki'
import { concat, encodeElement } from '@nansen/formats/tlv'
import { gzipSync, zipSync } from 'fflate'
import { rsaKey, specimenMasterList, specimenPki } from '../specimen-pki.ts'
import { makeSpecimens } from '../specimens/specimens.ts'
import { AT } from './targets.ts'

/**
 * Writes the seeds anew: specimen papers with the trust they were made under, the files of a chip that the
 * specimens lack, zones, names. Keys are random and gone afterwards, so a new set makes the old corpus of
 * `inspect` worth less; that is why seeds are kept.
 */
export function makeSeeds(folder: string): number {
  const seeds = new Map<string, Uint8Array>()
  specimens(seeds)
  otherCertificates(seeds)
  otherGroups(seeds)
  texts(seeds)
  const path = join(folder, 'seeds')
  mkdirSync(path, { recursive: true })
  for (const name of readdirSync(path)) rmSync(join(path, name))
  for (const [name, bytes] of seeds) writeFileSync(join(path, `${name}.bin`), bytes)
  return seeds.size
}

type Seeds = Map<string, Uint8Array>

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const octets = (tag: number, ...values: number[]): Uint8Array => encodeElement(tag, Uint8Array.from(values))
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xd9)

function specimens(seeds: Seeds): void {
  const set = makeSpecimens(AT, (length) => new Uint8Array(randomBytes(length)))
  for (const { name, bytes } of set.trust) seeds.set(`trust-${name}`, bytes)
  for (const { name, files } of set.specimens) {
    const archive = Object.fromEntries(files.map((file) => [file.name, file.bytes]))
    seeds.set(`specimen-${name}`, zipSync(archive, { level: 9 }))
    if (name === 'alien') for (const file of files) seeds.set(`alien-${file.name}`, file.bytes)
  }
  const sod = seeds.get('alien-EF_SOD.bin')!
  seeds.set('alien-signer', lds.parseSod(sod).certificates[0]!)
  seeds.set('alien-sod-gzip', gzipSync(sod))
}

function otherCertificates(seeds: Seeds): void {
  for (const [name, key] of [
    ['pss', rsaKey('rsa-pss', 1024)],
    ['pkcs1', rsaKey('rsa-pkcs1', 1024)],
  ] as const) {
    const pki = specimenPki(key)
    seeds.set(`csca-${name}`, pki.csca.encoded)
    seeds.set(`seal-signer-${name}`, pki.sealSigner.encoded)
    seeds.set(`list-${name}`, specimenMasterList(pki, [pki.csca.encoded, pki.documentSigner.encoded]))
    seeds.set(`key-${name}`, key.publicKey.encoded)
    seeds.set(`algorithm-${name}`, encodeSignatureAlgorithm(key.algorithm))
    seeds.set(`pem-${name}`, text(pem('CERTIFICATE', pki.documentSigner.encoded)))
  }
  for (const curve of CURVES.filter(({ name }) => ['P-521', 'brainpoolP256r1'].includes(name)))
    for (const parameters of ['explicit', 'named'] as const)
      seeds.set(
        `key-${curve.name}-${parameters}`,
        encodeEcPublicKey(curve, new Uint8Array(1 + 2 * curve.size).fill(4), parameters),
      )
}

const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

function otherGroups(seeds: Seeds): void {
  seeds.set('dg3', encodeElement(0x63, encodeElement(0x7f61, octets(2, 0)), octets(0x53, 1, 2, 3)))
  seeds.set('dg5', lds.encodeDg5([JPEG]))
  seeds.set('dg7', lds.encodeDg7([JPEG]))
  seeds.set('dg8', octets(0x68, 1, 2, 3))
  const key = encodeEcPublicKey(CURVES[2]!, new Uint8Array(65).fill(4), 'named')
  seeds.set(
    'dg14',
    lds.encodeDg14([
      lds.encodeActiveAuthenticationInfo('0.4.0.127.0.7.1.1.4.1.3'),
      lds.encodeChipAuthenticationInfo('0.4.0.127.0.7.2.2.3.2.2', 1),
      lds.encodeChipAuthenticationPublicKey('0.4.0.127.0.7.2.2.1.2', key, 1),
      lds.encodePaceInfo('0.4.0.127.0.7.2.2.4.2.2', 12),
    ]),
  )
  seeds.set('dg15', lds.encodeDg15(key))
  seeds.set('dg2-39794', face39794())
}

/** A face record of the newer kind with a bit of everything. [9303-10 §4.7.2] */
function face39794(): Uint8Array {
  const at = (tag: number, ...parts: Uint8Array[]) => encodeElement(tag, ...parts)
  const code = (value: number) => octets(0x80, value)
  const version = at(0xa0, octets(0x80, 3), octets(0x81, 0x07, 0xe3))
  const picture = at(0xa1, at(0xa0, at(0xa0, at(0x80, JPEG), at(0xa1, at(0xa0, code(2))))))
  const quality = at(
    0xa3,
    der.sequence(at(0xa0, octets(0x80, 1), octets(0x81, 2)), at(0xa1, at(0xa1, code(0)))),
  )
  const identity = at(
    0xa8,
    at(0xa0, code(2)),
    at(0xa5, octets(0x80, 1)),
    at(0xa6, at(0xa0, octets(0x80, 0xf6))),
  )
  const representation = der.sequence(octets(0x80, 0), picture, quality, identity)
  const record = at(0x65, version, at(0xa1, representation))
  const header = at(0xa1, octets(0x87, 1, 1), octets(0x88, 0, 0x2a))
  return at(0x75, at(0x7f61, octets(2, 1), at(0x7f60, header, at(0x7f2e, at(0xa1, record)))))
}

function texts(seeds: Seeds): void {
  const document = {
    documentCode: 'I',
    issuer: 'UTO',
    name: { primary: 'ERIKSSON', secondary: 'ANNA MARIA' },
    number: 'L898902C3',
    nationality: 'XXB',
    birth: { year: 1974, month: 8, day: undefined },
    sex: 'F',
    expiry: { year: 2034, month: 4, day: 15 },
    optional: 'ZE184226B',
  } as const satisfies MrzDocument
  const zones: readonly (readonly [MrzFormat, string, string])[] = [
    ['TD1', 'I', 'D23145890734'],
    ['TD2', 'I', 'D23145890734'],
    ['TD3', 'PR', 'L898902C3'],
    ['MRV-A', 'V', 'L8988901C'],
    ['MRV-B', 'V', 'L8988901C'],
  ]
  for (const [format, documentCode, number] of zones) {
    const optional = format === 'TD3' || format === 'MRV-A' ? document.optional : ''
    const lines = generateMrz({ ...document, documentCode, number, optional }, format)
    seeds.set(`zone-${format}`, text(lines.join('\n')))
    if (format === 'TD3') seeds.set('zone-in-chip', concat(text(lines.join(''))))
  }
  for (const [language, name] of [
    ['ru', 'Щербакова, Анна Юрьевна'],
    ['ar', 'أحمد بن محمد'],
    ['ka', 'ქავთარაძე გიორგი'],
    ['hy', 'Հակոբյան Արամ'],
    ['de', 'Müller-Weiß, Jürgen'],
  ] as const)
    seeds.set(`name-${language}`, text(name))
}
