import { openOfficeStore, readSettings } from '../../packages/nansen/src/office/index.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { twoRoles } from '../two-roles.ts'
import type { ServeOptions } from './serving.ts'

export { havePostgresql }

/** For the names of suites. */
export const onPostgresql = havePostgresql ? 'on PostgreSQL' : 'on PostgreSQL (skipped: it is not installed)'

/** Of an office that is told nothing else. */
export const SCHEMA = 'nansen_uto'

/**
 * A PostgreSQL of a file's own, and how `nansen serve` is started on it: as a role that owns nothing, as in an office
 * that people run. P20
 */
export async function officeOnPostgresql(): Promise<{
  readonly server: TestServer
  readonly options: ServeOptions
}> {
  const server = await startPostgresql()
  if (server === undefined) throw new Error('PostgreSQL is not installed')
  const { office } = await twoRoles(server.url, SCHEMA)
  return { server, options: { arguments: ['--postgresql'], environment: { NANSEN_DATABASE: office.url } } }
}

export type Row = Readonly<Record<string, unknown>>

export interface Rows {
  ask(sql: string, values?: readonly Uint8Array[]): Promise<readonly Row[]>
  close(): Promise<void>
}

/** An office's database, of which most is sealed. On the embedded store, once nothing else has it open. */
export async function rowsOf(folder: string, environment: ServeOptions['environment'] = {}): Promise<Rows> {
  const settings = await readSettings(folder)
  const store = await openOfficeStore(folder, settings, { ...process.env, ...environment }, false)
  return {
    ask: (sql, values = []) => store.transaction((tx) => tx.query<Record<string, unknown>>(sql, values)),
    close: () => store.close(),
  }
}

export const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
