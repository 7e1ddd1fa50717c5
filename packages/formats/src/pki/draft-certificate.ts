import type { Drafted } from '../cms/draft.ts'
import { tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { Fields, readOnly } from '../tlv/index.ts'
import { encodeSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts'
import { demand } from './demand.ts'
import { type DraftExtension, encodeExtensions } from './draft-extensions.ts'
import { encodeEcPublicKey, encodeRsaPublicKey, type PublicKey } from './public-key.ts'

/** Everything of a certificate but the signature. The profiles fill it; nothing here is checked against them. */
export interface CertificateDraft {
  readonly serial: Uint8Array
  readonly signatureAlgorithm: SignatureAlgorithm
  /** An encoded Name each. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  /** An encoded SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** In the order in which they are written. */
  readonly extensions: readonly DraftExtension[]
}

/**
 * The TBSCertificate. The same draft gives the same bytes. [RFC5280 §4.1.2] [9303-12 table 5]
 * @throws RangeError for a serial number, period or extension that no profile allows
 */
export function draftCertificate(draft: CertificateDraft): Drafted<CertificateDraft> {
  demand(draft.notBefore.getTime() < draft.notAfter.getTime(), 'validity: begins before it ends')
  demand(draft.extensions.length > 0, 'extensions: at least one [9303-12 table 5]')
  const toBeSigned = der.sequence(
    der.context(0, der.integer(2)),
    encodeSerial(draft.serial),
    encodeSignatureAlgorithm(draft.signatureAlgorithm),
    draft.issuer,
    der.sequence(der.time(draft.notBefore), der.time(draft.notAfter)),
    draft.subject,
    draft.publicKey,
    der.context(3, encodeExtensions(draft.extensions)),
  )
  return { draft, toBeSigned }
}

/**
 * A signed certificate. It is made of the bytes that were signed and nothing else, so what comes out is what
 * the signer saw. [RFC5280 §4.1.1]
 * @throws FormatError tlv.* where the bytes are no TBSCertificate
 */
export function sealCertificate(
  { toBeSigned }: Pick<Drafted<unknown>, 'toBeSigned'>,
  signature: Uint8Array,
): Uint8Array {
  const fields = new Fields(readOnly(toBeSigned), 'RFC5280 §4.1.2')
  fields.take(tags.contextConstructed(0))
  fields.take(tags.INTEGER)
  return seal(toBeSigned, fields.take(tags.SEQUENCE).encoded, signature)
}

/** What was signed, the algorithm it names inside, and the signature. [RFC5280 §4.1.1, §5.1.1] */
export const seal = (toBeSigned: Uint8Array, algorithm: Uint8Array, signature: Uint8Array): Uint8Array =>
  der.sequence(toBeSigned, algorithm, der.bitString(signature))

/**
 * A serial number: positive, at most 20 octets as an INTEGER. [9303-12 table 5]
 * @param serial the number, big-endian, with or without leading zeros
 * @throws RangeError
 */
export function encodeSerial(serial: Uint8Array): Uint8Array {
  const encoded = der.unsigned(serial)
  demand(
    serial.some((octet) => octet !== 0),
    'serial: positive [9303-12 table 5]',
  )
  demand(encoded.length <= 22, 'serial: at most 20 octets [9303-12 table 5]')
  return encoded
}

/**
 * The SubjectPublicKeyInfo as the profile wants it: EC keys with explicit parameters and the cofactor,
 * whatever form they were handed in. `named` is for a verifier that cannot read explicit parameters, and
 * departs from the profile. [9303-12 §4.1.6.3]
 * @throws RangeError for a key that the profile does not have, or a compressed point
 */
export function encodePublicKey(key: PublicKey, ecParameters: 'explicit' | 'named' = 'explicit'): Uint8Array {
  demand(key.kind === 'ec' || key.kind === 'rsa', 'publicKey: RSA or EC [9303-12 §4.1.6]')
  if (key.kind === 'ec') {
    demand(key.point[0] === 4, 'publicKey: an uncompressed point [9303-12 §4.1.6.3]')
    return encodeEcPublicKey(key.curve, key.point, ecParameters)
  }
  return key.pss === undefined ? encodeRsaPublicKey(key.modulus, key.exponent) : key.encoded
}
