import { applyMigrations, checkMigrations } from './migrations.ts'
import { openUnchecked, type StoreOptions, schemaOf } from './open-unchecked.ts'
import type { Store } from './store.ts'

/**
 * Opens the data of one authority.
 * @throws StoreError store.locked, store.unreachable, store.too-old, store.not-durable, store.migration-*
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await openUnchecked(options)
  try {
    if (options.migrate === true) await applyMigrations(store, schemaOf(options))
    else await checkMigrations(store)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
