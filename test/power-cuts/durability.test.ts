import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { ask } from './database.ts'
import { OfficeOnDisk } from './office-on-disk.ts'

const named = havePostgresql ? 'on PostgreSQL' : 'on PostgreSQL (skipped: it is not installed)'

/** Ways to have a database that says "stored" before it is. Each setting is put back after it. */
const WAYS: readonly (readonly [string, string, string])[] = [
  ['fsync', 'off', 'on'],
  ['full_page_writes', 'off', 'on'],
  ['synchronous_commit', 'off', 'on'],
]

describe.skipIf(!havePostgresql)(`A database that does not wait for the disk ${named}`, () => {
  let server: TestServer
  let office: OfficeOnDisk
  beforeAll(async () => {
    server = (await startPostgresql())!
    const { root } = await OfficeOnDisk.none('embedded')
    office = new OfficeOnDisk('postgresql', root, server.url)
  })
  afterAll(async () => {
    await server?.kill()
    await server?.stop()
  })

  async function expectRefused(): Promise<void> {
    const list = office.list('people', 2)
    for (const ended of [await office.issue(list), await office.recover()])
      expect({ code: ended.code, error: ended.error }).toEqual({
        code: 70,
        error: expect.stringContaining('[store.not-durable]'),
      })
    const schemas = await ask(server.url, "select 1 from pg_namespace where nspname = 'nansen_uto'")
    expect(schemas).toEqual([])
  }

  test.each(WAYS)('by %s = %s: nothing starts, nothing is laid out', async (name, value, right) => {
    await server.setting(name, value)
    await expectRefused()
    await server.setting(name, right)
  })

  test('by synchronous_commit = off for the role alone: the same', async () => {
    await ask(server.url, 'alter role postgres set synchronous_commit = off')
    await expectRefused()
    await ask(server.url, 'alter role postgres reset synchronous_commit')
  })

  test('and with all of it on, it starts', async () => {
    const { code, error } = await office.issue(office.list('people', 2))
    expect({ code, error }).toEqual({ code: 0, error: '' })
  })
})
