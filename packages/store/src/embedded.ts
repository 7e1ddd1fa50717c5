import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite, QueryOptions } from '@electric-sql/pglite'
import { BY_INDEX } from './check-session.ts'
import type { Connection, Driver } from './driver.ts'
import { identifier } from './insert.ts'
import { lockFolder } from './lock.ts'
import { withoutValues } from './sql-error.ts'
import type { Row, SqlValue } from './store.ts'
import { encodeValue, parserOf, viewOf } from './values.ts'

/**
 * PostgreSQL inside this process, for specimens and tests: it writes without waiting for the disk, so a power cut loses
 * what was committed. It has one connection, and all who use it stand in one queue. Authorities share it in schemas.
 */
export interface EmbeddedDatabase {
  /** A driver whose names are those of one schema. Closing it closes nothing. */
  schema(name: string): Driver
  close(): Promise<void>
}

/**
 * Opens the database in a folder, or in memory where there is none. The folder is this process's alone until it closes
 * or dies: two in one folder would lose each other's rows.
 * @throws StoreError store.locked
 */
export async function openEmbedded(folder: string | undefined): Promise<EmbeddedDatabase> {
  if (folder === undefined) return database(await start('memory://'), async () => undefined)
  await mkdir(folder, { recursive: true })
  const unlock = await lockFolder(folder)
  try {
    const data = join(folder, 'data')
    const whole = join(folder, 'complete')
    // A first start that was cut off left half a database, and nothing in it that anybody was told was stored.
    if (!(await exists(whole))) await rm(data, { recursive: true, force: true })
    const pglite = await start(data)
    await (await open(whole, 'a')).close()
    return database(pglite, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

/** How values are written, which {@link parserOf} relies on. */
const SESSION = [
  `set timezone to 'UTC'; set datestyle to 'ISO'; set bytea_output to 'hex'`,
  ...BY_INDEX.map(([name, value]) => `set ${name} to ${value}`),
].join('; ')

async function start(dataDir: string): Promise<PGlite> {
  // Loaded here, since most processes have no use for it and it is large.
  const { PGlite } = await import('@electric-sql/pglite')
  const pglite = await PGlite.create({ dataDir })
  await pglite.exec(SESSION)
  return pglite
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function database(pglite: PGlite, unlock: () => Promise<void>): EmbeddedDatabase {
  const codecs = codecsFor(pglite)
  let free: Promise<void> = Promise.resolve()
  const lend = async (): Promise<Connection> => {
    const before = free
    let giveBack = () => {}
    free = new Promise((resolve) => {
      giveBack = resolve
    })
    await before
    return { ...connection(pglite, codecs), giveBack }
  }
  const nest = {}
  return {
    schema: (name) => ({
      kind: 'embedded',
      nest,
      begin: `begin isolation level serializable; set local search_path to ${identifier(name)}, pg_temp`,
      lend,
      close: async () => undefined,
    }),
    async close() {
      const { giveBack } = await lend()
      giveBack(false)
      await pglite.close()
      await unlock()
    },
  }
}

function connection(pglite: PGlite, codecs: QueryOptions): Omit<Connection, 'giveBack'> {
  const script = (sql: string): Promise<void> => ask(() => pglite.exec(sql).then(() => undefined))
  return {
    script,
    commit: () => script('commit'),
    async query(sql: string, values: readonly SqlValue[]) {
      const sent = values.map(asText)
      return ask(async () => (await pglite.query<Row>(sql, sent, codecs)).rows)
    },
  }
}

/** Our notation of values in place of the driver's own, for every type that it has one for. */
function codecsFor(pglite: PGlite): QueryOptions {
  const asIs = (value: unknown) => value as string
  return {
    serializers: Object.fromEntries(Object.keys(pglite.serializers).map((type) => [type, asIs])),
    parsers: Object.fromEntries(Object.keys(pglite.parsers).map((type) => [type, parserOf(Number(type))])),
  }
}

function asText(value: SqlValue): string | null {
  const encoded = encodeValue(value)
  return encoded instanceof Uint8Array ? `\\x${viewOf(encoded).toString('hex')}` : encoded
}

async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    throw withoutValues(error)
  }
}
