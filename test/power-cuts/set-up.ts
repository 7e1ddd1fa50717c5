import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startPostgresql } from '../postgresql.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Builds what is to be killed, and starts the PostgreSQL that the tests share, unless NANSEN_TEST_POSTGRESQL names one
 * that runs. Without PostgreSQL the rounds on the embedded store are left.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  // Whether it fits together is for the type check to say: it is built all the same.
  spawnSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '-b'], {
    cwd: root,
    stdio: 'ignore',
  })
  if (process.env.NANSEN_TEST_POSTGRESQL !== undefined) return undefined
  const server = await startPostgresql()
  if (server === undefined) return undefined
  process.env.NANSEN_TEST_POSTGRESQL = server.url
  return async () => {
    delete process.env.NANSEN_TEST_POSTGRESQL
    await server.kill()
    await server.stop()
  }
}
