import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { COMMIT_FAULTS } from './commit-fault.ts'
import { type CommitProxy, startCommitProxy } from './commit-proxy.ts'

const named = havePostgresql ? 'on PostgreSQL' : '(skipped: no PostgreSQL on this machine)'

/** The two ways in which `pg` sends a statement. */
type Way = (client: Client, sql: string) => Promise<unknown>
const WAYS: Readonly<Record<string, Way>> = {
  'as a simple query': (client, sql) => client.query(sql),
  'as a named prepared statement': (client, sql) => client.query({ name: sql, text: sql, values: [] }),
  'as an unnamed prepared statement': (client, sql) =>
    client.query({ text: sql, values: [], queryMode: 'extended' } as never),
}

describe.skipIf(!havePostgresql)(`A proxy that acts on commits ${named}`, () => {
  let proxy: CommitProxy
  let direct: Client
  const clients: Client[] = []

  let server: TestServer
  beforeAll(async () => {
    server = (await startPostgresql())!
    direct = new Client({ connectionString: server.url })
    await direct.connect()
    await direct.query('create table toy (id integer primary key); create table other (id integer)')
  })
  afterAll(async () => {
    await direct?.end()
    // Nothing of it is needed any more, least of all its last checkpoint.
    await server?.kill()
    await server?.stop()
  })
  beforeEach(async () => {
    await direct.query('truncate toy, other')
    proxy = await startCommitProxy(server.url)
  })
  afterEach(async () => {
    await proxy.close()
    await Promise.allSettled(clients.splice(0).map((client) => client.end()))
  })

  async function connected(): Promise<Client> {
    const client = new Client({ connectionString: proxy.url })
    client.on('error', () => {})
    clients.push(client)
    await client.connect()
    return client
  }

  async function write(client: Client, id: number, way: Way = WAYS['as a simple query']!, table = 'toy') {
    await way(client, 'BEGIN')
    const text = `insert into ${table} (id) values ($1)`
    await client.query({ name: `insert-${table}`, text, values: [id] })
    await way(client, 'COMMIT')
  }

  const stored = async (): Promise<readonly number[]> =>
    (await direct.query('select id from toy order by id')).rows.map(({ id }) => id)

  /** Waits until nothing is open behind the proxy: the server has seen the cut. */
  async function settled(): Promise<void> {
    for (let i = 0; i < 100; i++) {
      const { rows } = await direct.query(
        `select 1 from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
      )
      if (rows.length === 0) return
      await wait(20)
    }
    throw new Error('a session stayed open')
  }

  describe.each(Object.entries(WAYS))('COMMIT %s', (_, way) => {
    test('without a plan all passes, and commits are counted', async () => {
      const client = await connected()
      await write(client, 1, way)
      await write(client, 2, way)
      expect(await stored()).toEqual([1, 2])
      expect(proxy.commits).toBe(2)
    })

    test('cut before COMMIT: the row is not there, and the client saw an error', async () => {
      const client = await connected()
      await write(client, 1, way)
      const planned = proxy.plan(COMMIT_FAULTS.failed)
      await expect(write(client, 2, way)).rejects.toThrow()
      expect(planned.hasHappened).toBe(true)
      await settled()
      expect(await stored()).toEqual([1])
    })

    test('cut after COMMIT: the row is there, and the client saw an error', async () => {
      const client = await connected()
      await write(client, 1, way)
      const planned = proxy.plan(COMMIT_FAULTS['failed but stored'])
      await expect(write(client, 2, way)).rejects.toThrow()
      expect(planned.hasHappened).toBe(true)
      expect(await stored()).toEqual([1, 2])
    })

    test('a commit of the transaction that touched a table is found among others', async () => {
      const planned = proxy.plan({ ...COMMIT_FAULTS.failed, touched: 'toy' })
      const client = await connected()
      await write(client, 1, way, 'other')
      expect(planned.hasHappened).toBe(false)
      await expect(write(client, 2, way, 'toy')).rejects.toThrow()
      await planned.happened
      expect(await stored()).toEqual([])
    })
  })

  test('a table whose name is part of another is not touched', async () => {
    const planned = proxy.plan({ ...COMMIT_FAULTS.failed, touched: 'the' })
    await write(await connected(), 1, undefined, 'other')
    expect(planned.hasHappened).toBe(false)
  })

  test('the n-th commit is counted over all connections', async () => {
    const planned = proxy.plan({ ...COMMIT_FAULTS['failed but stored'], nth: 3 })
    const [a, b] = [await connected(), await connected()]
    await write(a, 1)
    await write(b, 2)
    await expect(write(a, 3)).rejects.toThrow()
    await write(b, 4)
    expect(planned.hasHappened).toBe(true)
    expect(await stored()).toEqual([1, 2, 3, 4])
  })

  test('two plans for one commit act on two commits, one after the other', async () => {
    proxy.plan(COMMIT_FAULTS.failed)
    proxy.plan(COMMIT_FAULTS['failed but stored'])
    await expect(write(await connected(), 1)).rejects.toThrow()
    await expect(write(await connected(), 2)).rejects.toThrow()
    await write(await connected(), 3)
    expect(await stored()).toEqual([2, 3])
  })

  test('a plan waits for a commit that succeeds: one that the server refuses is passed on', async () => {
    await direct.query('create table if not exists checked (id integer unique deferrable initially deferred)')
    const planned = proxy.plan(COMMIT_FAULTS['failed but stored'])
    const client = await connected()
    await client.query('BEGIN')
    await client.query('insert into checked values (1), (1)')
    await expect(client.query('COMMIT')).rejects.toMatchObject({ code: '23505' })
    await client.query('BEGIN')
    await expect(client.query('insert into nowhere values (1)')).rejects.toMatchObject({ code: '42P01' })
    await client.query('COMMIT')
    expect(planned.hasHappened).toBe(false)
    await expect(write(client, 1)).rejects.toThrow()
    expect(await stored()).toEqual([1])
  })

  test('a delayed commit is stored late, and its client hears so', async () => {
    const client = await connected()
    const planned = proxy.plan({ side: 'before', act: 'delay', milliseconds: 300 })
    const writing = write(client, 1)
    await planned.happened
    await wait(100)
    expect(await stored()).toEqual([])
    await writing
    expect(await stored()).toEqual([1])
  })

  test('a delayed answer: the row is there before its client knows', async () => {
    const client = await connected()
    const planned = proxy.plan({ side: 'after', act: 'delay', milliseconds: 300 })
    let heard = false
    const writing = write(client, 1).then(() => {
      heard = true
    })
    await planned.happened
    expect(await stored()).toEqual([1])
    expect(heard).toBe(false)
    await writing
  })

  test.each([
    ['before', []],
    ['after', [1]],
  ] as const)('half-open %s COMMIT: the client hears nothing until all is cut', async (side, rows) => {
    const client = await connected()
    const planned = proxy.plan({ side, act: 'half-open' })
    const writing = write(client, 1).then(
      () => 'answered',
      () => 'failed',
    )
    await planned.happened
    expect(await Promise.race([writing, wait(200, 'silent')])).toBe('silent')
    expect(await stored()).toEqual(rows)
    proxy.cutAll()
    expect(await writing).toBe('failed')
  })

  test('a server that is down refuses, and takes connections again when it is up', async () => {
    const client = await connected()
    proxy.setDown(true)
    await expect(write(client, 1)).rejects.toThrow()
    await expect(connected()).rejects.toThrow()
    proxy.setDown(false)
    await write(await connected(), 2)
    expect(await stored()).toEqual([2])
  })

  test('a request to cancel reaches the server', async () => {
    const client = await connected()
    const sleeping = client.query('select pg_sleep(20)')
    const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
    const { connect } = await import('node:net')
    const { port, hostname } = new URL(proxy.url)
    const request = Buffer.alloc(16)
    for (const [i, word] of [16, 80877102, processID, secretKey].entries()) request.writeInt32BE(word, i * 4)
    connect(Number(port), hostname).end(request)
    await expect(sleeping).rejects.toMatchObject({ code: '57014' })
  })

  test('whoever asks for encryption is told that there is none', async () => {
    const client = new Client({ connectionString: proxy.url, ssl: { rejectUnauthorized: false } })
    await expect(client.connect()).rejects.toThrow('does not support SSL')
  })

  test('messages of any size pass whole, in both directions', async () => {
    const client = await connected()
    for (const size of [0, 1, 65_535, 3_000_000]) {
      const { rows } = await client.query('select $1::bytea as bytes', [Buffer.alloc(size, 7)])
      expect(rows[0].bytes).toHaveLength(size)
    }
  })
})
