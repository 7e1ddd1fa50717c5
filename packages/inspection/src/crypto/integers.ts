import { hex } from '@nansen/formats/tlv'

/** Whole numbers of any size, for the public operations that a platform has no door to. None is secret. */

/** Octets, big-endian, as a number. */
export const toInteger = (octets: Uint8Array): bigint => BigInt(`0x0${hex(octets)}`)

/**
 * A number as `length` octets, big-endian. [RFC8017 §4.1]
 * @returns `undefined` where it needs more
 */
export function toOctets(value: bigint, length: number): Uint8Array | undefined {
  const digits = value.toString(16).padStart(2 * length, '0')
  if (digits.length > 2 * length) return undefined
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}

export const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length)

/** `base ** exponent` modulo `modulus`; all positive. Its time tells the exponent, which is public. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

/** The inverse of `value` modulo a prime. */
export const inverse = (value: bigint, prime: bigint): bigint => modPow(value, prime - 2n, prime)
