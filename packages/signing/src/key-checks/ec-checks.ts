import type { Curve, PublicKey } from '@nansen/formats/pki'
import { inverse, mod, toInteger } from './integers.ts'

export type EcKey = Extract<PublicKey, { kind: 'ec' }>

interface Point {
  readonly x: bigint
  readonly y: bigint
}

const big = (hexadecimal: string): bigint => BigInt(`0x${hexadecimal}`)

/** P-521 is the only curve whose size is no whole number of octets, and it is above every limit here. */
export const curveBits = (curve: Curve): number => curve.size * 8

/** Only the form with both coordinates is read here. `undefined`: a compressed point. */
function pointOf({ point, curve }: EcKey): Point | undefined {
  if (point[0] !== 4) return undefined
  return { x: toInteger(point.subarray(1, 1 + curve.size)), y: toInteger(point.subarray(1 + curve.size)) }
}

export const isUncompressed = (key: EcKey): boolean => pointOf(key) !== undefined

/** Both coordinates below p, and y² = x³ + ax + b. Infinity has no such form, and so is no key either. [SEC1 §3.2.2] */
export function isOnCurve(key: EcKey): boolean {
  const point = pointOf(key)
  if (point === undefined) return false
  const [p, a, b] = [big(key.curve.p), big(key.curve.a), big(key.curve.b)]
  const { x, y } = point
  return x < p && y < p && mod(y * y - (x * x * x + a * x + b), p) === 0n
}

const DOUBLINGS = 10

/**
 * Whether the private number is one to 1,024, or that many below the order: what a broken generator gives (zeros, a
 * counter, a number cut off), and whoever suspects it finds at once.
 */
export function isSmallMultiple(key: EcKey): boolean {
  const point = pointOf(key)
  return point !== undefined && smallMultiplesOf(key.curve).has(point.x)
}

const known = new Map<string, ReadonlySet<bigint>>()

/** The x-coordinates of k·G for k up to 1,024; those of -k·G are the same. Computed when a curve is first met. */
function smallMultiplesOf(curve: Curve): ReadonlySet<bigint> {
  const found = known.get(curve.name)
  if (found !== undefined) return found
  const multiples = new Set(multiplesOfBasePoint(curve).map(({ x }) => x))
  known.set(curve.name, multiples)
  return multiples
}

/** From G … m·G come (m+1)·G … 2m·G by adding m·G to each, with a single inversion for all. */
function multiplesOfBasePoint(curve: Curve): readonly Point[] {
  const [p, a] = [big(curve.p), big(curve.a)]
  const points: Point[] = [{ x: big(curve.x), y: big(curve.y) }]
  for (let doubling = 0; doubling < DOUBLINGS; doubling++) {
    const last = points.at(-1)!
    const divisors = points.map(({ x }) => (x === last.x ? 2n * last.y : last.x - x))
    const inverses = inversesOf(divisors, p)
    const next = points.map((point, i) => {
      const rise = point === last ? 3n * last.x * last.x + a : last.y - point.y
      const slope = mod(rise * inverses[i]!, p)
      const x = mod(slope * slope - point.x - last.x, p)
      return { x, y: mod(slope * (point.x - x) - point.y, p) }
    })
    points.push(...next)
  }
  return points
}

/** The inverses of many values modulo a prime, none of them a multiple of it, for the price of one (Montgomery). */
function inversesOf(values: readonly bigint[], prime: bigint): readonly bigint[] {
  const products: bigint[] = []
  let product = 1n
  for (const value of values) {
    products.push(product)
    product = mod(product * value, prime)
  }
  const inverses: bigint[] = []
  let rest = inverse(product, prime)
  for (let i = values.length - 1; i >= 0; i--) {
    inverses[i] = mod(rest * products[i]!, prime)
    rest = mod(rest * values[i]!, prime)
  }
  return inverses
}
