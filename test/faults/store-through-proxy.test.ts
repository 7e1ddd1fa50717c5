import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { append, openStore, readStream, type Store } from '../../packages/store/src/index.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { COMMIT_FAULTS } from './commit-fault.ts'
import { type CommitProxy, startCommitProxy } from './commit-proxy.ts'
import { failInsert } from './trigger-faults.ts'

const named = havePostgresql ? 'on PostgreSQL' : '(skipped: no PostgreSQL on this machine)'
const random = (octets: number) => new Uint8Array(randomBytes(octets))

describe.skipIf(!havePostgresql)(`The store under faults ${named}`, () => {
  let server: TestServer
  let proxy: CommitProxy
  let schema: string
  /** Through the proxy. */
  let store: Store
  /** Past it. */
  let direct: Store

  beforeAll(async () => {
    server = (await startPostgresql())!
    proxy = await startCommitProxy(server.url)
  })
  afterAll(async () => {
    await proxy?.close()
    // Nothing of it is needed any more, least of all its last checkpoint.
    await server?.kill()
    await server?.stop()
  })
  beforeEach(async () => {
    schema = `office_${randomBytes(6).toString('hex')}`
    direct = await openStore({ kind: 'postgresql', url: server.url, schema, random, migrate: true })
    store = await openStore({ kind: 'postgresql', url: proxy.url, schema, random, migrate: false })
    return async () => {
      proxy.setDown(false)
      await Promise.all([store.close(), direct.close()])
    }
  })

  const happen = (kind: string) =>
    store.transaction((tx) => append(tx, [{ stream: 'toy', kind, at: new Date(0), body: {} }]))
  const stored = async () => (await direct.transaction((tx) => readStream(tx, 'toy'))).map(({ kind }) => kind)

  test('a commit that failed is unknown to the caller, and nothing is stored', async () => {
    await happen('first')
    const planned = proxy.plan({ ...COMMIT_FAULTS.failed, touched: 'event' })
    await expect(happen('second')).rejects.toMatchObject({ code: 'store.commit-unknown' })
    expect(planned.hasHappened).toBe(true)
    expect(await stored()).toEqual(['first'])
  })

  test('a commit that failed but is stored is unknown to the caller, and it is stored', async () => {
    await happen('first')
    const planned = proxy.plan({ ...COMMIT_FAULTS['failed but stored'], touched: 'event' })
    await expect(happen('second')).rejects.toMatchObject({ code: 'store.commit-unknown' })
    expect(planned.hasHappened).toBe(true)
    expect(await stored()).toEqual(['first', 'second'])
  })

  test('after a cut the store goes on', async () => {
    proxy.plan(COMMIT_FAULTS.failed)
    await expect(happen('first')).rejects.toThrow()
    await happen('second')
    expect(await stored()).toEqual(['second'])
  })

  test('a database that is down is unreachable, and serves again when it is up', async () => {
    proxy.setDown(true)
    await expect(happen('first')).rejects.toMatchObject({ code: 'store.unreachable' })
    proxy.setDown(false)
    await happen('second')
    expect(await stored()).toEqual(['second'])
  })

  test.each(['statement', 'commit'] as const)('a %s that a trigger refuses leaves nothing', async (at) => {
    const fault = await failInsert(server.url, schema, 'event', { at, where: `new.kind = 'second'` })
    await happen('first')
    await expect(happen('second')).rejects.toThrow()
    await fault.remove()
    await happen('third')
    expect(await stored()).toEqual(['first', 'third'])
  })

  test('a conflict that a trigger makes up is tried again, and succeeds', async () => {
    const fault = await failInsert(server.url, schema, 'event', { sqlstate: '40001', nth: 1 })
    await happen('first')
    expect(await fault.matched()).toBe(2)
    await fault.remove()
    expect(await stored()).toEqual(['first'])
  })
})
