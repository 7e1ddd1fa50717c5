import { randomBytes } from 'node:crypto'
import { type EmbeddedDatabase, openEmbedded } from '../packages/store/src/embedded.ts'
import type { Store } from '../packages/store/src/index.ts'
import { applyMigrations } from '../packages/store/src/migrations.ts'
import { type OpenStore, openUnchecked, storeOver } from '../packages/store/src/open-unchecked.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))

// One database for all tests of a worker: it takes seconds to start. The worker is ended with it open.
let embedded: Promise<EmbeddedDatabase> | undefined

/**
 * A migrated store that nobody else has: a schema with a name by chance, in a database in memory, or in the PostgreSQL
 * of NANSEN_TEST_POSTGRESQL.
 */
export async function testStore(): Promise<Store> {
  const { store, schema } = await emptyStore()
  await applyMigrations(store, schema)
  return store
}

/** As {@link testStore}, before its schema is made. */
export async function emptyStore(): Promise<{ readonly store: OpenStore; readonly schema: string }> {
  const schema = `test_${randomBytes(6).toString('hex')}`
  const url = process.env.NANSEN_TEST_POSTGRESQL
  if (url !== undefined) {
    const store = await openUnchecked({ kind: 'postgresql', url, schema, random, most: 4 })
    return { store, schema }
  }
  embedded ??= openEmbedded(undefined)
  return { store: storeOver((await embedded).schema(schema), random), schema }
}
