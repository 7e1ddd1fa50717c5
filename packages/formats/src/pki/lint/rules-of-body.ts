import { checkDer, tags } from '../../der/index.ts'
import { sameBytes } from '../../tlv/index.ts'
import { type AlgorithmIdentifier, type SignatureAlgorithm, signatureAlgorithmOf } from '../algorithm.ts'
import { CA } from './profile.ts'
import { faultOf, unless } from './rule.ts'
import { anatomyOf, type CertificateView, hasRightTimeType, monthsAfter, placeOf, rule } from './view.ts'

/** The fields of a certificate but names, key and extensions. [9303-12 table 5] */
export const RULES_OF_BODY = [
  rule('der', 'all', 'error', '9303-12 §7.1', ({ certificate }) =>
    faultOf(() => checkDer(certificate.encoded)),
  ),
  rule('version', 'all', 'error', '9303-12 table 5', (it) => unless(it.certificate.version === 3, 0)),
  rule('serial.positive', 'all', 'error', '9303-12 table 5', serialPositive),
  rule('serial.length', 'all', 'error', '9303-12 table 5', serialLength),
  rule('signature.same', 'all', 'error', '9303-12 table 5', signatureSame),
  rule('signature.algorithm', 'all', 'error', '9303-12 §4.1.6', (it) =>
    atAlgorithm(it, (known) => known !== undefined),
  ),
  rule('signature.parameters', 'all', 'error', 'RFC4055 §5', parameters),
  rule('signature.sha1', 'all', 'error', '9303-12 §4.1.6.4', (it) =>
    atAlgorithm(it, (known) => known?.hash !== 'sha1'),
  ),
  rule('signature.pkcs1', 'all', 'notice', '9303-12 §4.1.6.1', (it) =>
    atAlgorithm(it, (known) => known?.scheme !== 'rsa-pkcs1'),
  ),
  rule('validity.order', 'all', 'error', 'RFC5280 §4.1.2.5', validityOrder),
  rule('validity.time-type', 'all', 'error', '9303-12 table 5', timeTypes),
  // The longest example of the standard, and for signers ten years with room for what is issued ahead.
  rule('validity.length', CA, 'warning', '9303-12 table 1', (it) => livesAtMost(it, 15 * 12 + 3)),
  rule('validity.length', ['document-signer'], 'warning', '9303-12 table 1', (it) =>
    livesAtMost(it, 11 * 12),
  ),
  rule('unique-identifier', 'all', 'error', '9303-12 table 5', (it) => anatomyOf(it).uniqueIdentifier?.start),
] as const

function serialPositive(it: CertificateView): number | undefined {
  const { serial } = it.certificate
  const positive = (serial[0]! & 0x80) === 0 && serial.some((octet) => octet !== 0)
  return unless(positive, placeOf(it, serial))
}

function serialLength(it: CertificateView): number | undefined {
  return unless(it.certificate.serial.length <= 20, placeOf(it, it.certificate.serial))
}

/** The reader lets one of the two leave NULL out; what is issued is the same to the byte. */
function signatureSame(it: CertificateView): number | undefined {
  const { signature } = anatomyOf(it)
  return unless(sameBytes(signature.encoded, it.certificate.signatureAlgorithm.encoded), signature.at)
}

function atAlgorithm(
  it: CertificateView,
  holds: (algorithm: SignatureAlgorithm | undefined) => boolean,
): number | undefined {
  const { signatureAlgorithm } = it.certificate
  return unless(holds(signatureAlgorithmOf(signatureAlgorithm)), placeOf(it, signatureAlgorithm.encoded))
}

function parameters(it: CertificateView): number | undefined {
  const { signatureAlgorithm } = it.certificate
  return unless(rightParameters(signatureAlgorithm), placeOf(it, signatureAlgorithm.encoded))
}

/** NULL for RSA v1.5, nothing for ECDSA and DSA. [RFC4055 §5] [RFC5758 §3] */
export function rightParameters(algorithm: AlgorithmIdentifier): boolean {
  switch (signatureAlgorithmOf(algorithm)?.scheme) {
    case 'rsa-pkcs1':
      return algorithm.parameters?.tag === tags.NULL
    case 'ecdsa':
    case 'dsa':
      return algorithm.parameters === undefined
    default:
      return true
  }
}

function validityOrder(it: CertificateView): number | undefined {
  const { notBefore, notAfter } = it.certificate
  return unless(notBefore.getTime() < notAfter.getTime(), anatomyOf(it).times[0]!.start)
}

function timeTypes(it: CertificateView): number | undefined {
  const dates = [it.certificate.notBefore, it.certificate.notAfter]
  return anatomyOf(it).times.find((time, i) => !hasRightTimeType(time, dates[i]!))?.start
}

function livesAtMost(it: CertificateView, months: number): number | undefined {
  const { notBefore, notAfter } = it.certificate
  return unless(notAfter.getTime() <= monthsAfter(notBefore, months).getTime(), anatomyOf(it).times[1]!.start)
}
