import { applyMigrations, type Migration } from './migrations.ts'
import { openUnchecked, type StoreOptions, schemaOf } from './open-unchecked.ts'

const PATIENCE = { statement: 3_600_000 }

/**
 * Brings a schema up to date, and makes it where there is none. Large tables may take their time.
 * @returns what it did; empty where there was nothing to do
 * @throws StoreError store.migration-later, store.migration-changed; as openStore
 */
export async function migrate(options: StoreOptions): Promise<readonly Migration[]> {
  const patient = options.kind === 'postgresql' ? { patience: PATIENCE, ...options } : options
  const store = await openUnchecked(patient)
  try {
    return await applyMigrations(store, schemaOf(options))
  } finally {
    await store.close()
  }
}
