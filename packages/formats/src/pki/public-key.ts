import { readBitStringOctets, readOid, readSmallInteger, readUnsigned, tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { FormatError } from '../format-error.ts'
import { type Element, Fields, hex, readOnly } from '../tlv/index.ts'
import { nullOrAbsent, type PssParameters, readAlgorithmIdentifier, readPssParameters } from './algorithm.ts'
import { type Curve, curveByOid, curveByPrime } from './curves.ts'
import { OIDS } from './oids.ts'

/** A public key as far as signatures need it; `encoded` is the SubjectPublicKeyInfo as read. */
export type PublicKey =
  | {
      readonly kind: 'rsa'
      /** Big-endian, without leading zeros. */
      readonly modulus: Uint8Array
      readonly exponent: Uint8Array
      readonly bits: number
      /** Set where the key may be used with these PSS parameters only. [RFC4055 §3.1] */
      readonly pss?: PssParameters
      readonly encoded: Uint8Array
    }
  | {
      readonly kind: 'ec'
      readonly curve: Curve
      /** The point as read: 04 and two coordinates, or 02/03 and one. */
      readonly point: Uint8Array
      readonly parameters: 'explicit' | 'named'
      readonly encoded: Uint8Array
    }
  | { readonly kind: 'dsa'; readonly encoded: Uint8Array }
  | { readonly kind: 'unknown'; readonly oid: string; readonly encoded: Uint8Array }

/** Octets of the largest RSA modulus read: 8,192 bits. */
const MAX_RSA_OCTETS = 1024

/**
 * ```asn1
 * SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
 * ```
 * An EC key must lie on a curve of `curves.ts`, however it is written. [RFC5280 §4.1.2.7]
 * @throws FormatError pki.key-*, pki.algorithm-parameters, tlv.*, der.*
 */
export function readPublicKey(element: Element): PublicKey {
  if (element.tag !== tags.SEQUENCE)
    throw new FormatError('tlv.unexpected-tag', element.start, 'RFC5280 §4.1.2.7')
  const fields = new Fields(element, 'RFC5280 §4.1.2.7')
  const algorithm = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  const keyElement = fields.take(tags.BIT_STRING)
  fields.end()
  const octets = readBitStringOctets(keyElement)
  const encoded = element.encoded
  switch (algorithm.oid) {
    case OIDS.rsaEncryption:
      nullOrAbsent(algorithm)
      return { kind: 'rsa', ...readRsaKey(octets, keyElement.start), encoded }
    case OIDS.rsaPss: {
      const key = readRsaKey(octets, keyElement.start)
      const { parameters } = algorithm
      if (parameters === undefined || parameters.tag === tags.NULL) return { kind: 'rsa', ...key, encoded }
      const pss = readPssParameters(parameters)
      return pss ? { kind: 'rsa', ...key, pss, encoded } : { kind: 'unknown', oid: algorithm.oid, encoded }
    }
    case OIDS.ecPublicKey: {
      if (algorithm.parameters === undefined)
        throw new FormatError('pki.algorithm-parameters', algorithm.at, 'RFC5480 §2.1.1')
      const named = algorithm.parameters.tag === tags.OID
      const curve = named
        ? curveByOid(readOid(algorithm.parameters))
        : readExplicitCurve(algorithm.parameters)
      if (curve === undefined)
        throw new FormatError('pki.key-curve', algorithm.parameters.start, '9303-12 §4.1.6')
      checkPoint(octets, curve, keyElement.start)
      return { kind: 'ec', curve, point: octets, parameters: named ? 'named' : 'explicit', encoded }
    }
    case OIDS.dsa:
      return { kind: 'dsa', encoded }
    default:
      return { kind: 'unknown', oid: algorithm.oid, encoded }
  }
}

/** A SubjectPublicKeyInfo from its bytes alone. */
export const parsePublicKey = (bytes: Uint8Array): PublicKey => readPublicKey(readOnly(bytes))

/** `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` [RFC8017 §A.1.1] */
function readRsaKey(
  octets: Uint8Array,
  at: number,
): { modulus: Uint8Array; exponent: Uint8Array; bits: number } {
  const fields = new Fields(readOnly(octets), 'RFC8017 §A.1.1', tags.SEQUENCE)
  const modulus = readUnsigned(fields.take(tags.INTEGER), MAX_RSA_OCTETS)
  const exponent = readUnsigned(fields.take(tags.INTEGER), 32)
  fields.end()
  const even = (bytes: Uint8Array) => (bytes[bytes.length - 1]! & 1) === 0
  if (even(modulus) || even(exponent) || (exponent.length === 1 && exponent[0]! < 3))
    throw new FormatError('pki.key-size', at, 'RFC8017 §3.1')
  return { modulus, exponent, bits: modulus.length * 8 - Math.clz32(modulus[0]!) + 24 }
}

function checkPoint(point: Uint8Array, curve: Curve, at: number): void {
  const form = point[0]
  const whole = form === 4 && point.length === 1 + 2 * curve.size
  const compressed = (form === 2 || form === 3) && point.length === 1 + curve.size
  if (!whole && !compressed) throw new FormatError('pki.key-point', at, 'RFC5480 §2.2')
}

/**
 * ```asn1
 * ECParameters ::= SEQUENCE {
 *   version  INTEGER,                                 -- 1, or 2, 3 with a seed
 *   fieldID  SEQUENCE { OBJECT IDENTIFIER prime-field, prime INTEGER },
 *   curve    SEQUENCE { a OCTET STRING, b OCTET STRING, seed BIT STRING OPTIONAL },
 *   base     OCTET STRING,                            -- the base point
 *   order    INTEGER,
 *   cofactor INTEGER OPTIONAL }
 * ```
 * Every value must be that of one known curve: a key on parameters of an attacker's choice verifies
 * anything (CVE-2020-0601). Leading zeros of field elements and a missing cofactor are met and read.
 * [SEC1 §C.2]
 * @returns `undefined` where the parameters are no known curve
 */
function readExplicitCurve(element: Element): Curve | undefined {
  if (element.tag !== tags.SEQUENCE)
    throw new FormatError('pki.algorithm-parameters', element.start, 'RFC5480 §2.1.1')
  const fields = new Fields(element, 'SEC1 §C.2')
  const version = readSmallInteger(fields.take(tags.INTEGER))
  if (version < 1 || version > 3) throw new FormatError('pki.version', element.start, 'SEC1 §C.2')
  const field = new Fields(fields.take(tags.SEQUENCE), 'SEC1 §C.1')
  if (readOid(field.take(tags.OID)) !== OIDS.primeField) return undefined
  const prime = hex(readUnsigned(field.take(tags.INTEGER), 128))
  field.end()
  const coefficients = new Fields(fields.take(tags.SEQUENCE), 'SEC1 §C.2')
  const a = fieldElement(coefficients.take(tags.OCTET_STRING))
  const b = fieldElement(coefficients.take(tags.OCTET_STRING))
  coefficients.optional(tags.BIT_STRING)
  coefficients.end()
  const base = fields.take(tags.OCTET_STRING).content
  const order = hex(readUnsigned(fields.take(tags.INTEGER), 128))
  const cofactor = fields.optional(tags.INTEGER)
  if (cofactor !== undefined && readSmallInteger(cofactor) !== 1) return undefined
  fields.end()

  const curve = curveByPrime(prime)
  if (curve === undefined || order !== curve.n) return undefined
  if (a !== stripZeros(curve.a) || b !== stripZeros(curve.b)) return undefined
  const size = curve.size
  if (base[0] === 4 && base.length === 1 + 2 * size)
    return hex(base.subarray(1)) === curve.x + curve.y ? curve : undefined
  if ((base[0] === 2 || base[0] === 3) && base.length === 1 + size) {
    const oddY = (Number.parseInt(curve.y.slice(-1), 16) & 1) === 1
    return hex(base.subarray(1)) === curve.x && (base[0] === 3) === oddY ? curve : undefined
  }
  return undefined
}

const stripZeros = (text: string): string => text.replace(/^(?:00)+(?=..)/, '')
/** In hexadecimal without leading zeros; what is far too long for any curve is cut, and so equals none. */
const fieldElement = (element: Element): string => stripZeros(hex(element.content.subarray(0, 256)))

const unhex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/**
 * A SubjectPublicKeyInfo for an EC key. Travel documents want explicit parameters with the cofactor and an
 * uncompressed point; a named curve is for readers that cannot do that. [9303-12 §4.1.6]
 * @param point 04 and two coordinates
 */
export function encodeEcPublicKey(
  curve: Curve,
  point: Uint8Array,
  parameters: 'explicit' | 'named',
): Uint8Array {
  const domain = parameters === 'named' ? der.oid(curve.oid) : explicitCurve(curve)
  return der.sequence(der.sequence(der.oid(OIDS.ecPublicKey), domain), der.bitString(point))
}

/** By curve, of which there are few; each is some three hundred octets that never change. */
const explicitCurves = new WeakMap<Curve, Uint8Array>()

function explicitCurve(curve: Curve): Uint8Array {
  let encoded = explicitCurves.get(curve)
  if (encoded === undefined) {
    encoded = encodeExplicitCurve(curve)
    explicitCurves.set(curve, encoded)
  }
  return encoded
}

function encodeExplicitCurve(curve: Curve): Uint8Array {
  return der.sequence(
    der.integer(1),
    der.sequence(der.oid(OIDS.primeField), der.unsigned(unhex(curve.p))),
    der.sequence(der.octetString(unhex(curve.a)), der.octetString(unhex(curve.b))),
    der.octetString(unhex(`04${curve.x}${curve.y}`)),
    der.unsigned(unhex(curve.n)),
    der.integer(1),
  )
}

/** A SubjectPublicKeyInfo for an RSA key, without PSS restrictions. [RFC8017 §A.1.1] */
export function encodeRsaPublicKey(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const key = der.sequence(der.unsigned(modulus), der.unsigned(exponent))
  return der.sequence(der.sequence(der.oid(OIDS.rsaEncryption), der.nullValue()), der.bitString(key))
}
