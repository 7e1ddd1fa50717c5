import { FormatError } from '@nansen/formats'
import { SigningOutage, SigningRefusal, type SigningRefusalCode } from '@nansen/signing'
import { SqlError, StoreError, type StoreErrorCode } from '@nansen/store'
import { CeremonyRefusal, type CeremonyRefusalCode } from './ceremony/refusal.ts'
import type { OrderProblemCode } from './issuing/order-problems.ts'

/** Why an office says no. */
export type RefusalCode =
  /** Of another authority than this one. */
  | 'order.foreign-state'
  | 'order.portrait-differs'
  /** The caller's reference has a paper that came from another order. */
  | 'order.reference-used'
  /** Of what the order says itself. */
  | OrderProblemCode
  /** The clock is behind what this authority itself has signed, or it is no clock. */
  | 'clock.wrong'
  /** The authority's revocation list has run out: publish a new one. */
  | 'trust.crl-stale'
  /** The draft under a throwaway key was not accepted. */
  | 'lint.refused'
  | 'lint.bytes-differ'
  /** What was signed is not what was recorded. */
  | 'paper.bytes-differ'
  /** The finished paper was not accepted. */
  | 'paper.not-accepted'
  | 'paper.content-unreadable'
  /** Of the signer of a paper taken up again. */
  | 'paper.signer-unknown'
  /** The rooms below: they say no, or do not answer. */
  | SigningRefusalCode
  | StoreErrorCode
  | CeremonyRefusalCode
  | 'signing.outage'
  | 'store.statement-failed'
  | 'format'

/** An office says no, with a code and never a value. Its cause, where there is one, is the code behind it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  /** Of the order, where it is about one. */
  readonly field?: string
  constructor(code: RefusalCode, options?: ErrorOptions & { readonly field?: string }) {
    super(code, options)
    this.code = code
    if (options?.field !== undefined) this.field = options.field
  }
}

/**
 * What stopped an act, as a refusal that a person can be told: nothing was signed that is not recorded, and asking
 * again later goes on from there. P27
 * @throws what it is given, where that is neither a refusal nor an outage: then it is a bug and must be seen
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof SigningRefusal || error instanceof StoreError || error instanceof CeremonyRefusal)
    return new Refusal(error.code, { cause: error })
  if (error instanceof SigningOutage) return new Refusal('signing.outage', { cause: error })
  if (error instanceof SqlError) return new Refusal('store.statement-failed', { cause: error })
  if (error instanceof FormatError) return new Refusal('format', { cause: error })
  throw error
}
