import { readOid, readSmallInteger, tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { FormatError } from '../format-error.ts'
import { type Element, Fields } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'
import { type PublicKeyInfo, readPublicKeyInfo } from './public-key-info.ts'
import { protocolName } from './security-protocols.ts'

/** What a protocol says of itself, by kind. */
export type SecurityInfoContent =
  | {
      readonly kind: 'chip-authentication'
      readonly version: number
      readonly keyId?: number
    }
  | {
      readonly kind: 'chip-authentication-public-key'
      readonly publicKey: PublicKeyInfo
      readonly keyId?: number
    }
  | {
      readonly kind: 'active-authentication'
      readonly version: number
      readonly signatureAlgorithm: string
    }
  | { readonly kind: 'pace'; readonly version: number; readonly parameterId?: number }
  | {
      readonly kind: 'pace-domain-parameters'
      /** AlgorithmIdentifier, as a view. */
      readonly domainParameters: Uint8Array
      readonly parameterId?: number
    }
  | { readonly kind: 'terminal-authentication'; readonly version: number }
  | { readonly kind: 'ef-dir'; readonly content: Uint8Array }
  /** A protocol that is not read here, or one whose content is not what it should be. */
  | { readonly kind: 'other' }

/**
 * What the chip can do, one protocol each. `encoded` is the element as it stands; what is hashed or sent to
 * a chip is always that.
 */
export type SecurityInfo = SecurityInfoContent & {
  /** Dotted. */
  readonly protocol: string
  /** As the standards name it. */
  readonly name?: string
  readonly encoded: Uint8Array
}

export type SecurityInfoKind = SecurityInfo['kind']

const BSI = '0.4.0.127.0.7.2.2.'
const CITES = '9303-11 §9.2'

/** By the beginning of the identifier; the longer ones first. */
const KINDS: readonly (readonly [pattern: RegExp, kind: SecurityInfoKind])[] = [
  [/^1\.[12]$/, 'chip-authentication-public-key'],
  [/^2(?:\.|$)/, 'terminal-authentication'],
  [/^3\.[12](?:\.|$)/, 'chip-authentication'],
  [/^4\.\d+$/, 'pace-domain-parameters'],
  [/^4\.\d+\.\d+$/, 'pace'],
]

function kindOf(protocol: string): SecurityInfoKind {
  if (protocol === '2.23.136.1.1.5') return 'active-authentication'
  // The second is the arc that ICAO had before; some chips still have it.
  if (protocol === '2.23.136.1.1.13' || protocol === '1.3.27.1.1.13') return 'ef-dir'
  if (!protocol.startsWith(BSI)) return 'other'
  const rest = protocol.slice(BSI.length)
  return KINDS.find(([pattern]) => pattern.test(rest))?.[1] ?? 'other'
}

/**
 * ```asn1
 * SecurityInfo ::= SEQUENCE {
 *   protocol     OBJECT IDENTIFIER,
 *   requiredData ANY DEFINED BY protocol,
 *   optionalData ANY DEFINED BY protocol OPTIONAL }
 * ```
 * A known protocol with other content than the standard gives it is kept as `other` and reported: the chip
 * may not be able to prove itself, but the document is not malformed. [9303-11 §9.2]
 * @throws FormatError tlv.*, der.oid-*
 */
export function readSecurityInfo(element: Element, deviations: Deviations): SecurityInfo {
  if (element.tag !== tags.SEQUENCE) throw new FormatError('tlv.unexpected-tag', element.start, CITES)
  const fields = new Fields(element, CITES)
  const protocol = readOid(fields.take(tags.OID))
  const name = protocolName(protocol)
  const common = { protocol, ...(name !== undefined && { name }), encoded: element.encoded }
  try {
    return { ...common, ...readContent(kindOf(protocol), fields, deviations) }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    deviations.add('lds.security-info-unreadable', element.start, CITES)
    return { ...common, kind: 'other' }
  }
}

function readContent(kind: SecurityInfoKind, fields: Fields, deviations: Deviations): SecurityInfoContent {
  switch (kind) {
    case 'chip-authentication': {
      const version = readSmallInteger(fields.take(tags.INTEGER))
      const keyId = lastNumber(fields)
      return { kind, version, ...(keyId !== undefined && { keyId }) }
    }
    case 'chip-authentication-public-key': {
      const publicKey = readPublicKeyInfo(fields.take(tags.SEQUENCE), deviations)
      const keyId = lastNumber(fields)
      return { kind, publicKey, ...(keyId !== undefined && { keyId }) }
    }
    case 'pace': {
      const version = readSmallInteger(fields.take(tags.INTEGER))
      const parameterId = lastNumber(fields)
      return { kind, version, ...(parameterId !== undefined && { parameterId }) }
    }
    case 'pace-domain-parameters': {
      const domainParameters = fields.take(tags.SEQUENCE).encoded
      const parameterId = lastNumber(fields)
      return { kind, domainParameters, ...(parameterId !== undefined && { parameterId }) }
    }
    case 'active-authentication': {
      const version = readSmallInteger(fields.take(tags.INTEGER))
      const signatureAlgorithm = readOid(fields.take(tags.OID))
      fields.end()
      return { kind, version, signatureAlgorithm }
    }
    case 'terminal-authentication':
      // Older ones name a file after the version; it has no use without the terminal's side.
      return { kind, version: readSmallInteger(fields.take(tags.INTEGER)) }
    case 'ef-dir':
      return { kind, content: fields.take(tags.OCTET_STRING).content }
    case 'other':
      return { kind }
  }
}

/** The number that may stand last: of a key, or of domain parameters. */
function lastNumber(fields: Fields): number | undefined {
  const element = fields.optional(tags.INTEGER)
  fields.end()
  return element && readSmallInteger(element)
}

/** Writers of what a chip of a Nansen document says. [9303-11 §9.2] */
export function encodeChipAuthenticationInfo(protocol: string, version: number, keyId?: number): Uint8Array {
  return der.sequence(der.oid(protocol), der.integer(version), ...optionalInteger(keyId))
}

/** @param publicKey a SubjectPublicKeyInfo, encoded */
export function encodeChipAuthenticationPublicKey(
  protocol: string,
  publicKey: Uint8Array,
  keyId?: number,
): Uint8Array {
  return der.sequence(der.oid(protocol), publicKey, ...optionalInteger(keyId))
}

/** @param signatureAlgorithm the algorithm of an elliptic curve key, dotted; RSA keys need no such information */
export function encodeActiveAuthenticationInfo(signatureAlgorithm: string): Uint8Array {
  return der.sequence(der.oid('2.23.136.1.1.5'), der.integer(1), der.oid(signatureAlgorithm))
}

/** @param parameterId number of the standardised domain parameters: 13 is brainpoolP256r1 */
export function encodePaceInfo(protocol: string, parameterId?: number): Uint8Array {
  return der.sequence(der.oid(protocol), der.integer(2), ...optionalInteger(parameterId))
}

const optionalInteger = (value: number | undefined): Uint8Array[] =>
  value === undefined ? [] : [der.integer(value)]
