export type StoreErrorCode =
  /** Another process has the embedded store open. */
  | 'store.locked'
  | 'store.unreachable'
  /** The connection broke after COMMIT was sent: it may or may not be stored. */
  | 'store.commit-unknown'
  /** Retried as often as is reasonable. */
  | 'store.busy'
  /** `fsync`, `full_page_writes` or `synchronous_commit` is off: what is committed may be gone after a power cut. P2 */
  | 'store.not-durable'
  /** Older than PostgreSQL 15. */
  | 'store.too-old'
  /** Not migrated yet, or migrated by a later version, or by a changed migration. */
  | 'store.migration-missing'
  | 'store.migration-later'
  | 'store.migration-changed'
  /** What only the owner of the schema and its tables may do. */
  | 'store.not-owner'
  /** A role that is to have no more than an office needs: there is none of this name, or it could do more all the same. */
  | 'store.role-unknown'
  | 'store.role-mighty'
  /** A transaction inside a transaction. */
  | 'store.nested'
  /** A chain of the journal does not hold. */
  | 'journal.broken'
  /** The log: see log/index.ts. */
  | 'log.database-older'
  | 'log.forked'
  | 'log.lost-race'
  | 'log.tile-differs'
  | 'log.checkpoint-wrong'
  | 'log.checkpoint-missing'
  | 'log.witness-refuses'
  /** A folder of the log, public or of checkpoints, cannot be read or written. */
  | 'log.out-of-reach'

/** An outage or a refusal of the store. It names no value of any row. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
