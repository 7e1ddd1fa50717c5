import { StoreError } from './errors.ts'
import { identifier } from './insert.ts'

type Ask = (sql: string, values: readonly string[]) => Promise<{ readonly rows: readonly unknown[] }>

interface Settings {
  readonly version: number
  readonly fsync: string
  readonly full_page_writes: string
  readonly synchronous_commit: string
}

const OLDEST = 150_000

/**
 * Everything is found by a key, so plans need no statistics, and would be wrong for want of them: one that was made while a table was
 * empty reads the whole table, is kept with its statement, and locks the table against every other serialisable
 * transaction. With reading of whole tables priced out of reach, where it is needed, compiling must not seem worth it.
 */
export const BY_INDEX: readonly (readonly [setting: string, value: string])[] = [
  ['enable_seqscan', 'off'],
  ['enable_hashjoin', 'off'],
  ['enable_mergejoin', 'off'],
  ['jit', 'off'],
]

/**
 * Looks at a new connection, and sets it up. What is asked are the settings in force for this session, so that one that
 * was set for the role, the database or in the URL counts too. P2
 * @throws StoreError store.too-old, store.not-durable
 */
export async function checkSession(ask: Ask, schema: string): Promise<void> {
  const answer = await ask(
    `select current_setting('server_version_num')::int4 as version, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit`,
    [],
  )
  const settings = answer.rows[0] as Settings
  if (settings.version < OLDEST) throw new StoreError('store.too-old')
  if ([settings.fsync, settings.full_page_writes, settings.synchronous_commit].includes('off'))
    throw new StoreError('store.not-durable')
  // From here on the session's own setting counts, and no later change of the server's, role's or database's does.
  const synchronousCommit = settings.synchronous_commit === 'remote_apply' ? 'remote_apply' : 'on'
  await ask(
    `select set_config('search_path', $1, false), set_config('synchronous_commit', $2, false),
       set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO', false),
       set_config('bytea_output', 'hex', false)`,
    [`${identifier(schema)}, pg_temp`, synchronousCommit],
  )
  for (const [name, value] of BY_INDEX) await ask('select set_config($1, $2, false)', [name, value])
}
