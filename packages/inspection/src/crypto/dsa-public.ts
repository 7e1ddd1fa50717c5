import { FormatError } from '@nansen/formats'
import { readBitStringOctets, readUnsigned, tags } from '@nansen/formats/der'
import { OIDS, readAlgorithmIdentifier } from '@nansen/formats/pki'
import { Fields, readOnly } from '@nansen/formats/tlv'
import { bitLength, inverse, modPow, toInteger } from './integers.ts'

/** A DSA public key with its group. Allowed for travel documents, though no key in use has been met. */
export interface DsaKey {
  readonly p: bigint
  readonly q: bigint
  readonly g: bigint
  readonly y: bigint
  /** `q` as octets, big-endian. */
  readonly order: Uint8Array
}

/** Bits of the order that the standard knows. [FIPS186-4 §4.2] */
const ORDERS: readonly number[] = [160, 224, 256]

/**
 * ```asn1
 * Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }
 * DSAPublicKey ::= INTEGER  -- y
 * ```
 * [RFC3279 §2.3.2]
 * @param encoded the SubjectPublicKeyInfo
 * @returns `undefined` for what is no key, leaves the group to an issuer, or has a group of another size
 */
export function readDsaKey(encoded: Uint8Array): DsaKey | undefined {
  try {
    const fields = new Fields(readOnly(encoded), 'RFC5280 §4.1.2.7')
    const { oid, parameters } = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
    if (oid !== OIDS.dsa || parameters?.tag !== tags.SEQUENCE) return undefined
    const value = readOnly(readBitStringOctets(fields.take(tags.BIT_STRING)))
    fields.end()
    const group = new Fields(parameters, 'RFC3279 §2.3.2')
    const p = toInteger(readUnsigned(group.take(tags.INTEGER), 512))
    const order = readUnsigned(group.take(tags.INTEGER), 32)
    const g = toInteger(readUnsigned(group.take(tags.INTEGER), 512))
    group.end()
    const y = toInteger(readUnsigned(value, 512))
    const q = toInteger(order)
    if (!ORDERS.includes(bitLength(q)) || bitLength(p) < 512) return undefined
    return within(g, p) && within(y, p) ? { p, q, g, y, order } : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** A value of 0 or 1 here would make signatures that anyone can write. */
const within = (value: bigint, p: bigint): boolean => value > 1n && value < p

/**
 * @param digest of the message; its leftmost bits are used, as many as the order has
 * @param pair r and s, each as wide as the order and in range
 */
export function verifyDsa({ p, q, g, y, order }: DsaKey, digest: Uint8Array, pair: Uint8Array): boolean {
  // [FIPS186-4 §4.7]; the orders are whole octets wide.
  const r = toInteger(pair.subarray(0, order.length))
  const w = inverse(toInteger(pair.subarray(order.length)), q)
  const u1 = (toInteger(digest.subarray(0, order.length)) * w) % q
  const u2 = (r * w) % q
  return ((modPow(g, u1, p) * modPow(y, u2, p)) % p) % q === r
}
