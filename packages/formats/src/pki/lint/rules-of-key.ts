import { tags } from '../../der/index.ts'
import { type Element, Fields } from '../../tlv/index.ts'
import { readAlgorithmIdentifier } from '../algorithm.ts'
import type { Curve } from '../curves.ts'
import { OIDS } from '../oids.ts'
import type { PublicKey } from '../public-key.ts'
import { CA, type Profile } from './profile.ts'
import { unless } from './rule.ts'
import { anatomyOf, type CertificateView, placeOf, rule } from './view.ts'

const SIGNERS: readonly Profile[] = [
  'document-signer',
  'master-list-signer',
  'deviation-list-signer',
  'seal-signer',
]

/** The certified key. [9303-12 §4.1.6] */
export const RULES_OF_KEY = [
  rule('key.algorithm', 'all', 'error', '9303-12 §4.1.6', (it) =>
    ofKey(it, ({ kind }) => kind !== 'unknown'),
  ),
  rule('key.ecdsa', ['seal-signer'], 'error', '9303-12 §4.1.8', (it) =>
    ofKey(it, ({ kind }) => kind === 'ec'),
  ),
  rule('key.rsa-size', CA, 'warning', '9303-12 §4.1.6', (it) =>
    ofKey(it, (key) => atLeast(key, 'rsa', 3072)),
  ),
  rule('key.rsa-size', SIGNERS, 'warning', '9303-12 §4.1.6', (it) =>
    ofKey(it, (key) => atLeast(key, 'rsa', 2048)),
  ),
  rule('key.rsa-parameters', 'all', 'error', 'RFC3279 §2.3.1', rsaParameters),
  rule('key.ec-size', CA, 'warning', '9303-12 §4.1.6', (it) => ofKey(it, (key) => atLeast(key, 'ec', 256))),
  rule('key.ec-size', SIGNERS, 'warning', '9303-12 §4.1.6', (it) =>
    ofKey(it, (key) => atLeast(key, 'ec', 224)),
  ),
  rule('key.ec-explicit', 'all', 'error', '9303-12 §4.1.6.3', (it) =>
    ofEc(it, (key) => key.parameters === 'explicit'),
  ),
  rule('key.ec-cofactor', 'all', 'error', '9303-12 §4.1.6.3', (it) => ofEcParameters(it, hasCofactor)),
  rule('key.ec-field-elements', 'all', 'warning', 'SEC1 §2.3.5', (it) =>
    ofEcParameters(it, fieldElementsWhole),
  ),
  rule('key.ec-base-point', 'all', 'error', '9303-12 §4.1.6.3', (it) => ofEcParameters(it, basePointWhole)),
  rule('key.ec-uncompressed', 'all', 'error', '9303-12 §4.1.6.3', (it) =>
    ofEc(it, (key) => key.point[0] === 4),
  ),
  rule('key.ec-on-curve', 'all', 'error', 'SEC1 §3.2.2', (it) =>
    ofEc(it, (key) => isOnCurve(key.point, key.curve)),
  ),
] as const

const ofKey = (it: CertificateView, holds: (key: PublicKey) => boolean): number | undefined =>
  unless(holds(it.certificate.publicKey), placeOf(it, it.certificate.publicKey.encoded))

type EcKey = Extract<PublicKey, { kind: 'ec' }>

const ofEc = (it: CertificateView, holds: (key: EcKey) => boolean): number | undefined =>
  ofKey(it, (key) => key.kind !== 'ec' || holds(key))

/** @throws FormatError where the key is not DER */
function ofEcParameters(
  it: CertificateView,
  holds: (parameters: readonly Element[], curve: Curve) => boolean,
): number | undefined {
  const { publicKey } = it.certificate
  if (publicKey.kind !== 'ec' || publicKey.parameters !== 'explicit') return undefined
  const algorithm = new Fields(anatomyOf(it).keyAlgorithm, 'RFC5480 §2.1.1')
  algorithm.any()
  const parameters = algorithm.any()
  const fields = new Fields(parameters, 'SEC1 §C.2')
  const elements: Element[] = []
  while (fields.peek() !== undefined) elements.push(fields.any())
  return unless(holds(elements, publicKey.curve), parameters.start)
}

/** version, field, curve, base point, order, cofactor. [SEC1 §C.2] */
const hasCofactor = (parameters: readonly Element[]): boolean => parameters.length === 6

const basePointWhole = (parameters: readonly Element[]): boolean => parameters[3]?.content[0] === 4

/** The coefficients as octet strings of the field's own length, leading zeros kept and none added. */
function fieldElementsWhole(parameters: readonly Element[], curve: Curve): boolean {
  const coefficients = new Fields(parameters[2]!, 'SEC1 §C.2')
  return coefficients.any().length === curve.size && coefficients.any().length === curve.size
}

function atLeast(key: PublicKey, kind: 'rsa' | 'ec', bits: number): boolean {
  if (key.kind !== kind) return true
  return (key.kind === 'rsa' ? key.bits : bitsOf(key.curve)) >= bits
}

/** P-521 is the only curve whose size is no whole number of octets, and 66 octets pass every limit here. */
const bitsOf = (curve: Curve): number => curve.size * 8

/** NULL with `rsaEncryption`; a key for PSS may say nothing. [RFC3279 §2.3.1] [RFC4055 §3.1] */
function rsaParameters(it: CertificateView): number | undefined {
  if (it.certificate.publicKey.kind !== 'rsa') return undefined
  const { oid, parameters, at } = readAlgorithmIdentifier(anatomyOf(it).keyAlgorithm)
  return unless(oid !== OIDS.rsaEncryption || parameters?.tag === tags.NULL, at)
}

/** y² = x³ + ax + b; a compressed point is judged by another rule. [SEC1 §3.2.2] */
function isOnCurve(point: Uint8Array, curve: Curve): boolean {
  if (point[0] !== 4) return true
  const [p, a, b] = [big(curve.p), big(curve.a), big(curve.b)]
  const x = fromOctets(point.subarray(1, 1 + curve.size))
  const y = fromOctets(point.subarray(1 + curve.size))
  return x < p && y < p && (y * y - (x * x * x + a * x + b)) % p === 0n
}

const big = (hexadecimal: string): bigint => BigInt(`0x${hexadecimal}`)
const fromOctets = (octets: Uint8Array): bigint =>
  octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n)
