import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultSeed, randomKills } from '../faults/kill.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { expectRecovered } from './after-a-cut.ts'
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

  test('killed itself under nansen issue, it has what it said was stored: every paper once', async () => {
    const moments = randomKills(faultSeed(), 3, { from: 500, to: 5_000 })
    for (const [round, kill] of moments.entries()) {
      const list = office.list(`round${round}`, 120, round)
      rmSync(office.out, { recursive: true, force: true })
      const running = office.issue(list)
      await pause('after' in kill ? kill.after : 0)
      await server.kill()
      const { how, code, error } = await running
      // It ends by itself and says why, or was done before.
      expect({ how, told: code === 0 || /\[(store\.\S+|signing\.outage)\]/.test(error) }).toEqual({
        how: 'finished',
        told: true,
      })
      await server.start()
      await expectRecovered(office, list)
    }
  })
})
