import { modPow, primesBelow } from './integers.ts'

/**
 * The fingerprint of keys from Infineon's library of 2012 to 2017, whose private keys can be computed (Nemec, Sys,
 * Svenda, Klinec, Matyas: The Return of Coppersmith's Attack, 2017; CVE-2017-15361). Their primes have the form
 * k·M + (65537^a mod M), where M is a product of the first primes, so modulo each prime r of M the modulus is a power
 * of 65537 too.
 */
interface Group {
  readonly prime: bigint
  /** What powers of 65537 leave modulo the prime. */
  readonly powers: ReadonlySet<bigint>
}

/** 167 is the last prime of the smallest M, that for keys of 512 bits; every larger M has these primes as well. */
const GROUPS: readonly Group[] = primesBelow(168).map((r) => {
  const prime = BigInt(r)
  const powers = new Set<bigint>()
  for (let exponent = 0n; exponent < prime; exponent++) powers.add(modPow(65537n % prime, exponent, prime))
  return { prime, powers }
})

/**
 * Whether a modulus has the fingerprint: it leaves a power of 65537 modulo every prime up to 167. Primes for which the
 * powers are everything there is do not tell; the others together let pass one honest key in more than 10^8.
 */
export const hasRocaFingerprint = (modulus: bigint): boolean =>
  GROUPS.every(({ prime, powers }) => powers.has(modulus % prime))

/** How likely it is that an honest modulus (odd, without these factors) has the fingerprint by chance. */
export const ROCA_FALSE_ALARM: number = GROUPS.reduce(
  (chance, { prime, powers }) => (prime === 2n ? chance : (chance * powers.size) / (Number(prime) - 1)),
  1,
)
