import { modPow } from './integers.ts'

/** The field, the order of the base point, and the coefficient d of -x² + y² = 1 + d·x²·y². [RFC8032 §5.1] */
const P = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const D = ((P - 121665n) * modPow(121666n, P - 2n, P)) % P
const ROOT_OF_MINUS_ONE = modPow(2n, (P - 1n) / 4n, P)

/** In extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. [RFC8032 §5.1.4] */
interface Point {
  readonly X: bigint
  readonly Y: bigint
  readonly Z: bigint
  readonly T: bigint
}

const IDENTITY: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n }

/**
 * The point that 32 octets stand for. [RFC8032 §5.1.3]
 * @returns `undefined` where y is not below the prime, no x belongs to it, or zero has a sign: one point has one encoding
 */
export function decodePoint(octets: Uint8Array): Point | undefined {
  if (octets.length !== 32) return undefined
  const value = octets.reduceRight((before, octet) => (before << 8n) | BigInt(octet), 0n)
  const odd = value >> 255n
  const y = value & (2n ** 255n - 1n)
  if (y >= P) return undefined
  const above = (y * y + P - 1n) % P
  const below = (D * y * y + 1n) % P
  // A candidate for the square root of above/below; it, or it times the root of -1, is the root if there is one.
  const candidate = (above * below ** 3n * modPow((above * below ** 7n) % P, (P - 5n) / 8n, P)) % P
  const check = (below * candidate * candidate) % P
  let x: bigint
  if (check === above) x = candidate
  else if (check === (P - above) % P) x = (candidate * ROOT_OF_MINUS_ONE) % P
  else return undefined
  if (x === 0n && odd === 1n) return undefined
  if ((x & 1n) !== odd) x = P - x
  return { X: x, Y: y, Z: 1n, T: (x * y) % P }
}

/**
 * Whether the point is in the group of the base point and not its identity. A point with a part of small order makes
 * signatures that some verifiers accept and others do not, and one of small order makes them for any message.
 */
export function hasPrimeOrder(point: Point): boolean {
  return !isIdentity(point) && isIdentity(multiply(ORDER, point))
}

const isIdentity = ({ X, Y, Z }: Point): boolean => X === 0n && (Y - Z) % P === 0n

function multiply(times: bigint, point: Point): Point {
  let result = IDENTITY
  for (const bit of times.toString(2)) {
    result = add(result, result)
    if (bit === '1') result = add(result, point)
  }
  return result
}

/** Good for doubling too: on this curve the formulas have no exceptions. [RFC8032 §5.1.4] */
function add(one: Point, other: Point): Point {
  const a = ((one.Y - one.X) * (other.Y - other.X)) % P
  const b = ((one.Y + one.X) * (other.Y + other.X)) % P
  const c = (2n * one.T * other.T * D) % P
  const d = (2n * one.Z * other.Z) % P
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return { X: (e * f) % P, Y: (g * h) % P, Z: (f * g) % P, T: (e * h) % P }
}
