import { startPostgresql } from './postgresql.ts'

/** Starts the PostgreSQL that `testStore` then uses, unless NANSEN_TEST_POSTGRESQL names one that runs. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.NANSEN_TEST_POSTGRESQL !== undefined) return undefined
  const server = await startPostgresql()
  if (server === undefined) throw new Error('PostgreSQL is not installed; `npm test` needs none')
  process.env.NANSEN_TEST_POSTGRESQL = server.url
  return async () => {
    delete process.env.NANSEN_TEST_POSTGRESQL
    await server.stop()
  }
}
