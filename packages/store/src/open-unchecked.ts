import type { Driver } from './driver.ts'
import type { Store } from './store.ts'
import { type Random, type ScriptTx, transact } from './transaction.ts'

export interface StoreSettings {
  /** For pauses before a transaction is tried again. */
  readonly random: Random
  /** Bring the schema up to date first. Without it, a schema that is not is refused. */
  readonly migrate?: boolean
}

export interface EmbeddedStore extends StoreSettings {
  readonly kind: 'embedded'
  /** Where it lies; without one, in memory. */
  readonly folder: string | undefined
  readonly schema?: string
}

export interface PostgresqlStore extends StoreSettings {
  readonly kind: 'postgresql'
  /** `postgresql://user@host/database`, with TLS as the URL says. */
  readonly url: string
  readonly schema: string
  /** Connections at the most; 8 unless told. */
  readonly most?: number
  /** In milliseconds: for a connection, 10,000 unless told; for a statement, 30,000. */
  readonly patience?: { readonly connect?: number; readonly statement?: number }
}

export type StoreOptions = EmbeddedStore | PostgresqlStore

/** A store that can also run scripts; inside this package only. */
export interface OpenStore extends Store {
  transaction<T>(work: (tx: ScriptTx) => Promise<T>): Promise<T>
}

/** Opens a store whatever the state of its schema; inside this package only. */
export async function openUnchecked(options: StoreOptions): Promise<OpenStore> {
  return storeOver(await driverOf(options), options.random)
}

export function schemaOf(options: StoreOptions): string {
  return options.schema ?? 'nansen'
}

async function driverOf(options: StoreOptions): Promise<Driver> {
  if (options.kind === 'postgresql') {
    const { openPostgresql } = await import('./postgresql.ts')
    return openPostgresql(options)
  }
  const { openEmbedded } = await import('./embedded.ts')
  const database = await openEmbedded(options.folder)
  return { ...database.schema(schemaOf(options)), close: database.close }
}

export function storeOver(driver: Driver, random: Random): OpenStore {
  return {
    kind: driver.kind,
    transaction: (work) => transact(driver, random, work),
    close: () => driver.close(),
  }
}
