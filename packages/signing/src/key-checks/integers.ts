import { hex } from '@nansen/formats/tlv'

/** Whole numbers of any size. Only public keys are computed with: nothing here takes care of its timing. */

/** Octets, big-endian, as a number. */
export const toInteger = (octets: Uint8Array): bigint => BigInt(`0x0${hex(octets)}`)

export const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length)

/** The remainder from 0 to `modulus` - 1, of negative values too. */
export const mod = (value: bigint, modulus: bigint): bigint => {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

/** The inverse modulo a prime of what is no multiple of it, by the extended Euclidean algorithm. */
export function inverse(value: bigint, prime: bigint): bigint {
  let [a, b] = [mod(value, prime), prime]
  let [x, y] = [1n, 0n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return mod(x, prime)
}

/** The largest whole number whose `k`th power is not above `value`, by Newton's method from above. */
export function root(value: bigint, k: number): bigint {
  if (value < 2n) return value
  const [power, less] = [BigInt(k), BigInt(k - 1)]
  let guess = 1n << BigInt(Math.ceil(bitLength(value) / k))
  for (;;) {
    const next = (less * guess + value / guess ** less) / power
    if (next >= guess) return guess
    guess = next
  }
}

/** The primes below a bound, by the sieve. */
export function primesBelow(bound: number): readonly number[] {
  const composite = new Uint8Array(bound)
  const primes: number[] = []
  for (let n = 2; n < bound; n++) {
    if (composite[n] === 1) continue
    primes.push(n)
    for (let multiple = n * n; multiple < bound; multiple += n) composite[multiple] = 1
  }
  return primes
}
