import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { havePostgresql, startPostgresql, type TestServer } from '../../../../test/postgresql.ts'
import { runCommand as run } from '../../../../test/run-command.ts'
import { openStore, roleDifference } from '../../../store/src/index.ts'
import { makeOffice, roleAdvice } from '../office/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'nansen-database-'))
const before = process.env.NANSEN_DATABASE
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  if (before === undefined) delete process.env.NANSEN_DATABASE
  else process.env.NANSEN_DATABASE = before
})

describe('nansen database', () => {
  test('says how it is used', async () => {
    expect((await run('database', '--help')).out).toContain('nansen database prepare --role NAME')
    expect(await run('database')).toMatchObject({ code: 64, out: '' })
  })

  test.each([
    [['prepare'], '--role NAME'],
    [['prepare', '--role', 'office'], '--schema NAME or --office DIR'],
    [['prepare', '--role', 'office', '--schema', 'a', '--office', 'b'], '--schema NAME or --office DIR'],
    [['prepare', '--role', 'Office; drop', '--schema', 'a'], '--role: a name in small letters'],
    [['prepare', '--role', 'office', '--schema', 'a"b'], '--schema: a name in small letters'],
    [['destroy', '--role', 'office', '--schema', 'a'], 'prepare'],
    [['prepare', '--role', 'office', '--schema', 'a'], 'put its address into NANSEN_DATABASE'],
  ])('%j is answered with what to type', async (arguments_, sentence) => {
    delete process.env.NANSEN_DATABASE
    const { code, error } = await run('database', ...arguments_)
    expect(code).toBe(64)
    expect(error).toContain(sentence)
  })

  test('an office on the embedded store has no roles', async () => {
    const office = join(folder, 'embedded')
    const keys = { kind: 'files' } as const
    await makeOffice(office, {
      version: 1,
      state: 'UTO',
      store: { kind: 'embedded' },
      keys,
      ecParameters: 'named',
    })
    const { code, error } = await run('database', 'prepare', '--role', 'office', '--office', office)
    expect(code).toBe(64)
    expect(error).toContain('has no roles')
  })
})

describe.skipIf(!havePostgresql)(
  `nansen database prepare${havePostgresql ? '' : ' (skipped: PostgreSQL is not installed)'}`,
  () => {
    let server: TestServer
    const urlOf = (role: string) => server.url.replace('postgres@', `${role}@`)
    const storeOf = (role: string, migrate = false) =>
      openStore({
        kind: 'postgresql',
        url: urlOf(role),
        schema: 'nansen_uto',
        random: () => new Uint8Array(2),
        migrate,
      })
    const prepare = (as: string, ...more: readonly string[]) => {
      process.env.NANSEN_DATABASE = urlOf(as)
      return run('database', 'prepare', '--schema', 'nansen_uto', '--role', 'nansen_office', ...more)
    }
    beforeAll(async () => {
      server = (await startPostgresql())!
      const superuser = await openStore({
        kind: 'postgresql',
        url: server.url,
        schema: 'elsewhere',
        random: () => new Uint8Array(2),
        migrate: true,
      })
      await superuser.transaction(async (tx) => {
        await tx.query('create role nansen_owner login')
        await tx.query('create schema nansen_uto authorization nansen_owner')
      })
      await superuser.transaction((tx) => tx.query('create role mighty login superuser'))
      await superuser.close()
    }, 120_000)
    afterAll(() => server?.stop())

    test('names a role that is not there, and one that could do more all the same', async () => {
      expect(await prepare('nansen_owner')).toMatchObject({
        code: 70,
        error: expect.stringContaining('[store.role-unknown]'),
      })
      process.env.NANSEN_DATABASE = urlOf('nansen_owner')
      expect(await run('database', 'prepare', '--schema', 'nansen_uto', '--role', 'mighty')).toMatchObject({
        code: 70,
        error: expect.stringContaining('[store.role-mighty]'),
      })
    })

    test('makes the tables and grants; again, with the office named, it changes nothing', async () => {
      const superuser = await storeOf('postgres')
      await superuser.transaction((tx) => tx.query('create role nansen_office login'))
      await superuser.close()
      const said = 'nansen_office may do in nansen_uto what an office does, and nothing else\n'
      expect(await prepare('nansen_owner')).toEqual({ code: 0, out: said, error: '' })
      const office = join(folder, 'office')
      const keys = { kind: 'files' } as const
      const store = { kind: 'postgresql', schema: 'nansen_uto' } as const
      await makeOffice(office, { version: 1, state: 'UTO', store, keys, ecParameters: 'named' })
      process.env.NANSEN_DATABASE = urlOf('nansen_owner')
      expect(await run('database', 'prepare', '--role', 'nansen_office', '--office', office)).toEqual({
        code: 0,
        out: said,
        error: '',
      })
    })

    test('the office opens its store as at its ceremony, may do what it needs, and is told nothing', async () => {
      const store = await storeOf('nansen_office', true)
      expect(await roleDifference(store)).toEqual({ mighty: false, beyond: [], missing: [] })
      expect(await roleAdvice(store)).toBeUndefined()
      await store.close()
    })

    test('nansen check says so of a role that owns the tables, and of one that lacks something', async () => {
      const check = (as: string) => {
        process.env.NANSEN_DATABASE = urlOf(as)
        return run('check', '--office', join(folder, 'office'))
      }
      expect((await check('nansen_office')).error).toBe('')
      for (const role of ['nansen_owner', 'postgres'])
        expect((await check(role)).error).toMatch(/^The role of the database could change .*\n$/)
      const superuser = await storeOf('postgres')
      await superuser.transaction((tx) => tx.query('revoke insert on event from nansen_office'))
      await superuser.close()
      expect((await check('nansen_office')).error).toMatch(/^The role of the database lacks .*\n$/)
      await prepare('nansen_owner')
      expect((await check('nansen_office')).error).toBe('')
    })

    test('the office itself neither prepares nor migrates', async () => {
      const itself = await prepare('nansen_office')
      expect(itself).toMatchObject({ code: 70, out: '', error: expect.stringContaining('[store.not-owner]') })
      process.env.NANSEN_DATABASE = urlOf('nansen_office')
      const other = await run('database', 'prepare', '--schema', 'nansen_qrr', '--role', 'nansen_owner')
      expect(other).toMatchObject({ code: 70, error: expect.stringContaining('[store.not-owner]') })
    })
  },
)
