import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CuttingProxy, cuttingProxy } from '../../../test/cutting-proxy.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../../../test/postgresql.ts'
import { checkSession } from './check-session.ts'
import { migrate } from './migrate.ts'
import { openStore } from './open.ts'
import type { PostgresqlStore } from './open-unchecked.ts'
import type { Store, Tx } from './store.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))
const NO_CLEAR_YES = 'the answer to COMMIT was no clear yes'
let server: TestServer
let proxy: CuttingProxy
const stores: Store[] = []

/** A migrated store in a schema of its own, closed after the tests. */
async function open(options: Partial<PostgresqlStore> = {}): Promise<Store> {
  const schema = `test_${randomBytes(6).toString('hex')}`
  const store = await openStore({
    kind: 'postgresql',
    url: server.url,
    schema,
    random,
    migrate: true,
    ...options,
  })
  stores.push(store)
  return store
}

const throughProxy = () => server.url.replace(String(server.port), String(proxy.port))
const key = (n: number) => new Uint8Array([n])
const insert = (tx: Tx, n: number, owner = 'x') => tx.insert('key_register', [{ fingerprint: key(n), owner }])
const owners = (store: Store) =>
  store.transaction(async (tx) =>
    (await tx.query<{ owner: string }>('select owner from key_register order by fingerprint')).map(
      ({ owner }) => owner,
    ),
  )
const raise = (tx: Tx, state: string) =>
  tx.query(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`)

/** Resolves once `most` have come to it. */
function meeting(most: number): () => Promise<void> {
  let come = 0
  let all = () => {}
  const everybody = new Promise<void>((resolve) => {
    all = resolve
  })
  return () => {
    if (++come === most) all()
    return everybody
  }
}

describe.skipIf(!havePostgresql)(
  `PostgreSQL${havePostgresql ? '' : ' (skipped: it is not installed)'}`,
  () => {
    beforeAll(async () => {
      server = (await startPostgresql())!
      proxy = await cuttingProxy(server.port)
    })
    afterAll(async () => {
      await Promise.all(stores.map((store) => store.close()))
      await proxy?.close()
      await server?.stop()
    })

    describe('transactions at the same time', () => {
      test('no two act on what the other takes away: one runs again and sees it', async () => {
        const store = await open()
        await store.transaction(async (tx) => {
          await insert(tx, 1, 'on duty')
          await insert(tx, 2, 'on duty')
        })
        let runs = 0
        const meet = meeting(2)
        const leave = (n: number) =>
          store.transaction(async (tx) => {
            runs++
            const onDuty = await tx.query(`select 1 from key_register where owner = 'on duty'`)
            await meet()
            if (onDuty.length > 1)
              await tx.query(`update key_register set owner = 'gone' where fingerprint = $1`, [key(n)])
          })
        await Promise.all([leave(1), leave(2)])
        expect((await owners(store)).sort()).toEqual(['gone', 'on duty'])
        expect(runs).toBeGreaterThan(2)
      })

      test('a count that many add to at once is right', async () => {
        const store = await open()
        await store.transaction((tx) => tx.query('create table tally (id int primary key, n int8)'))
        await store.transaction((tx) => tx.insert('tally', [{ id: 1, n: 0 }]))
        const add = () =>
          store.transaction(async (tx) => {
            const [row] = await tx.query<{ n: number }>('select n from tally where id = 1')
            await tx.query('update tally set n = $1 where id = 1', [row!.n + 1])
          })
        for (let i = 0; i < 10; i++) await Promise.all([add(), add(), add()])
        expect(await store.transaction((tx) => tx.query('select n from tally'))).toEqual([{ n: 30 }])
      })

      test.each(['40001', '40P01'])('%s is tried again until it goes', async (state) => {
        const store = await open()
        let runs = 0
        await store.transaction(async (tx) => {
          await insert(tx, ++runs)
          // That the work makes another error of it, or none, changes nothing.
          if (runs === 1) await raise(tx, state).catch(() => undefined)
          if (runs === 2)
            await raise(tx, state).catch(() => {
              throw new Error('other')
            })
        })
        expect(runs).toBe(3)
        expect(await owners(store)).toEqual(['x'])
      })

      test('what never goes is given up, after pauses that chance has drawn', async () => {
        let drawn = 0
        const store = await open({ random: (octets) => new Uint8Array(octets).fill(drawn++ && 0) })
        let runs = 0
        const never = store.transaction((tx) => {
          runs++
          return raise(tx, '40001')
        })
        await expect(never).rejects.toMatchObject({ code: 'store.busy' })
        expect(runs).toBe(12)
        expect(drawn).toBe(11)
      })

      test('two that migrate at once do each step once', async () => {
        const options = { kind: 'postgresql', url: server.url, schema: 'both', random } as const
        const done = (await Promise.all([1, 2, 3].map(() => migrate(options)))).flat()
        expect(done.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6])
        await open({ schema: 'both', migrate: false })
      })
    })

    describe('a line that breaks', () => {
      test.each<['after' | 'before', string[]]>([
        ['after', ['x']],
        ['before', []],
      ])('%s COMMIT reached the server: nobody knows, and the caller is told so', async (cut, stored) => {
        const store = await open({ url: throughProxy() })
        const work = store.transaction(async (tx) => {
          await insert(tx, 1)
          proxy.arm(cut, 'commit')
        })
        await expect(work).rejects.toMatchObject({ code: 'store.commit-unknown' })
        expect(await owners(store)).toEqual(stored)
      })

      test.each(['after', 'before'] as const)('%s a statement: nothing is stored', async (cut) => {
        const store = await open({ url: throughProxy() })
        const work = store.transaction((tx) => {
          proxy.arm(cut, 'key_register')
          return insert(tx, 1)
        })
        await expect(work).rejects.toMatchObject({ code: 'store.unreachable' })
        expect(await owners(store)).toEqual([])
      })

      test('a server that falls silent is given up', async () => {
        const store = await open({ url: throughProxy(), patience: { statement: 300 } })
        const work = store.transaction((tx) => {
          proxy.arm('silence', 'key_register')
          return insert(tx, 1)
        })
        await expect(work).rejects.toMatchObject({ code: 'store.unreachable' })
        const commit = store.transaction(async (tx) => {
          await insert(tx, 1)
          proxy.arm('silence', 'commit')
        })
        await expect(commit).rejects.toMatchObject({ code: 'store.commit-unknown' })
        expect(await owners(store)).toEqual([])
      })

      test('a server that does not let anybody in', async () => {
        proxy.arm('silence', 'postgres')
        const silent = open({ url: throughProxy(), patience: { connect: 200 } })
        await expect(silent).rejects.toMatchObject({ code: 'store.unreachable' })
        for (const url of [
          'postgresql://postgres@127.0.0.1:1/postgres',
          server.url.replace(/postgres$/, 'other'),
          server.url.replace('postgres@', 'nobody@'),
        ])
          await expect(open({ url })).rejects.toMatchObject({ code: 'store.unreachable' })
      })

      test('a statement that takes too long, and a pool that is lent out', async () => {
        const store = await open({ most: 1, patience: { statement: 300, connect: 200 } })
        const long = store.transaction((tx) => tx.query('select pg_sleep(10)::text'))
        await expect(long).rejects.toMatchObject({ code: 'store.busy' })
        const meet = meeting(2)
        const first = store.transaction(() => meet())
        await expect(owners(store)).rejects.toMatchObject({ code: 'store.busy' })
        await meet()
        await first
      })

      test('a session that the server ends', async () => {
        const store = await open()
        const ended = store.transaction((tx) => tx.query('select pg_terminate_backend(pg_backend_pid())'))
        await expect(ended).rejects.toMatchObject({ code: 'store.unreachable' })
        expect(await owners(store)).toEqual([])
      })

      test('a server that is killed has all that it said it had, and the same store goes on', async () => {
        const store = await open()
        let said = 0
        const writing = (async () => {
          for (let n = 0; n < 250; n++) {
            await store.transaction((tx) => insert(tx, n))
            said++
          }
        })()
        const outcome = writing.catch((error: unknown) => error)
        while (said < 30) await new Promise((resolve) => setTimeout(resolve, 1))
        await server.kill()
        expect(await outcome).toMatchObject({
          code: expect.stringMatching(/^store\.(unreachable|commit-unknown)$/),
        })
        await expect(owners(store)).rejects.toMatchObject({ code: 'store.unreachable' })
        await server.start()
        const rows = (await owners(store)).length
        expect([said, said + 1]).toContain(rows)
      })
    })

    describe('a server that may lose what it said it had', () => {
      const weakly = (url: string) =>
        expect(open({ url })).rejects.toMatchObject({ code: 'store.not-durable' })

      test('synchronous_commit off for the role, for the database, in the URL', async () => {
        const store = await open()
        await store.transaction(async (tx) => {
          await tx.query('create role weak superuser login')
          await tx.query('alter role weak set synchronous_commit = off')
        })
        await store.transaction((tx) =>
          tx.query('alter role postgres in database template1 set synchronous_commit = off'),
        )
        await weakly(server.url.replace('postgres@', 'weak@'))
        await weakly(server.url.replace(/postgres$/, 'template1'))
        await weakly(`${server.url}?options=-c%20synchronous_commit%3Doff`)
      })

      test('a setting weakened after a connection was made does not reach it, and the next connection is refused', async () => {
        const store = await open({ most: 2 })
        const shown = (tx: Tx) => tx.query('show synchronous_commit')
        await store.transaction(async (tx) => {
          await tx.query('create role turning superuser login')
        })
        const url = server.url.replace('postgres@', 'turning@')
        const turning = await open({ url, most: 2 })
        await store.transaction((tx) => tx.query('alter role turning set synchronous_commit = off'))
        expect(await turning.transaction(shown)).toEqual([{ synchronous_commit: 'on' }])
        const meet = meeting(2)
        const both = [1, 2].map(() => turning.transaction(() => meet()))
        await expect(both[1]).rejects.toMatchObject({ code: 'store.not-durable' })
        await meet()
        await both[0]
      })

      test.each([
        ['remote_apply', 'remote_apply'],
        ['local', 'on'],
      ])('synchronous_commit %s becomes %s', async (before, after) => {
        const store = await open({ url: `${server.url}?options=-c%20synchronous_commit%3D${before}` })
        const shown = await store.transaction((tx) => tx.query('show synchronous_commit'))
        expect(shown).toEqual([{ synchronous_commit: after }])
      })

      test.each(['fsync', 'full_page_writes', 'synchronous_commit'])('%s off in the server', async (name) => {
        await server.setting(name, 'off')
        await weakly(server.url)
        await server.setting(name, 'on')
        await open()
      })

      test('a commit that a standby did not confirm is not known to be stored', async () => {
        const impatient = await open({ patience: { statement: 500 } })
        const [patient, watching] = await Promise.all([open(), open()])
        await server.setting('synchronous_standby_names', 'nobody')
        const work = impatient.transaction((tx) => insert(tx, 1))
        await expect(work).rejects.toMatchObject({ code: 'store.commit-unknown' })

        // Somebody ends the wait: the server then says COMMIT, and a warning before it.
        const outcome = patient.transaction((tx) => insert(tx, 1)).catch((error: unknown) => error)
        const cancel = `select pg_cancel_backend(pid) as done from pg_stat_activity where wait_event = 'SyncRep'
          and application_name = 'nansen' and query = 'commit'`
        const cancelled = async () => (await watching.transaction((tx) => tx.query(cancel))).length > 0
        const waited = Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 20_000))])
        let over = false
        void waited.then(() => {
          over = true
        })
        while (!over) {
          await cancelled()
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
        expect(await waited).toMatchObject({ code: 'store.commit-unknown', cause: { message: NO_CLEAR_YES } })

        await server.setting('synchronous_standby_names', '')
        await expect(owners(impatient)).resolves.toEqual(['x'])
        await expect(owners(patient)).resolves.toEqual(['x'])
      })
    })

    test('names are looked up in the schema only, and temporary tables last', async () => {
      const store = await open()
      const [path] = await store.transaction(async (tx) => {
        await tx.query('create temporary table event (forged text) on commit drop')
        expect(await tx.query('select count(*) as rows from event')).toEqual([{ rows: 0 }])
        await tx.query('select stream from event')
        return tx.query<{ search_path: string }>('show search_path')
      })
      expect(path!.search_path).toMatch(/^"?test_[0-9a-f]{12}"?, pg_temp$/)
    })

    test('two schemas of one database know nothing of each other', async () => {
      const [one, other] = [await open(), await open()]
      await one.transaction((tx) => insert(tx, 1))
      expect(await owners(other)).toEqual([])
    })

    test('a name of a schema that is no plain name is refused', async () => {
      for (const schema of ['a"b', 'a, public', '', 'A', 'é'])
        await expect(open({ schema })).rejects.toThrow(RangeError)
    })

    test('statements made ready before a table changed are made ready again', async () => {
      const store = await open({ most: 1 })
      const all = () => store.transaction((tx) => tx.query('select * from key_register'))
      expect(await all()).toEqual([])
      await store.transaction((tx) => tx.query(`alter table key_register add column more integer`))
      expect(await all()).toEqual([])
    })
  },
)

test('a server older than PostgreSQL 15 is refused', async () => {
  const settings = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
  const old = checkSession(async () => ({ rows: [{ version: 149_999, ...settings }] }), 'nansen')
  await expect(old).rejects.toMatchObject({ code: 'store.too-old' })
})
