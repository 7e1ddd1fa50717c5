import { readOctetString, readSmallInteger, readString, tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { FormatError } from '../format-error.ts'
import {
  encodeHashAlgorithm,
  type HashName,
  hashLength,
  hashOf,
  readAlgorithmIdentifier,
} from '../pki/algorithm.ts'
import { childrenOf, Fields, type Rules, readOnly } from '../tlv/index.ts'

/** What a document signer signs: the hash of each data group. [9303-10 §4.6.2] */
export interface LdsSecurityObject {
  readonly hashAlgorithm: HashName
  readonly hashes: readonly DataGroupHash[]
  /** Present in version 1 only: LDS and Unicode version, so that EF.COM need not be trusted. */
  readonly versionInfo?: { readonly lds: string; readonly unicode: string }
}

export interface DataGroupHash {
  /** 1 to 16. */
  readonly number: number
  readonly hash: Uint8Array
}

const SECTION = '9303-10 §4.6.2'

/**
 * ```asn1
 * LDSSecurityObject ::= SEQUENCE {
 *   version INTEGER { v0(0), v1(1) }, hashAlgorithm AlgorithmIdentifier,
 *   dataGroupHashValues SEQUENCE SIZE (2..16) OF SEQUENCE { dataGroupNumber INTEGER, dataGroupHashValue OCTET STRING },
 *   ldsVersionInfo SEQUENCE { ldsVersion PrintableString, unicodeVersion PrintableString } OPTIONAL }
 * ```
 * [9303-10 §4.6.2]
 * @throws FormatError sod.*, tlv.*, der.*
 */
export function parseLdsSecurityObject(content: Uint8Array, rules?: Rules): LdsSecurityObject {
  const object = readOnly(content, rules)
  if (object.tag !== tags.SEQUENCE) throw new FormatError('tlv.unexpected-tag', object.start, SECTION)
  const fields = new Fields(object, SECTION)
  const versionElement = fields.take(tags.INTEGER)
  const version = readSmallInteger(versionElement)
  if (version > 1) throw new FormatError('sod.version', versionElement.start, SECTION)
  const algorithm = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  const hashAlgorithm = hashOf(algorithm)
  if (hashAlgorithm === undefined) throw new FormatError('sod.hash-algorithm', algorithm.at, SECTION)
  const list = fields.take(tags.SEQUENCE)
  const seen = new Set<number>()
  const hashes = childrenOf(list, 16).map((element) => {
    const pair = new Fields(element, SECTION, tags.SEQUENCE)
    const number = readSmallInteger(pair.take(tags.INTEGER))
    const hash = readOctetString(pair.any())
    pair.end()
    if (number < 1 || number > 16 || seen.has(number))
      throw new FormatError('sod.data-group-number', element.start, SECTION)
    if (hash.length !== hashLength(hashAlgorithm))
      throw new FormatError('sod.hash-length', element.start, SECTION)
    seen.add(number)
    return { number, hash }
  })
  if (hashes.length < 2) throw new FormatError('sod.too-few-hashes', list.start, SECTION)
  const info = fields.optional(tags.SEQUENCE)
  fields.end()
  if ((info !== undefined) !== (version === 1))
    throw new FormatError('sod.version', versionElement.start, SECTION)
  if (info === undefined) return { hashAlgorithm, hashes }
  const versions = new Fields(info, SECTION)
  const versionInfo = { lds: readString(versions.any()), unicode: readString(versions.any()) }
  versions.end()
  return { hashAlgorithm, hashes, versionInfo }
}

/** Version 1 where `versionInfo` is given, else version 0; hashes in the order given. [9303-10 §4.6.2] */
export function encodeLdsSecurityObject({
  hashAlgorithm,
  hashes,
  versionInfo,
}: LdsSecurityObject): Uint8Array {
  const parts = [
    der.integer(versionInfo === undefined ? 0 : 1),
    encodeHashAlgorithm(hashAlgorithm),
    der.sequence(
      ...hashes.map(({ number, hash }) => der.sequence(der.integer(number), der.octetString(hash))),
    ),
  ]
  if (versionInfo !== undefined)
    parts.push(der.sequence(der.printableString(versionInfo.lds), der.printableString(versionInfo.unicode)))
  return der.sequence(...parts)
}
