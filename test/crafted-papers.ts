import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import { encodeDg1, encodeLdsSecurityObject } from '@nansen/formats/lds'
import { generateMrz, type MrzDocument } from '@nansen/formats/mrz'
import {
  type DraftExtension,
  type DraftName,
  draftCertificate,
  draftCrl,
  encodeName,
  type HashName,
  OIDS,
  parseCertificate,
  sealCertificate,
  sealCrl,
} from '@nansen/formats/pki'
import { encodeElement } from '@nansen/formats/tlv'
import type { InputFile } from '@nansen/inspection'
import { ecKey, type TestKey } from './specimen-pki.ts'

/** Papers put together octet by octet, for what no drafting function would write. */

export const sha = (hash: HashName, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(node.createHash(hash).update(bytes).digest())

export const extension = (oid: string, value: Uint8Array, critical = false): DraftExtension => ({
  oid,
  critical,
  value,
})
export const usage = (...bits: number[]) => extension(OIDS.keyUsage, der.namedBits(...bits), true)
export const authority = extension(
  OIDS.basicConstraints,
  der.sequence(der.boolean(true), der.integer(0)),
  true,
)
export const ownKey = (id: number) => extension(OIDS.subjectKeyIdentifier, der.octetString(Uint8Array.of(id)))
export const issuersKey = (id: number) =>
  extension(OIDS.authorityKeyIdentifier, der.sequence(der.implicit(0, Uint8Array.of(id))))
/** Codes of states as localities in an alternative name. */
export const named = (...codes: string[]) =>
  extension(
    OIDS.subjectAltName,
    der.sequence(
      ...codes.map((code) =>
        der.context(
          4,
          der.sequence(der.setOf(der.sequence(der.oid(OIDS.localityName), der.printableString(code)))),
        ),
      ),
    ),
  )

export interface CertificateWish {
  readonly subject: DraftName
  readonly issuer: DraftName
  /** Of the issuer. */
  readonly by: TestKey
  /** Of the subject; or the encoded key. */
  readonly key: TestKey | Uint8Array
  readonly extensions: readonly DraftExtension[]
  readonly notBefore?: Date
}

export function certify(wish: CertificateWish): Uint8Array {
  const drafted = draftCertificate({
    serial: SERIAL,
    signatureAlgorithm: wish.by.algorithm,
    issuer: encodeName(wish.issuer),
    subject: encodeName(wish.subject),
    notBefore: wish.notBefore ?? new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2040-01-01T00:00:00Z'),
    publicKey: wish.key instanceof Uint8Array ? wish.key : wish.key.publicKey.encoded,
    extensions: [...wish.extensions],
  })
  return sealCertificate(drafted, wish.by.sign(drafted.toBeSigned))
}

const SERIAL = Uint8Array.of(7)

/** A state with one authority, one signer and a current revocation list. */
export interface CraftedState {
  readonly name: DraftName
  readonly authorityKey: TestKey
  readonly signerKey: TestKey
  readonly authority: Uint8Array
  readonly signer: Uint8Array
  readonly crl: Uint8Array
}

export function craftState(
  country: string,
  more: readonly DraftExtension[] = [],
  authorityKey = ecKey(),
): CraftedState {
  const signerKey = ecKey()
  const name = { country, commonName: 'CSCA' }
  const csca = certify({
    subject: name,
    issuer: name,
    by: authorityKey,
    key: authorityKey,
    notBefore: new Date('2025-01-01T00:00:00Z'),
    extensions: [usage(5, 6), authority, ownKey(1), ...more],
  })
  const signer = certify({
    subject: { country, commonName: 'DS' },
    issuer: name,
    by: authorityKey,
    key: signerKey,
    extensions: [usage(0), issuersKey(1)],
  })
  const list = draftCrl({
    issuer: parseCertificate(csca),
    signatureAlgorithm: authorityKey.algorithm,
    thisUpdate: new Date('2026-11-01T00:00:00Z'),
    nextUpdate: new Date('2026-12-31T00:00:00Z'),
    number: Uint8Array.of(1),
    revoked: [],
  })
  const crl = sealCrl(list, authorityKey.sign(list.toBeSigned))
  return { name, authorityKey, signerKey, authority: csca, signer, crl }
}

export interface SodWish {
  readonly hash?: HashName
  /** In place of the hashes of the groups. */
  readonly content?: Uint8Array
  readonly digestAlgorithm?: Uint8Array
  readonly certificates?: readonly Uint8Array[]
}

/** An EF.SOD over these groups by a state's signer. */
export function craftSod(
  groups: ReadonlyMap<number, Uint8Array>,
  state: CraftedState,
  wish: SodWish = {},
): Uint8Array {
  const hash = wish.hash ?? 'sha256'
  const hashes = [...groups].map(([number, bytes]) => ({ number, hash: sha(hash, bytes) }))
  const content = wish.content ?? encodeLdsSecurityObject({ hashAlgorithm: hash, hashes })
  const attribute = (oid: string, value: Uint8Array) => der.sequence(der.oid(oid), der.setOf(value))
  const attributes = der.setOf(
    attribute(OIDS.contentType, der.oid(OIDS.ldsSecurityObject)),
    attribute(OIDS.messageDigest, der.octetString(sha(hash, content))),
  )
  const underContext = attributes.slice()
  underContext[0] = 0xa0
  const digestAlgorithm = wish.digestAlgorithm ?? der.sequence(der.oid(OIDS[hash]))
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(encodeName(state.name), encodeElement(2, SERIAL)),
    digestAlgorithm,
    underContext,
    der.sequence(der.oid('1.2.840.10045.4.3.2')),
    der.octetString(state.signerKey.sign(attributes)),
  )
  const signedData = der.sequence(
    der.integer(3),
    der.setOf(digestAlgorithm),
    der.sequence(der.oid(OIDS.ldsSecurityObject), der.context(0, der.octetString(content))),
    encodeElement(0xa0, ...(wish.certificates ?? [state.signer])),
    der.setOf(signerInfo),
  )
  return encodeElement(0x77, der.sequence(der.oid(OIDS.signedData), der.context(0, signedData)))
}

/** The files of a chip. */
export const filesOf = (groups: ReadonlyMap<number, Uint8Array>, sod: Uint8Array): readonly InputFile[] => [
  ...[...groups].map(([number, bytes]) => ({ name: `EF_DG${number}.bin`, bytes })),
  { name: 'EF_SOD.bin', bytes: sod },
]

/** A DG1 of a passport, to be varied. */
export const zoneOf = (
  changes: Partial<MrzDocument> = {},
  format: Parameters<typeof generateMrz>[1] = 'TD3',
): Uint8Array =>
  encodeDg1(
    generateMrz(
      {
        documentCode: 'PT',
        issuer: 'UTO',
        name: { primary: 'ERIKSSON', secondary: 'ANNA' },
        number: 'L898902C3',
        nationality: 'RUS',
        birth: { year: 1974, month: 8, day: 12 },
        sex: 'F',
        expiry: { year: 2028, month: 11, day: 22 },
        ...changes,
      },
      format,
    ).join(''),
  )
