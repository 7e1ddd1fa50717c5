import type { Row, SqlValue, Store } from './store.ts'

/** One connection, lent to one transaction at a time. It raises `SqlError` for what the server answers. */
export interface Connection {
  query(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>
  /** Statements without values, as of a migration. */
  script(sql: string): Promise<void>
  /** COMMIT. @throws anything at all where the answer was not a clear yes */
  commit(): Promise<void>
  /** Gives it back; a broken one is thrown away. */
  giveBack(broken: boolean): void
}

/** A way to a database. */
export interface Driver {
  readonly kind: Store['kind']
  /** What transactions may not be nested in; drivers of one connection share it. */
  readonly nest: object
  /** The first statement of a transaction. */
  readonly begin: string
  /** @throws StoreError store.unreachable, store.busy, store.not-durable, store.too-old */
  lend(): Promise<Connection>
  close(): Promise<void>
}
