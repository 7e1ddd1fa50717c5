import { generateKeySync } from 'node:crypto'

/**
 * Octets that must never come again: nonces, salts, secrets. They are made as keys are, here, and not handed in like
 * other chance: a seed of a test that found its way into an office would open everything.
 */
export const freshOctets = (octets: number): Buffer =>
  generateKeySync('hmac', { length: octets * 8 }).export()
