import { integerOctets, readBitStringOctets, readOid, readUnsigned, tags } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { type Element, Fields, readOnly } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'

/**
 * A key of the chip, measured but not judged: chip protocols use keys (Diffie-Hellman, unusual curves) that
 * sign no document. `encoded` goes to whoever runs the protocol.
 */
export interface PublicKeyInfo {
  /** The SubjectPublicKeyInfo as it stands, as a view. */
  readonly encoded: Uint8Array
  /** Dotted. */
  readonly algorithm: string
  readonly type: 'rsa' | 'ec' | 'dh' | 'other'
  /** The parameters with tag and length, as a view. */
  readonly parameters?: Uint8Array
  /** The named curve of an EC key, dotted; absent for explicit parameters. */
  readonly curve?: string
  /** The octets of the BIT STRING, as a view. */
  readonly key: Uint8Array
  /** Of an RSA modulus, or of the prime of explicit EC parameters; absent where only a table could tell. */
  readonly bits?: number
}

const TYPES: Readonly<Record<string, PublicKeyInfo['type']>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa',
  '1.2.840.10045.2.1': 'ec',
  '1.2.840.113549.1.3.1': 'dh',
  '1.2.840.10046.2.1': 'dh',
}

const CITES = 'RFC5280 §4.1.2.7'

/**
 * ```asn1
 * SubjectPublicKeyInfo ::= SEQUENCE {
 *   algorithm        SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL },
 *   subjectPublicKey BIT STRING }
 * ```
 * [RFC5280 §4.1.2.7]
 * @throws FormatError lds.public-key, tlv.*, der.*
 */
export function readPublicKeyInfo(element: Element, deviations: Deviations): PublicKeyInfo {
  if (element.tag !== tags.SEQUENCE) throw new FormatError('tlv.unexpected-tag', element.start, CITES)
  const outer = new Fields(element, CITES)
  const identifier = new Fields(outer.take(tags.SEQUENCE), CITES)
  const algorithm = readOid(identifier.take(tags.OID))
  const parameters = identifier.peek() && identifier.any()
  identifier.end()
  const bitString = outer.take(tags.BIT_STRING)
  const key = readBitStringOctets(bitString)
  outer.end()
  const type = TYPES[algorithm] ?? 'other'
  const curve = type === 'ec' && parameters?.tag === tags.OID ? readOid(parameters) : undefined
  const bits = measure(type, parameters, key, bitString, deviations)
  return {
    encoded: element.encoded,
    algorithm,
    type,
    ...(parameters && { parameters: parameters.encoded }),
    ...(curve !== undefined && { curve }),
    key,
    ...(bits !== undefined && { bits }),
  }
}

function measure(
  type: PublicKeyInfo['type'],
  parameters: Element | undefined,
  key: Uint8Array,
  at: Element,
  deviations: Deviations,
): number | undefined {
  try {
    if (type === 'rsa') return modulusBits(key, at, deviations)
    if (type === 'ec' && parameters?.tag === tags.SEQUENCE) return primeBits(parameters)
    return undefined
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError('lds.public-key', at.start, CITES)
    throw error
  }
}

/**
 * `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }`. A modulus without its sign octet,
 * which makes it negative by the rules, is met (BSI specimen of 2008) and can only be meant positive.
 */
function modulusBits(key: Uint8Array, at: Element, deviations: Deviations): number {
  const fields = new Fields(readOnly(key), 'RFC8017 §A.1.1', tags.SEQUENCE)
  const modulus = fields.take(tags.INTEGER)
  readUnsigned(fields.take(tags.INTEGER))
  fields.end()
  const octets = integerOctets(modulus)
  if (octets[0]! >= 0x80) {
    deviations.add('lds.integer-without-sign', at.start, 'X.690 §8.3')
    return bitLength(octets)
  }
  return bitLength(readUnsigned(modulus))
}

/** `ECParameters ::= SEQUENCE { version INTEGER, fieldID SEQUENCE { fieldType OID, prime INTEGER }, … }` [SEC1 §C.2] */
function primeBits(parameters: Element): number | undefined {
  const fields = new Fields(parameters, 'SEC1 §C.2')
  fields.take(tags.INTEGER)
  const field = new Fields(fields.take(tags.SEQUENCE), 'SEC1 §C.1')
  if (readOid(field.take(tags.OID)) !== '1.2.840.10045.1.1') return undefined
  return bitLength(readUnsigned(field.take(tags.INTEGER)))
}

/** Bits of a magnitude without leading zero octets. */
const bitLength = (magnitude: Uint8Array): number => magnitude.length * 8 - Math.clz32(magnitude[0]!) + 24
