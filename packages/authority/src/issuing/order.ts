import { digestOfBytes } from '@nansen/signing'
import canonicalize from 'canonicalize'
import { Refusal } from '../refusal.ts'
import { hasShape, type OrderProblem, type OrderProblemCode, orderProblems } from './order-problems.ts'

export { isoDay, parseBirthDate, parseDay } from './calendar.ts'
export { type OrderProblem, type OrderProblemCode, orderProblems }

/**
 * What a paper is to say, before a number or a day is reserved for it: all that an officer approves. The day of issue is
 * not part of it, as the same order asked for again tomorrow is still the same order (P4).
 */
export interface SpecimenOrder {
  /** Of a state that does not exist. An order for a real one will carry the signatures of two officers. P1 */
  readonly kind: 'specimen'
  /** As in the zone. [9303-3 §5] */
  readonly state: 'UTO' | 'QRR' | 'QZZ'
  /** How the booklet is made: `booklet-1`. */
  readonly profile: string
  /** The caller's own name for it, by which it is found again. One reference has one order. */
  readonly reference: string
  /** In its own letters, composed (NFC). Of a person with one name, that name. */
  readonly familyName: string
  /** Empty where there are none. */
  readonly givenNames: string
  /** Of the name, as a BCP 47 tag: how it is written in the zone depends on it. */
  readonly language: string
  /** The three letters of the zone, or `D`. [9303-3 §5] */
  readonly nationality: string
  /** `1987-04-12`; from the right, what is not known is X: `1987-XX-XX`. */
  readonly birthDate: string
  readonly sex: 'M' | 'F' | 'X'
  /** Refugee, stateless, alien. [9303-4 §4.4] */
  readonly documentCode: 'PR' | 'PS' | 'PT'
  /** SHA-256 of the portrait as it goes into the chip (JPEG), 64 digits. */
  readonly portrait: string
}

export type Order = SpecimenOrder

/**
 * The order as octets, in one way only: JSON in the canonical form. [RFC8785 §3.2]
 * @throws Refusal order.shape for a field too many or missing, or a text that has no UTF-8
 */
export function encodeOrder(order: Order): Uint8Array {
  if (!hasShape(order)) throw new Refusal('order.shape')
  return new TextEncoder().encode(canonicalize(order))
}

/** What approvals are of, and by which an order is known again: of {@link encodeOrder}. P1, P4 */
export function orderDigest(order: Order): Uint8Array {
  return digestOfBytes(encodeOrder(order))
}

/**
 * Whether a paper can be made from the order, today.
 * @throws Refusal order.*, the first of {@link orderProblems}
 */
export function checkOrder(order: Order, at: Date): void {
  const [problem] = orderProblems(order, at)
  if (problem !== undefined) throw new Refusal(problem.code, { field: problem.field })
}
