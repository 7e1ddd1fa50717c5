import { randomFillSync } from 'node:crypto'

/** A draw costs as much for many octets as for a few. */
const DRAWN = 4096

/**
 * Octets of the operating system's generator, drawn ahead; what was handed out is not kept.
 * @returns a function of the number of octets
 */
export function drawAhead(): (octets: number) => Uint8Array {
  const drawn = new Uint8Array(DRAWN)
  let at = DRAWN
  return (octets) => {
    if (octets > DRAWN) return randomFillSync(new Uint8Array(octets))
    if (at + octets > DRAWN) {
      randomFillSync(drawn)
      at = 0
    }
    const fresh = drawn.slice(at, at + octets)
    drawn.fill(0, at, at + octets)
    at += octets
    return fresh
  }
}
