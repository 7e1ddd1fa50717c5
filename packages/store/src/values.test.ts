import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testStore } from '../../../test/stores.ts'
import type { SqlValue } from './store.ts'
import { encodeValue } from './values.ts'

const octets = fc.uint8Array({ maxLength: 40 })
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\0'))
const date = fc.date({ min: new Date('0001-01-01Z'), max: new Date('9999-12-31Z'), noInvalidDate: true })
const safe = fc.maxSafeInteger()
const float = fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, -Infinity))
const elements = <T>(one: fc.Arbitrary<T>) => fc.array(fc.option(one), { maxLength: 6 })

const store = await testStore()
const back = async (type: string, value: SqlValue) => {
  const [row] = await store.transaction((tx) => tx.query(`select $1::${type} as value`, [value]))
  return row!.value
}

describe('every kind of value comes back as it went', () => {
  test.each<[type: string, one: fc.Arbitrary<SqlValue>]>([
    ['bytea', octets],
    ['text', text],
    ['boolean', fc.boolean()],
    ['int2', fc.integer({ min: -32_768, max: 32_767 })],
    ['int4', fc.integer()],
    ['int8', safe],
    ['float8', float],
    ['timestamptz', date],
  ])('%s, and arrays of it', async (type, one) => {
    const all = fc.sample(one, { numRuns: 60, seed: 7 })
    for (const value of all) expect(await back(type, value)).toEqual(value)
    for (const value of fc.sample(elements(one), { numRuns: 40, seed: 8 }))
      expect(await back(`${type}[]`, value)).toEqual(value)
    expect(await back(type, null)).toBe(null)
    expect(await back(`${type}[]`, [])).toEqual([])
  })

  test.each<SqlValue>(['NULL', '', ' ', '{}', '"', '\\', 'a,b', '\u{1F6C2}', 'é\n'])(
    'the text %j inside an array',
    async (value) => {
      expect(await back('text[]', [value, null, [value]].slice(0, 2))).toEqual([value, null])
      expect(await back('text[]', [[value], [value]])).toEqual([[value], [value]])
    },
  )

  test('a large integer given as bigint comes back as a number', async () => {
    expect(await back('int8', 9_007_199_254_740_991n)).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('octets are Uint8Array and share no memory with anything', async () => {
    const value = (await back('bytea', new Uint8Array([1, 2]))) as Uint8Array
    expect(value.constructor).toBe(Uint8Array)
    expect(value.buffer.byteLength).toBe(2)
  })

  test('a view on part of a buffer is sent as that part', async () => {
    expect(await back('bytea', new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toEqual(new Uint8Array([2, 3]))
  })

  test('types that are not ours come back as their text', async () => {
    const [row] = await store.transaction((tx) =>
      tx.query(`select date '2026-11-23' as a, '{"b":1}'::jsonb as b, array[1.50] as c, uuid_nil as d
        from (select '00000000-0000-0000-0000-000000000000'::uuid as uuid_nil) as nil`),
    )
    expect(row).toEqual({
      a: '2026-11-23',
      b: '{"b": 1}',
      c: '{1.50}',
      d: '00000000-0000-0000-0000-000000000000',
    })
  })

  test('a moment finer than a millisecond loses only that', async () => {
    const [row] = await store.transaction((tx) =>
      tx.query(
        `select timestamptz '2026-11-23 10:00:00.1239+02' as a, timestamptz '2026-11-23 10:00:00.1+00' as b`,
      ),
    )
    expect(row).toEqual({ a: new Date('2026-11-23T08:00:00.123Z'), b: new Date('2026-11-23T10:00:00.100Z') })
  })
})

test('octets are looked up in a list of octets', async () => {
  await store.transaction(async (tx) => {
    await tx.insert(
      'key_register',
      [1, 2, 3].map((n) => ({ fingerprint: new Uint8Array([n, 0x22, 0x5c]), owner: `o${n}` })),
    )
    const asked = [new Uint8Array([1, 0x22, 0x5c]), new Uint8Array([3, 0x22, 0x5c]), new Uint8Array([9])]
    const found = await tx.query(
      'select owner from key_register where fingerprint = any($1) order by owner',
      [asked],
    )
    expect(found).toEqual([{ owner: 'o1' }, { owner: 'o3' }])
  })
})

describe('what would not come back as it went is refused', () => {
  test.each<[string, SqlValue]>([
    ['a NUL in text', 'a\0b'],
    ['half a surrogate pair', 'a\ud800b'],
    ['half a surrogate pair in an array', ['a\udc00']],
    ['no moment', new Date(Number.NaN)],
    ['a moment before our era', new Date('-000001-01-01Z')],
    ['a moment with five digits of years', new Date('+010000-01-01Z')],
    ['undefined', undefined as never],
    ['an object', {} as never],
    ['an undefined in an array', [undefined] as never],
  ])('%s', async (_, value) => {
    expect(() => encodeValue(value)).toThrow(/^(text|moment|no SQL value)/)
    await expect(back('text', value)).rejects.toThrow(/^(text|moment|no SQL value)/)
  })

  test.each([
    ['an int8 beyond what a number holds', `select 9007199254740993 as value`],
    ['one of them in an array', `select array[-9007199254740993] as value`],
    ['an endless moment', `select timestamptz 'infinity' as value`],
    ['a moment before our era, stored', `select timestamptz '0044-03-15 00:00:00+00 BC' as value`],
  ])('%s', async (_, sql) => {
    await expect(store.transaction((tx) => tx.query(sql))).rejects.toThrow(RangeError)
    expect(await back('int4', 1)).toBe(1)
  })
})
