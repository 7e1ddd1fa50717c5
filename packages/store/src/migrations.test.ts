import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { emptyStore } from '../../../test/stores.ts'
import { applyMigrations, checkMigrations, type Migration, migrationsOf } from './migrations.ts'
import type { OpenStore } from './open-unchecked.ts'

function step(number: number, sql: string, name = `step-${number}`): Migration {
  return { number, name, sql, digest: new Uint8Array(createHash('sha256').update(sql).digest()) }
}

const STEPS = [
  step(1, 'create table one (id integer); create table other (id integer)'),
  step(2, 'alter table one add column more text'),
  step(3, `insert into one values (1, 'x')`),
]

const rowsOf = (store: OpenStore, table: string) =>
  store.transaction((tx) => tx.query(`select * from ${table}`))
const numbersOf = (migrations: readonly Migration[]) => migrations.map(({ number }) => number)

test('the steps of this version are numbered without a gap, and each is applied once', async () => {
  const { store, schema } = await emptyStore()
  const known = migrationsOf()
  expect(known.map(({ number }) => number)).toEqual(known.map((_, i) => i + 1))
  expect(await applyMigrations(store, schema)).toEqual(known)
  expect(await applyMigrations(store, schema)).toEqual([])
  await checkMigrations(store)
})

test('steps that came later are applied to what stands', async () => {
  const { store, schema } = await emptyStore()
  expect(numbersOf(await applyMigrations(store, schema, STEPS.slice(0, 1)))).toEqual([1])
  expect(numbersOf(await applyMigrations(store, schema, STEPS))).toEqual([2, 3])
  expect(await rowsOf(store, 'one')).toEqual([{ id: 1, more: 'x' }])
})

test('a store without a schema, or behind, is refused', async () => {
  const { store, schema } = await emptyStore()
  await expect(checkMigrations(store, STEPS)).rejects.toMatchObject({ code: 'store.migration-missing' })
  await applyMigrations(store, schema, STEPS.slice(0, 2))
  await expect(checkMigrations(store, STEPS)).rejects.toMatchObject({ code: 'store.migration-missing' })
})

test('a store that a later version migrated is refused, and left as it is', async () => {
  const { store, schema } = await emptyStore()
  await applyMigrations(store, schema, STEPS)
  const known = STEPS.slice(0, 2)
  for (const work of [checkMigrations(store, known), applyMigrations(store, schema, known)])
    await expect(work).rejects.toMatchObject({ code: 'store.migration-later' })
})

test.each([
  ['text', step(2, 'alter table one add column more text -- ')],
  ['name', step(2, STEPS[1]!.sql, 'renamed')],
])('a step whose %s was changed after it was applied is refused', async (_, changed) => {
  const { store, schema } = await emptyStore()
  await applyMigrations(store, schema, STEPS.slice(0, 2))
  const known = [STEPS[0]!, changed, STEPS[2]!]
  for (const work of [checkMigrations(store, known), applyMigrations(store, schema, known)])
    await expect(work).rejects.toMatchObject({ code: 'store.migration-changed' })
  await expect(rowsOf(store, 'one')).resolves.toEqual([])
})

test('a step that fails leaves nothing of itself, and those before it stand', async () => {
  const { store, schema } = await emptyStore()
  // The third fails on what looks like the work of another who was first, and is not.
  for (const sql of [
    'create table third (id int); create table one (id int)',
    'insert into migration values (9)',
  ])
    await expect(applyMigrations(store, schema, [...STEPS.slice(0, 2), step(3, sql)])).rejects.toMatchObject({
      name: 'SqlError',
    })
  await expect(rowsOf(store, 'third')).rejects.toMatchObject({ state: '42P01' })
  expect(numbersOf(await applyMigrations(store, schema, STEPS))).toEqual([3])
})

test('files are taken in order, and a gap or a strange name is an error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-migrations-'))
  const url = pathToFileURL(`${folder}/`)
  writeFileSync(join(folder, '0002-second.sql'), 'select 2')
  writeFileSync(join(folder, 'README.md'), '')
  expect(() => migrationsOf(url)).toThrow('without a gap')
  writeFileSync(join(folder, '0001-first.sql'), 'select 1')
  expect(migrationsOf(url).map(({ number, name, sql }) => [number, name, sql])).toEqual([
    [1, 'first', 'select 1'],
    [2, 'second', 'select 2'],
  ])
  writeFileSync(join(folder, '3-third.sql'), '')
  expect(() => migrationsOf(url)).toThrow('without a gap')
  rmSync(folder, { recursive: true })
})
