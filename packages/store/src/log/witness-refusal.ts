import { StoreError } from '../errors.ts'

/** Why a witness says no; the number is the answer of C2SP tlog-witness over HTTP. */
export type WitnessReason =
  /** 404: not a log that it watches. */
  | 'unknown-log'
  /** 403: not signed by that log. */
  | 'not-signed'
  /** 400: no note, or an old size above the checkpoint's. */
  | 'malformed'
  /** 409: the old size is not the one that it has cosigned; ask again from {@link WitnessRefusal.has}. */
  | 'other-size'
  /** 422: the checkpoint does not follow from the one before: a second history, or a proof that proves nothing. */
  | 'not-consistent'

export class WitnessRefusal extends StoreError {
  readonly reason: WitnessReason
  /** The size that the witness has cosigned last, with `other-size`. */
  readonly has: number | undefined
  constructor(reason: WitnessReason, has?: number, options?: ErrorOptions) {
    super('log.witness-refuses', options)
    this.reason = reason
    this.has = has
  }
}
