import { generateKeySync } from 'node:crypto'

/** A draw costs as much for many octets as for a few. */
const DRAWN = 1024
let drawn: Buffer = Buffer.alloc(0)
let at = 0

/**
 * Octets that must never come again: nonces, salts, secrets. They are made as keys are, here, and not handed in like
 * other chance: a seed of a test that found its way into an office would open everything. What was handed out is not
 * kept.
 */
export function freshOctets(octets: number): Buffer {
  if (octets > DRAWN) return draw(octets)
  if (at + octets > drawn.length) {
    drawn = draw(DRAWN)
    at = 0
  }
  const fresh = Buffer.from(drawn.subarray(at, at + octets))
  drawn.fill(0, at, at + octets)
  at += octets
  return fresh
}

const draw = (octets: number): Buffer => generateKeySync('hmac', { length: octets * 8 }).export()
