import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { testStore } from '../../../test/stores.ts'
import { isUniqueViolation, SqlError } from './sql-error.ts'
import type { Store, Tx } from './store.ts'

/** A store with a table of one column. */
async function withTable(): Promise<Store> {
  const store = await testStore()
  await store.transaction((tx) => tx.query('create table thing (name text primary key, size integer)'))
  return store
}

const names = (tx: Tx) =>
  tx
    .query<{ name: string }>('select name from thing order by name')
    .then((rows) => rows.map(({ name }) => name))

test('what a transaction wrote is there after it, and its value is given back', async () => {
  const store = await withTable()
  const value = await store.transaction(async (tx) => {
    await tx.insert('thing', [
      { name: 'a', size: 1 },
      { name: 'b', size: null },
    ])
    return names(tx)
  })
  expect(value).toEqual(['a', 'b'])
  expect(await store.transaction(names)).toEqual(['a', 'b'])
})

test('what raises leaves nothing behind', async () => {
  const store = await withTable()
  const failing = store.transaction(async (tx) => {
    await tx.insert('thing', [{ name: 'a', size: 1 }])
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await store.transaction(names)).toEqual([])
})

test('a statement that failed fails the transaction, even where its error was swallowed', async () => {
  const store = await withTable()
  const work = store.transaction(async (tx) => {
    await tx.insert('thing', [{ name: 'a', size: 1 }])
    await tx.insert('thing', [{ name: 'a', size: 2 }]).catch(() => undefined)
    return 'done'
  })
  await expect(work).rejects.toSatisfy((error) => isUniqueViolation(error, 'thing_pkey'))
  expect(await store.transaction(names)).toEqual([])
})

test('a row that is there already is told from other errors', async () => {
  const store = await withTable()
  const insert = () => store.transaction((tx) => tx.insert('thing', [{ name: 'a', size: 1 }]))
  await insert()
  const error = await insert().catch((caught: unknown) => caught)
  expect(isUniqueViolation(error)).toBe(true)
  expect(isUniqueViolation(error, 'thing_pkey')).toBe(true)
  expect(isUniqueViolation(error, 'other')).toBe(false)
  expect(isUniqueViolation(new Error('23505'))).toBe(false)
})

test.each([
  ['a key twice', `insert into thing values ('Eriksson', 1), ('Eriksson', 2)`],
  ['a text that is no number', `select 'Eriksson'::integer`],
  ['a row that a check refuses', `insert into event values ('Eriksson', -1, '', now(), '', '', '')`],
  ['a column that must not be empty', `insert into event (stream) values ('Eriksson')`],
])('no error shows a value of a row: %s', async (_, sql) => {
  const store = await withTable()
  const error = await store.transaction((tx) => tx.query(sql)).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(SqlError)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('Eriksson')
})

test('a mistake in the SQL says what it is', async () => {
  const store = await withTable()
  const work = store.transaction((tx) => tx.query('select colour from thing'))
  await expect(work).rejects.toThrow('42703: column "colour" does not exist')
})

test('a transaction inside a transaction is refused, and beside one it is not', async () => {
  const store = await withTable()
  const nested = store.transaction(async (tx) => {
    await tx.insert('thing', [{ name: 'a', size: 1 }])
    await store.transaction(names)
  })
  await expect(nested).rejects.toMatchObject({ code: 'store.nested' })
  const beside = await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      store.transaction(async (tx) => {
        await tx.insert('thing', [{ name, size: 1 }])
        return name
      }),
    ),
  )
  expect(beside).toEqual(['a', 'b', 'c'])
})

test('what was begun inside a transaction may use the store after it', async () => {
  const store = await withTable()
  let goOn = () => {}
  const later = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const { after } = await store.transaction(async () => ({
    after: later.then(() => store.transaction(names)),
  }))
  goOn()
  expect(await after).toEqual([])
})

test('nothing is sent after the end, and what was sent at once runs one after another', async () => {
  const store = await withTable()
  const tx = await store.transaction(async (inside) => {
    await Promise.all(['c', 'a', 'b'].map((name) => inside.insert('thing', [{ name, size: 1 }])))
    return [inside]
  })
  await expect(tx[0]!.query('select 1')).rejects.toThrow('after the end')
  expect(await store.transaction(names)).toEqual(['a', 'b', 'c'])
})

test('an unfinished statement is waited for before the commit', async () => {
  const store = await withTable()
  await store.transaction(async (tx) => {
    void tx.insert('thing', [{ name: 'a', size: 1 }])
  })
  expect(await store.transaction(names)).toEqual(['a'])
})

test('an unfinished statement that fails later fails the transaction', async () => {
  const store = await withTable()
  const work = store.transaction(async (tx) => {
    await tx.insert('thing', [{ name: 'a', size: 1 }])
    void tx.insert('thing', [{ name: 'a', size: 2 }]).catch(() => undefined)
  })
  await expect(work).rejects.toSatisfy((error) => isUniqueViolation(error, 'thing_pkey'))
  expect(await store.transaction(names)).toEqual([])
})

test('rows of different columns, and names that are none, are refused before anything is sent', async () => {
  const store = await withTable()
  for (const [table, rows] of [
    ['thing', [{ name: 'a' }, { size: 1 }]],
    ['thing', [{ name: 'a' }, { name: 'b', size: 1 }]],
    ['thing', [{ 'name"': 'a' }]],
    ['thing; drop table thing', [{ name: 'a' }]],
  ] as const)
    await expect(store.transaction((tx) => tx.insert(table, rows as never))).rejects.toThrow(RangeError)
  await store.transaction((tx) => tx.insert('thing', []))
  expect(await store.transaction(names)).toEqual([])
})

test('forty thousand values are inserted', async () => {
  const store = await withTable()
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ name: `n${i}`, size: i }))
  await store.transaction((tx) => tx.insert('thing', rows))
  const [sum] = await store.transaction((tx) =>
    tx.query('select count(*)::int4 as rows, sum(size) as size from thing'),
  )
  expect(sum).toEqual({ rows: 20_000, size: 199_990_000 })
})
