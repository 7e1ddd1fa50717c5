import { FormatError, type FormatErrorCode } from '@nansen/formats'
import { write as der } from '@nansen/formats/der'
import { CURVES, encodeEcPublicKey } from '@nansen/formats/pki'

/** The parts of a certificate, each encoded, for tests that change one of them. The signature is no signature. */
export interface CertificateParts {
  readonly version: Uint8Array
  readonly serial: Uint8Array
  readonly signature: Uint8Array
  readonly issuer: Uint8Array
  readonly validity: Uint8Array
  readonly subject: Uint8Array
  readonly publicKey: Uint8Array
  readonly uniqueIds: Uint8Array
  readonly extensions: Uint8Array
  readonly algorithm: Uint8Array
}

const none = new Uint8Array(0)
const P256 = CURVES.find(({ name }) => name === 'P-256')!
export const unhex = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

/** The base point is a point on its curve. */
export const somePoint = unhex(`04${P256.x}${P256.y}`)
export const ecdsaSha256 = der.sequence(der.oid('1.2.840.10045.4.3.2'))

export const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.setOf(der.sequence(der.oid(type), value))

export const someName = der.sequence(
  attribute('2.5.4.6', der.printableString('UT')),
  attribute('2.5.4.3', der.utf8String('CSCA Utopia')),
)

export const extension = (oid: string, value: Uint8Array, ...critical: Uint8Array[]): Uint8Array =>
  der.sequence(der.oid(oid), ...critical, der.octetString(value))

export const extensions = (...list: Uint8Array[]): Uint8Array => der.context(3, der.sequence(...list))

/** keyUsage of a CSCA, critical. */
export const someExtension = extension('2.5.29.15', der.namedBits(5, 6), der.boolean(true))

const usual: CertificateParts = {
  version: der.context(0, der.integer(2)),
  serial: der.integer(1),
  signature: ecdsaSha256,
  issuer: someName,
  validity: der.sequence(
    der.time(new Date('2026-01-01T00:00:00Z')),
    der.time(new Date('2041-01-01T00:00:00Z')),
  ),
  subject: someName,
  publicKey: encodeEcPublicKey(P256, somePoint, 'explicit'),
  uniqueIds: none,
  extensions: extensions(someExtension),
  algorithm: ecdsaSha256,
}

/** A certificate with some parts replaced, or left out by an empty array. */
export function certificateWith(parts: Partial<CertificateParts> = {}): Uint8Array {
  const all = { ...usual, ...parts }
  const tbs = der.sequence(
    all.version,
    all.serial,
    all.signature,
    all.issuer,
    all.validity,
    all.subject,
    all.publicKey,
    all.uniqueIds,
    all.extensions,
  )
  return der.sequence(tbs, all.algorithm, der.bitString(new Uint8Array(8).fill(1)))
}

/** The code with which a reading is refused, or `undefined`; anything but a FormatError is a fault of the code. */
export function refusal(read: () => unknown): FormatErrorCode | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}
