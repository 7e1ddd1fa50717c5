/** A value in SQL. Octets are `Uint8Array`, both ways; moments are `Date`. */
export type SqlValue = string | number | bigint | boolean | Uint8Array | Date | null | readonly SqlValue[]

export type Row = Readonly<Record<string, unknown>>

/** A transaction under way; of no use after it. */
export interface Tx {
  /**
   * One statement with its values as `$1`, `$2`. `bytea` comes back as `Uint8Array`, `int8` as `number` (what does
   * not fit raises), `timestamptz` as `Date`, on both stores alike.
   */
  query<R extends Row = Row>(sql: string, values?: readonly SqlValue[]): Promise<readonly R[]>
  /** Rows into a table in one statement; all rows have the same columns. */
  insert(table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void>
  /**
   * As `insert`, but for rows of which `column`, which is unique, has the value already: those are left out. Asking
   * first would put the transaction in the way of every other that inserts near by.
   * @returns the values of `column` in the rows that were put in
   */
  insertNew<V extends SqlValue>(
    table: string,
    rows: readonly Readonly<Record<string, SqlValue>>[],
    column: string,
  ): Promise<readonly V[]>
}

/** One authority's data: a schema of its own in PostgreSQL, or in the embedded likeness of it. */
export interface Store {
  /** `embedded` is for specimens and tests: it does not survive a power cut. */
  readonly kind: 'embedded' | 'postgresql'
  /**
   * Runs `work` in one serialisable transaction and commits it; again from the start where the database found it in
   * the way of another, so `work` does nothing but SQL. It may not be nested.
   * @throws StoreError store.unreachable, store.commit-unknown (it may or may not be stored: ask again), store.busy
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}
