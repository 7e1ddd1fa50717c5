import { checkPrimeSync } from 'node:crypto'
import { bitLength, primesBelow, root } from './integers.ts'

const SMALL_FACTORS_BELOW = 1 << 16
/** The known faulty generators (CVE-2022-26320) fall within a hundred. */
const FERMAT_STEPS = 1 << 12

/** Odd, and 65537 or more: below that, faults of padding become forgeries. [FIPS186-5 §A.1.1] */
export const exponentFits = (exponent: bigint): boolean =>
  (exponent & 1n) === 1n && exponent >= 65537n && exponent < 1n << 256n

/** Products of primes below 2^53, so that a large number is divided once for about three of them. */
let products: readonly { product: bigint; primes: readonly number[] }[] | undefined

function productsOfPrimes(): readonly { product: bigint; primes: readonly number[] }[] {
  const groups: { product: bigint; primes: number[] }[] = []
  let [product, primes] = [1, [] as number[]]
  for (const prime of primesBelow(SMALL_FACTORS_BELOW)) {
    if (product * prime > Number.MAX_SAFE_INTEGER) {
      groups.push({ product: BigInt(product), primes })
      ;[product, primes] = [1, []]
    }
    product *= prime
    primes.push(prime)
  }
  groups.push({ product: BigInt(product), primes })
  return groups
}

/** Whether a prime below 2^16 divides it, as after a fault of memory or of a generator. */
export function hasSmallFactor(modulus: bigint): boolean {
  products ??= productsOfPrimes()
  return products.some(({ product, primes }) => {
    const rest = Number(modulus % product)
    return primes.some((prime) => rest % prime === 0)
  })
}

/** A prime as modulus has its private key written beside it. */
export const isPrime = (modulus: bigint): boolean => checkPrimeSync(modulus)

/**
 * Whether it is a power of a whole number. Meant for what {@link hasSmallFactor} let pass: then the exponent is at most
 * a sixteenth of the bits.
 */
export function isPower(modulus: bigint): boolean {
  return primesBelow(Math.floor(bitLength(modulus) / 16) + 2).some(
    (k) => root(modulus, k) ** BigInt(k) === modulus,
  )
}

/** What squares leave modulo 64 and 63: of other numbers it lets few pass, without taking a root. */
const residues = (modulus: number): ReadonlySet<number> =>
  new Set(Array.from({ length: modulus }, (_, n) => (n * n) % modulus))
const OF_64 = residues(64)
const OF_63 = residues(63)

/** Whether Fermat's method finds two factors close to each other: n = a² - b², tried from the root of n upwards. */
export function hasCloseFactors(modulus: bigint): boolean {
  let a = root(modulus, 2)
  if (a * a < modulus) a++
  let rest = a * a - modulus
  for (let step = 0; step < FERMAT_STEPS; step++) {
    if (OF_64.has(Number(rest & 63n)) && OF_63.has(Number(rest % 63n)) && root(rest, 2) ** 2n === rest)
      return true
    rest += 2n * a + 1n
    a++
  }
  return false
}
