import type { Connection } from './driver.ts'
import { identifier, insertStatements } from './insert.ts'
import type { Row, SqlValue } from './store.ts'
import type { ScriptTx } from './transaction.ts'

/** The statements of one transaction, one after another, even where `work` sends several at once. */
export class Statements implements ScriptTx {
  readonly #connection: Connection
  #last: Promise<unknown> = Promise.resolve()
  #over = false
  /** The first statement that failed: PostgreSQL does nothing more in this transaction. */
  failure: unknown

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async query<R extends Row = Row>(sql: string, values: readonly SqlValue[] = []): Promise<readonly R[]> {
    return (await this.#next(() => this.#connection.query(sql, values))) as readonly R[]
  }

  async insert(table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
    for (const { sql, values } of insertStatements(table, rows)) await this.query(sql, values)
  }

  async insertNew<V extends SqlValue>(
    table: string,
    rows: readonly Readonly<Record<string, SqlValue>>[],
    column: string,
  ): Promise<readonly V[]> {
    const name = identifier(column)
    const inserted: V[] = []
    for (const { sql, values } of insertStatements(table, rows)) {
      const text = `${sql} on conflict (${name}) do nothing returning ${name} as value`
      for (const { value } of await this.query<{ value: V }>(text, values)) inserted.push(value)
    }
    return inserted
  }

  async script(sql: string): Promise<void> {
    await this.#next(() => this.#connection.script(sql))
  }

  /** Waits for what is under way; from then on nothing more is sent. @throws the first failure */
  async end(): Promise<void> {
    this.#over = true
    await this.#last
    if (this.failure !== undefined) throw this.failure
  }

  #next<T>(send: () => Promise<T>): Promise<T> {
    if (this.#over) return Promise.reject(new Error('a statement after the end of its transaction'))
    const result = this.#last.then(() => {
      if (this.failure !== undefined) throw this.failure
      return send()
    })
    this.#last = result.catch((error: unknown) => {
      this.failure ??= error
    })
    return result
  }
}
