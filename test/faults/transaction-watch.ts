import { type Message, texts } from './wire.ts'

const BEGIN = /^\s*(begin|start\s+transaction)\b/i
const COMMIT = /^\s*(commit|end)\b/i
const ROLLBACK = /^\s*(rollback|abort)\b(?!\s+to\b)/i

/**
 * Follows what a client of PostgreSQL says, as far as is needed to know when it commits and what SQL its transaction
 * ran: simple queries, and prepared statements with a name or without.
 */
export class TransactionWatch {
  /** SQL run since BEGIN. */
  #ran: string[] = []
  readonly #statements = new Map<string, string>()
  readonly #portals = new Map<string, string>()

  /** The SQL of the transaction that this message would commit; `undefined` if it commits none. */
  follow({ type, body }: Message): readonly string[] | undefined {
    if (type === 'Q') return this.#run(texts(body, 1)[0] ?? '')
    if (type === 'P') {
      const [name = '', sql = ''] = texts(body, 2)
      this.#statements.set(name, sql)
    } else if (type === 'B') {
      const [portal = '', statement = ''] = texts(body, 2)
      this.#portals.set(portal, this.#statements.get(statement) ?? '')
    } else if (type === 'E') return this.#run(this.#portals.get(texts(body, 1)[0] ?? '') ?? '')
    return undefined
  }

  #run(sql: string): readonly string[] | undefined {
    if (COMMIT.test(sql)) {
      const ran = this.#ran
      this.#ran = []
      return ran
    }
    if (BEGIN.test(sql) || ROLLBACK.test(sql)) this.#ran = []
    else this.#ran.push(sql)
    return undefined
  }
}
