import { readNull, readOid, readSmallInteger, tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { FormatError } from '../format-error.ts'
import { type Element, Fields, readOnly, sameBytes } from '../tlv/index.ts'
import { OIDS } from './oids.ts'

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/**
 * How a signature is made. Each hash is its own value: the one of the message, the one inside MGF1 and the
 * one of the data groups have all been met different from each other.
 */
export type SignatureAlgorithm =
  | { readonly scheme: 'rsa-pkcs1'; readonly hash: HashName }
  | ({ readonly scheme: 'rsa-pss' } & PssParameters)
  | { readonly scheme: 'ecdsa'; readonly hash: HashName; readonly encoding: 'der' | 'plain' }
  | { readonly scheme: 'dsa'; readonly hash: HashName }

export interface PssParameters {
  readonly hash: HashName
  readonly mgfHash: HashName
  /** Octets. */
  readonly saltLength: number
}

/** An AlgorithmIdentifier as it stands: object identifier, parameters, and its own bytes. [RFC5280 §4.1.1.2] */
export interface AlgorithmIdentifier {
  readonly oid: string
  readonly parameters: Element | undefined
  readonly encoded: Uint8Array
  readonly at: number
}

const HASHES: readonly (readonly [HashName, string, number])[] = [
  ['sha1', OIDS.sha1, 20],
  ['sha224', OIDS.sha224, 28],
  ['sha256', OIDS.sha256, 32],
  ['sha384', OIDS.sha384, 48],
  ['sha512', OIDS.sha512, 64],
]
const hashByOid = new Map(HASHES.map(([name, oid]) => [oid, name]))
const hashOid = new Map(HASHES.map(([name, oid]) => [name, oid]))
const hashOctets = new Map(HASHES.map(([name, , octets]) => [name, octets]))

/** Octets of a digest. */
export const hashLength = (hash: HashName): number => hashOctets.get(hash)!

/** Signature algorithms that name their hash. [RFC4055 §5] [RFC3279 §2.2.3] [RFC5758 §3] [TR-03111 §5.2.1] */
const SIGNATURES = new Map<string, SignatureAlgorithm>([
  ['1.2.840.113549.1.1.5', { scheme: 'rsa-pkcs1', hash: 'sha1' }],
  ['1.2.840.113549.1.1.14', { scheme: 'rsa-pkcs1', hash: 'sha224' }],
  ['1.2.840.113549.1.1.11', { scheme: 'rsa-pkcs1', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { scheme: 'rsa-pkcs1', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { scheme: 'rsa-pkcs1', hash: 'sha512' }],
  ['1.2.840.10045.4.1', { scheme: 'ecdsa', hash: 'sha1', encoding: 'der' }],
  ['1.2.840.10045.4.3.1', { scheme: 'ecdsa', hash: 'sha224', encoding: 'der' }],
  ['1.2.840.10045.4.3.2', { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' }],
  ['1.2.840.10045.4.3.3', { scheme: 'ecdsa', hash: 'sha384', encoding: 'der' }],
  ['1.2.840.10045.4.3.4', { scheme: 'ecdsa', hash: 'sha512', encoding: 'der' }],
  ['0.4.0.127.0.7.1.1.4.1.1', { scheme: 'ecdsa', hash: 'sha1', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.2', { scheme: 'ecdsa', hash: 'sha224', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.3', { scheme: 'ecdsa', hash: 'sha256', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.4', { scheme: 'ecdsa', hash: 'sha384', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.5', { scheme: 'ecdsa', hash: 'sha512', encoding: 'plain' }],
  ['1.2.840.10040.4.3', { scheme: 'dsa', hash: 'sha1' }],
  ['2.16.840.1.101.3.4.3.1', { scheme: 'dsa', hash: 'sha224' }],
  ['2.16.840.1.101.3.4.3.2', { scheme: 'dsa', hash: 'sha256' }],
])

/**
 * ```asn1
 * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
 * ```
 * @throws FormatError tlv.*, der.oid-*
 */
export function readAlgorithmIdentifier(element: Element): AlgorithmIdentifier {
  if (element.tag !== tags.SEQUENCE)
    throw new FormatError('tlv.unexpected-tag', element.start, 'RFC5280 §4.1.1.2')
  const fields = new Fields(element, 'RFC5280 §4.1.1.2')
  const oid = readOid(fields.take(tags.OID))
  const parameters = fields.peek() === undefined ? undefined : fields.any()
  fields.end()
  return { oid, parameters, encoded: element.encoded, at: element.start }
}

/** The hash that an AlgorithmIdentifier names, or `undefined` where it is none that travel documents use. */
export function hashOf(algorithm: AlgorithmIdentifier): HashName | undefined {
  const hash = hashByOid.get(algorithm.oid)
  if (hash !== undefined) nullOrAbsent(algorithm)
  return hash
}

/**
 * What a signature AlgorithmIdentifier asks for.
 * @param digest the hash of the surrounding SignerInfo; a CMS signature algorithm may name only the key's
 *   (`rsaEncryption`, met in US, AU and NZ documents) and leave the hash to it [RFC5754 §3.2]
 * @returns `undefined` for an algorithm that is not used in travel documents
 * @throws FormatError pki.algorithm-parameters
 */
export function signatureAlgorithmOf(
  algorithm: AlgorithmIdentifier,
  digest?: HashName,
): SignatureAlgorithm | undefined {
  if (algorithm.oid === OIDS.rsaPss) {
    if (algorithm.parameters === undefined)
      throw new FormatError('pki.algorithm-parameters', algorithm.at, 'RFC4055 §3.1')
    const pss = readPssParameters(algorithm.parameters)
    return pss && { scheme: 'rsa-pss', ...pss }
  }
  if (algorithm.oid === OIDS.rsaEncryption && digest !== undefined) {
    nullOrAbsent(algorithm)
    return { scheme: 'rsa-pkcs1', hash: digest }
  }
  if (algorithm.oid === OIDS.ecPublicKey && digest !== undefined)
    return { scheme: 'ecdsa', hash: digest, encoding: 'der' }
  const known = SIGNATURES.get(algorithm.oid)
  if (known !== undefined) nullOrAbsent(algorithm)
  return known
}

/** Written with NULL or without: the two forms have both been asked for, and both are read. [RFC4055 §2.1] */
export function nullOrAbsent(algorithm: AlgorithmIdentifier): void {
  const { parameters } = algorithm
  if (parameters === undefined) return
  if (parameters.tag !== tags.NULL)
    throw new FormatError('pki.algorithm-parameters', parameters.start, 'RFC4055 §2.1')
  readNull(parameters)
}

/**
 * ```asn1
 * RSASSA-PSS-params ::= SEQUENCE {
 *   hashAlgorithm    [0] HashAlgorithm DEFAULT sha1,
 *   maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
 *   saltLength       [2] INTEGER DEFAULT 20,
 *   trailerField     [3] INTEGER DEFAULT 1 }
 * ```
 * [RFC4055 §3.1]
 * @returns `undefined` for hashes that travel documents do not use
 * @throws FormatError pki.algorithm-parameters, tlv.*, der.*
 */
export function readPssParameters(element: Element): PssParameters | undefined {
  if (element.tag !== tags.SEQUENCE)
    throw new FormatError('pki.algorithm-parameters', element.start, 'RFC4055 §3.1')
  const fields = new Fields(element, 'RFC4055 §3.1')
  const inside = (n: number): Element | undefined => {
    const wrapper = fields.optional(tags.contextConstructed(n))
    if (wrapper === undefined) return undefined
    const only = new Fields(wrapper, 'RFC4055 §3.1')
    const value = only.any()
    only.end()
    return value
  }
  const hashElement = inside(0)
  const mgfElement = inside(1)
  const saltElement = inside(2)
  const trailerElement = inside(3)
  fields.end()
  const hash = hashElement === undefined ? 'sha1' : hashOf(readAlgorithmIdentifier(hashElement))
  let mgfHash: HashName | undefined = 'sha1'
  if (mgfElement !== undefined) {
    const mgf = readAlgorithmIdentifier(mgfElement)
    if (mgf.oid !== OIDS.mgf1 || mgf.parameters === undefined)
      throw new FormatError('pki.algorithm-parameters', mgf.at, 'RFC4055 §3.1')
    mgfHash = hashOf(readAlgorithmIdentifier(mgf.parameters))
  }
  const saltLength = saltElement === undefined ? 20 : readSmallInteger(saltElement)
  if (saltLength > 512) throw new FormatError('pki.algorithm-parameters', element.start, 'RFC4055 §3.1')
  if (trailerElement !== undefined && readSmallInteger(trailerElement) !== 1)
    throw new FormatError('pki.algorithm-parameters', element.start, 'RFC4055 §3.1')
  if (hash === undefined || mgfHash === undefined) return undefined
  return { hash, mgfHash, saltLength }
}

/** A digest AlgorithmIdentifier, NULL left out as the profile asks. [9303-10 §4.6.2] [RFC5754 §2] */
export const encodeHashAlgorithm = (hash: HashName): Uint8Array => der.sequence(der.oid(hashOid.get(hash)!))

/** [RFC4055 §3.1] [RFC3279 §2.2.3] @throws RangeError for a combination that has no identifier */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm.scheme === 'rsa-pss')
    return der.sequence(der.oid(OIDS.rsaPss), encodePssParameters(algorithm))
  for (const [oid, known] of SIGNATURES) {
    if (known.scheme !== algorithm.scheme || known.hash !== algorithm.hash) continue
    if (known.scheme === 'ecdsa' && algorithm.scheme === 'ecdsa' && known.encoding !== algorithm.encoding)
      continue
    return algorithm.scheme === 'rsa-pkcs1'
      ? der.sequence(der.oid(oid), der.nullValue())
      : der.sequence(der.oid(oid))
  }
  throw new RangeError('no identifier for this signature algorithm')
}

/** DEFAULT values are left out, as DER asks. [RFC4055 §3.1] [X.690 §11.5] */
export function encodePssParameters({ hash, mgfHash, saltLength }: PssParameters): Uint8Array {
  // Inside PSS parameters the NULL stays: readers in the field expect it there. [RFC4055 §2.1]
  const hashAlgorithm = (name: HashName) => der.sequence(der.oid(hashOid.get(name)!), der.nullValue())
  const parts: Uint8Array[] = []
  if (hash !== 'sha1') parts.push(der.context(0, hashAlgorithm(hash)))
  if (mgfHash !== 'sha1') parts.push(der.context(1, der.sequence(der.oid(OIDS.mgf1), hashAlgorithm(mgfHash))))
  if (saltLength !== 20) parts.push(der.context(2, der.integer(saltLength)))
  return der.sequence(...parts)
}

/** Whether two AlgorithmIdentifiers are the same bytes, or differ only by a NULL parameter. */
export function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  if (sameBytes(a.encoded, b.encoded)) return true
  const empty = (x: AlgorithmIdentifier) => x.parameters === undefined || x.parameters.tag === tags.NULL
  return a.oid === b.oid && empty(a) && empty(b)
}

/** An AlgorithmIdentifier from its bytes alone. */
export const parseAlgorithmIdentifier = (bytes: Uint8Array): AlgorithmIdentifier =>
  readAlgorithmIdentifier(readOnly(bytes))
