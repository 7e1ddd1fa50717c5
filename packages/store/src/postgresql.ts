import { createHash } from 'node:crypto'
import pg from 'pg'
import { checkSession } from './check-session.ts'
import type { Connection, Driver } from './driver.ts'
import { StoreError } from './errors.ts'
import { identifier } from './insert.ts'
import type { PostgresqlStore } from './open-unchecked.ts'
import { withoutValues } from './sql-error.ts'
import type { SqlValue } from './store.ts'
import { encodeValue, parserOf, viewOf } from './values.ts'

const CONNECT_MS = 10_000
const STATEMENT_MS = 30_000
/** The server gives up on a statement first; one that does not answer at all is given this much longer. */
const SILENCE = 1.2
/** A setting of the server that is weakened while it runs is noticed within this time. */
const LIFETIME_S = 300

/**
 * A pool of connections to a PostgreSQL server; each is checked and set up when it is new.
 * @throws RangeError where the schema's name is no plain identifier
 */
export function openPostgresql({ url, schema, most = 8, patience = {} }: PostgresqlStore): Driver {
  identifier(schema)
  const statement = patience.statement ?? STATEMENT_MS
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    connectionTimeoutMillis: patience.connect ?? CONNECT_MS,
    statement_timeout: statement,
    query_timeout: Math.ceil(statement * SILENCE),
    idle_in_transaction_session_timeout: Math.ceil(statement * SILENCE),
    maxLifetimeSeconds: LIFETIME_S,
    keepAlive: true,
    application_name: 'nansen',
    types: { getTypeParser: parserOf as never },
  })
  // A connection that breaks says so twice: here, and to the statement it carries, which is where it counts.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const checked = new WeakSet<pg.PoolClient>()

  return {
    kind: 'postgresql',
    nest: pool,
    begin: 'begin isolation level serializable',
    async lend() {
      const client = await pool.connect().catch((error: unknown) => {
        const allLent = pool.totalCount >= most
        throw new StoreError(allLent ? 'store.busy' : 'store.unreachable', { cause: withoutValues(error) })
      })
      if (!checked.has(client)) {
        try {
          await checkSession((sql, values) => client.query(sql, [...values]), schema)
        } catch (error) {
          client.release(true)
          if (error instanceof StoreError) throw error
          throw new StoreError('store.unreachable', { cause: withoutValues(error) })
        }
        checked.add(client)
      }
      return connection(client)
    },
    close: () => pool.end(),
  }
}

function connection(client: pg.PoolClient): Connection {
  return {
    async query(sql: string, values: readonly SqlValue[]) {
      const sent = values.map(encoded)
      const name = nameOf(sql)
      const { rows } = await ask(() =>
        client.query<Record<string, unknown>>({ ...name, text: sql, values: sent }),
      )
      return rows
    },
    async script(sql: string) {
      await ask(() => client.query(sql))
    },
    commit: () => commit(client),
    giveBack: (broken) => client.release(broken),
  }
}

/** A server that warns has committed, but not everywhere that it should have: a wait for a standby was cut short. */
async function commit(client: pg.PoolClient): Promise<void> {
  let warned = false
  const listen = () => {
    warned = true
  }
  client.on('notice', listen)
  try {
    const { command } = await ask(() => client.query('commit'))
    if (warned || command !== 'COMMIT') throw new Error('the answer to COMMIT was no clear yes')
  } finally {
    client.off('notice', listen)
  }
}

function encoded(value: SqlValue): string | Buffer | null {
  const sent = encodeValue(value)
  return sent instanceof Uint8Array ? viewOf(sent) : sent
}

async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    throw withoutValues(error)
  }
}

const MOST_NAMES = 500
const names = new Map<string, string>()

/**
 * The name under which a server keeps a statement ready. Each connection keeps them as long as it lives, so only the
 * first 500 texts get one; code has fewer, apart from inserts of very many different lengths.
 */
function nameOf(sql: string): { readonly name?: string } {
  let name = names.get(sql)
  if (name === undefined) {
    if (names.size === MOST_NAMES) return {}
    name = createHash('sha256').update(sql).digest('base64url').slice(0, 22)
    names.set(sql, name)
  }
  return { name }
}
