import type { Row, SqlValue } from '../../../packages/store/src/index.ts'

/** What a thief of the office's machines could change: everything that is stored, and no key. */
export interface StoredOffice {
  /** One statement, as whoever owns the database. */
  readonly query: (sql: string, values?: readonly SqlValue[]) => Promise<readonly Row[]>
  /** The file in which the key service writes what it signs. */
  readonly keyJournal: string
  /** The public folder of the log. */
  readonly log: string
  /** The folder of signed checkpoints, outside the database. */
  readonly checkpoints: string
}

/** One change that the checker must report. */
export interface Corruption {
  readonly name: string
  /**
   * One of those that the checker holds: 1 no signature without an intent, 2 every intent finished or void, 3 nothing used twice, 6 the
   * log only grows, 7 acknowledged is there, 8 nothing else is, 9 what was done is what was written down.
   */
  readonly invariant: 1 | 2 | 3 | 6 | 7 | 8 | 9
  /**
   * Changes the office; it needs two papers, one released at least, and some checkpoints.
   * @throws Error where there is nothing to change
   */
  readonly plant: (office: StoredOffice) => Promise<void>
}

/** The rows that a statement gives or changes. @throws Error where there are fewer than asked for */
export async function rowsOf(
  { query }: StoredOffice,
  sql: string,
  values: readonly SqlValue[] = [],
  atLeast = 1,
): Promise<readonly Row[]> {
  const rows = await query(sql, values)
  if (rows.length < atLeast) throw new Error(`nothing to corrupt: ${sql}`)
  return rows
}

/** One change that must meet a row; `sql` ends with a `returning`. */
export async function change(
  office: StoredOffice,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<void> {
  await rowsOf(office, sql, values)
}

/** Takes from a table what would keep a row from being changed: whoever owns the database can. */
export async function unguard({ query }: StoredOffice, ...tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const constraints = await query(
      `select conname as name, conrelid::regclass::text as owner from pg_constraint
        where (conrelid = $1::text::regclass and contype in ('u', 'c', 'f'))
           or (confrelid = $1::text::regclass and contype = 'f')
        order by contype <> 'f'`,
      [table],
    )
    for (const { name, owner } of constraints)
      await query(`alter table ${String(owner)} drop constraint if exists "${String(name)}" cascade`)
    const indexes = await query(
      `select indexrelid::regclass::text as name from pg_index
        where indrelid = $1::text::regclass and indisunique and not indisprimary`,
      [table],
    )
    for (const { name } of indexes) await query(`drop index ${String(name)}`)
  }
}

/** The same octets with one bit another. */
export function flipped(bytes: Uint8Array, at = bytes.length >> 1): Uint8Array {
  if (bytes.length === 0) throw new Error('nothing to corrupt: no octets')
  const other = Uint8Array.from(bytes)
  other[at] = other[at]! ^ 1
  return other
}
