import type { SqlValue } from './store.ts'

/** The protocol counts values in 16 bits; half of that leaves statements of a handy size. */
const MOST_VALUES = 32_000

export interface Statement {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/**
 * Rows as `insert … values`, in one statement, or in several where there are more than 32,000 values.
 * @throws RangeError for names that are no plain identifiers, and where rows differ in their columns
 */
export function insertStatements(
  table: string,
  rows: readonly Readonly<Record<string, SqlValue>>[],
): readonly Statement[] {
  const [first] = rows
  if (first === undefined) return []
  const columns = Object.keys(first)
  const most = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, columns.length)))
  const statements: Statement[] = []
  for (let start = 0; start < rows.length; start += most) {
    const part = rows.slice(start, start + most)
    const values: SqlValue[] = []
    for (const row of part) pushValues(values, row, columns)
    statements.push({ sql: insertText(table, columns, part.length), values })
  }
  return statements
}

function pushValues(
  values: SqlValue[],
  row: Readonly<Record<string, SqlValue>>,
  columns: readonly string[],
): void {
  if (Object.keys(row).length !== columns.length) throw new RangeError('rows with different columns')
  for (const column of columns) {
    const value = row[column]
    if (value === undefined) throw new RangeError('rows with different columns')
    values.push(value)
  }
}

/** Those written before, by table, columns and number of rows: a batch of a hundred has a text of some kilobytes. */
const texts = new Map<string, string>()
const MOST_TEXTS = 200

function insertText(table: string, columns: readonly string[], rows: number): string {
  const key = `${table}/${columns.join('/')}/${rows}`
  let text = texts.get(key)
  if (text === undefined) {
    const places = Array.from(
      { length: rows },
      (_, i) => `(${columns.map((_, j) => `$${i * columns.length + j + 1}`).join(', ')})`,
    )
    text = `insert into ${identifier(table)} (${columns.map(identifier).join(', ')}) values ${places.join(', ')}`
    if (texts.size < MOST_TEXTS) texts.set(key, text)
  }
  return text
}

/** A name in SQL, quoted. @throws RangeError where it is anything but small letters, digits and `_` */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new RangeError('no plain identifier')
  return `"${name}"`
}
