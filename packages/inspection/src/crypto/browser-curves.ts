import type { Curve, CurveName } from '@nansen/formats/pki'
import { type ECDSA, ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** ECDSA in JavaScript, for the curves that WebCrypto lacks: brainpool, P-192 and P-224. */

const known = new Map<CurveName, ECDSA>()

function arithmeticOf(curve: Curve): ECDSA {
  let arithmetic = known.get(curve.name)
  if (arithmetic === undefined) {
    const number = (digits: string) => BigInt(`0x${digits}`)
    const point = weierstrass({
      p: number(curve.p),
      n: number(curve.n),
      h: 1n,
      a: number(curve.a),
      b: number(curve.b),
      Gx: number(curve.x),
      Gy: number(curve.y),
    })
    // The hash is for signing, which is not done here: verification is handed a digest.
    arithmetic = ecdsa(point, sha256)
    known.set(curve.name, arithmetic)
  }
  return arithmetic
}

/**
 * A point as 04 and two coordinates.
 * @returns `undefined` where it is not on the curve
 */
export function wholePoint(curve: Curve, point: Uint8Array): Uint8Array | undefined {
  if (point[0] === 4) return point // whoever imports it checks that it is on the curve
  try {
    return arithmeticOf(curve).Point.fromBytes(point).toBytes(false)
  } catch {
    return undefined
  }
}

/**
 * [SEC1 §4.1.4]
 * @param digest of the message; its leftmost bits are used, as many as the order has
 * @param pair r and s, each as wide as the order
 */
export function verifyEcdsa(curve: Curve, point: Uint8Array, digest: Uint8Array, pair: Uint8Array): boolean {
  // Both s and its negative are signatures: only ledgers ask for the lower one.
  return arithmeticOf(curve).verify(pair, digest, point, { prehash: false, lowS: false, format: 'compact' })
}
