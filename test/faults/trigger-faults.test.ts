import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { failInsert, failStatement } from './trigger-faults.ts'

const named = havePostgresql ? 'on PostgreSQL' : '(skipped: no PostgreSQL on this machine)'

describe.skipIf(!havePostgresql)(`Statements that fail by a trigger ${named}`, () => {
  let client: Client
  let server: TestServer
  beforeAll(async () => {
    server = (await startPostgresql())!
    client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query('create schema office; create table office.toy (id integer primary key)')
  })
  afterAll(async () => {
    await client?.end()
    // Nothing of it is needed any more, least of all its last checkpoint.
    await server?.kill()
    await server?.stop()
  })
  beforeEach(() => client.query('truncate office.toy'))

  const insert = (id: number) => client.query('insert into office.toy values ($1)', [id])
  const stored = async () =>
    (await client.query('select id from office.toy order by id')).rows.map((r) => r.id)
  const url = () => server.url

  test('every insert fails until the fault is removed, and it leaves nothing behind', async () => {
    const fault = await failInsert(url(), 'office', 'toy')
    await expect(insert(1)).rejects.toMatchObject({ code: 'P0001' })
    await expect(insert(1)).rejects.toThrow('planted')
    expect(await fault.matched()).toBe(2)
    await fault.remove()
    await insert(1)
    expect(await stored()).toEqual([1])
    const left = await client.query(`select proname from pg_proc where proname like 'fault%'`)
    expect(left.rows).toEqual([])
  })

  test('only the row that a condition names fails', async () => {
    const fault = await failInsert(url(), 'office', 'toy', { where: 'new.id = 2' })
    await insert(1)
    await expect(insert(2)).rejects.toThrow()
    await insert(3)
    await fault.remove()
    expect(await stored()).toEqual([1, 3])
  })

  test('the n-th row fails once, and rolled back rows are counted', async () => {
    const fault = await failInsert(url(), 'office', 'toy', { nth: 2 })
    await client.query('begin')
    await insert(1)
    await client.query('rollback')
    await expect(insert(2)).rejects.toThrow()
    await insert(3)
    await fault.remove()
    expect(await stored()).toEqual([3])
  })

  test('a commit fails, where the statement went through', async () => {
    const fault = await failInsert(url(), 'office', 'toy', { at: 'commit', nth: 1 })
    await client.query('begin')
    await insert(1)
    await expect(client.query('commit')).rejects.toThrow('planted')
    await fault.remove()
    expect(await stored()).toEqual([])
  })

  test('updates and deletes fail alike, with the SQLSTATE that was asked for', async () => {
    await insert(1)
    const update = await failStatement(url(), 'office', 'toy', { on: 'update', sqlstate: '53100' })
    await expect(client.query('update office.toy set id = 2')).rejects.toMatchObject({ code: '53100' })
    await update.remove()
    const removal = await failStatement(url(), 'office', 'toy', {
      on: 'delete',
      nth: 1,
      where: 'old.id = 1',
    })
    await expect(client.query('delete from office.toy')).rejects.toThrow()
    expect(await stored()).toEqual([1])
    await client.query('delete from office.toy')
    expect(await stored()).toEqual([])
    await removal.remove()
  })
})
