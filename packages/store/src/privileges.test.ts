import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { havePostgresql, startPostgresql, type TestServer } from '../../../test/postgresql.ts'
import { testStore } from '../../../test/stores.ts'
import { grantTo } from './grant.ts'
import { append } from './journal.ts'
import { migrate } from './migrate.ts'
import { openStore } from './open.ts'
import { PRIVILEGES } from './privileges.ts'
import { roleDifference } from './role-privileges.ts'
import type { Store } from './store.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))
const SCHEMA = 'utopia'

const COLUMNS = `select relname as table, array_agg(attname::text order by attnum)::text as columns
  from pg_class join pg_attribute on attrelid = pg_class.oid
  where relnamespace = to_regnamespace(current_schema()::text) and relkind = 'r' and attnum > 0 group by relname`

test('every table of the schema has its privileges, of columns that it has', async () => {
  const store = await testStore()
  const rows = await store.transaction((tx) => tx.query<{ table: string; columns: string }>(COLUMNS))
  const tables = new Map(rows.map(({ table, columns }) => [table, columns.slice(1, -1).split(',')]))
  expect(Object.keys(PRIVILEGES).sort()).toEqual([...tables.keys()].sort())
  for (const [table, { update }] of Object.entries(PRIVILEGES))
    expect({ table, strange: update.filter((column) => !tables.get(table)!.includes(column)) }).toEqual({
      table,
      strange: [],
    })
})

describe.skipIf(!havePostgresql)(
  `two roles${havePostgresql ? '' : ' (skipped: PostgreSQL is not installed)'}`,
  () => {
    let server: TestServer
    let superuser: Store
    const as = (role: string) => server.url.replace('postgres@', `${role}@`)
    const at = (role: string, schema = SCHEMA) =>
      ({ kind: 'postgresql', url: as(role), schema, random }) as const
    const sql = (...statements: readonly string[]) =>
      superuser.transaction(async (tx) => {
        for (const statement of statements) await tx.query(statement)
      })
    /** What somebody is told who tries it as this role. */
    const tried = async (statement: string, role = 'office') => {
      const store = await openStore(at(role))
      try {
        await store.transaction((tx) => tx.query(statement))
        return 'done'
      } catch (error) {
        return (error as { readonly state?: string }).state
      } finally {
        await store.close()
      }
    }

    beforeAll(async () => {
      server = (await startPostgresql())!
      superuser = await openStore({ ...at('postgres', 'elsewhere'), migrate: true })
      await sql(
        'create role owner login',
        'create role office login',
        'create schema utopia authorization owner',
      )
      await migrate(at('owner'))
      await grantTo(at('owner'), 'office')
    }, 120_000)
    afterAll(async () => {
      await superuser?.close()
      await server?.stop()
    })

    test('an owner who may make no schema migrates the one it was given, and nothing is left to do', async () => {
      expect(await migrate(at('owner'))).toEqual([])
    })

    test('the office may do exactly what is listed, and the owner is told from it', async () => {
      const office = await openStore({ ...at('office'), migrate: true })
      expect(await roleDifference(office)).toEqual({ mighty: false, beyond: [], missing: [] })
      await office.close()
      const owner = await openStore(at('owner'))
      const { mighty, beyond, missing } = await roleDifference(owner)
      expect({ mighty, missing }).toEqual({ mighty: true, missing: [] })
      expect(beyond).toEqual(
        expect.arrayContaining(['event delete', 'event update body', 'event truncate', 'schema create']),
      )
      await owner.close()
    })

    test('the journal takes an event from the office, and gives none back (P20)', async () => {
      const office = await openStore(at('office'))
      const event = { stream: 's', kind: 'k', at: new Date('2026-11-24T00:00:00Z'), body: {} }
      await office.transaction((tx) => append(tx, [event]))
      await office.close()
      for (const statement of [
        `update event set body = '{}'`,
        `update event set at = at where false`,
        'delete from event',
        'truncate event',
        'truncate event cascade',
        'select * from event for update',
        'select * from event for key share',
        'alter table event disable trigger all',
        'create trigger t before insert on event execute function suppress_redundant_updates_trigger()',
        'drop table event cascade',
        'lock table event in exclusive mode',
        `copy event to program 'cat'`,
        'set role owner',
        'set session_replication_role = replica',
      ])
        expect({ statement, told: await tried(statement) }).toEqual({ statement, told: '42501' })
      expect(await tried('select * from event')).toBe('done')
    })

    const added = Object.entries(PRIVILEGES).filter(
      ([, may]) => may.update.length === 0 && may.delete === false,
    )
    test.each(added.map(([table]) => table))('%s is never changed, emptied or taken away', async (table) => {
      const [column] = (await superuser.transaction((tx) =>
        tx.query<{ column: string }>(
          `select attname as column from pg_attribute where attrelid = $1::regclass and attnum > 0`,
          [`${SCHEMA}.${table}`],
        ),
      ))!
      for (const statement of [
        `update ${table} set ${column!.column} = ${column!.column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        expect({ statement, told: await tried(statement) }).toEqual({ statement, told: '42501' })
    })

    test('of what changes, the rest does not', async () => {
      for (const statement of [
        `update case_file set family_id = family_id`,
        `update paper set content = content`,
        `update door set account_id = account_id`,
        `update log_entry set commitment = commitment`,
        `update signing_key set public_key = public_key`,
        'delete from case_file',
        'delete from paper',
        'delete from log_entry',
        'delete from door',
        'insert into migration select * from migration',
        'create table more (id int)',
        'create schema more',
      ])
        expect({ statement, told: await tried(statement) }).toEqual({ statement, told: '42501' })
    })

    test('what was given too much is taken back, and done again nothing changes', async () => {
      await sql(
        'grant all on all tables in schema utopia to office',
        'grant update (body) on utopia.event to office',
        'grant delete on utopia.event to public',
        'grant create on schema utopia to office, public',
      )
      expect(await tried(`delete from event where false`)).toBe('done')
      for (let times = 0; times < 2; times++) {
        await grantTo(at('owner'), 'office')
        const office = await openStore(at('office'))
        expect(await roleDifference(office)).toEqual({ mighty: false, beyond: [], missing: [] })
        await office.close()
      }
    })

    test('what was never given is said to be missing', async () => {
      await sql('revoke delete on utopia.draft from office', 'revoke insert on utopia.event from office')
      const office = await openStore(at('office'))
      expect(await roleDifference(office)).toEqual({
        mighty: false,
        beyond: [],
        missing: ['event insert', 'draft delete'],
      })
      await office.close()
      await grantTo(at('owner'), 'office')
    })

    test.each([
      ['a superuser', 'create role them login superuser'],
      ['who may make roles', 'create role them login createrole'],
      ['the owner', 'create role them login; alter schema utopia owner to them'],
      ['a member of the owner', 'create role them login noinherit; grant owner to them'],
      ['who writes all tables', 'create role them login; grant pg_write_all_data to them'],
      [
        'who can act as one that writes',
        'create role them login noinherit; create role writer; grant delete on utopia.event to writer; grant writer to them',
      ],
      ['who runs programs as the server', 'create role them login; grant pg_execute_server_program to them'],
    ])('%s is refused, and is given nothing', async (_, made) => {
      await sql(...made.split('; '))
      try {
        await expect(grantTo(at('postgres'), 'them')).rejects.toMatchObject({ code: 'store.role-mighty' })
        const given = await superuser.transaction((tx) =>
          tx.query(`select 1 from information_schema.role_table_grants where grantee = 'them'
            and table_schema = 'utopia' and privilege_type = 'INSERT' and table_name = 'event'`),
        )
        expect(given).toHaveLength(0)
      } finally {
        await sql(
          'alter schema utopia owner to owner',
          'drop owned by them',
          'drop role them',
          ...(made.includes('writer') ? ['drop owned by writer', 'drop role writer'] : []),
        )
      }
    })

    test('who is not the owner neither grants nor migrates, and a role that is not there is named', async () => {
      await expect(grantTo(at('owner'), 'nobody')).rejects.toMatchObject({ code: 'store.role-unknown' })
      await expect(grantTo(at('owner'), 'public')).rejects.toMatchObject({ code: 'store.role-unknown' })
      await expect(grantTo(at('owner'), 'a"b')).rejects.toThrow(RangeError)
      await sql('create role other login')
      await expect(grantTo(at('office'), 'office')).rejects.toMatchObject({ code: 'store.not-owner' })
      await expect(grantTo(at('office'), 'other')).rejects.toMatchObject({ code: 'store.not-owner' })
      await expect(migrate(at('office', 'new'))).rejects.toMatchObject({ code: 'store.not-owner' })
    })
  },
)
