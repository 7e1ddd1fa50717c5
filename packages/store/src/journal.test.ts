import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testStore } from '../../../test/stores.ts'
import { append, canonicalBody, type EventBody, hashOf, readStream } from './journal.ts'
import type { SqlValue, Store } from './store.ts'
import { verifyJournal, verifyStream } from './verify-journal.ts'

const AT = new Date('2026-11-23T10:00:00.123Z')
const event = (stream: string, body: EventBody = { code: 'paper.released' }) => ({
  stream,
  kind: 'paper.released',
  at: AT,
  body,
})

/** A store with a stream of five events, and another beside it. */
async function journal(): Promise<Store> {
  const store = await testStore()
  await store.transaction((tx) =>
    append(tx, [...[0, 1, 2, 3, 4].map((n) => event('a', { n })), event('b'), event('b')]),
  )
  return store
}

async function change(store: Store, sql: string, values: readonly SqlValue[] = []): Promise<void> {
  await store.transaction((tx) => tx.query(sql, values))
}

const breaksOf = (store: Store) => store.transaction((tx) => verifyStream(tx, 'a'))

test('what was appended is read back, one chain a stream, over several calls', async () => {
  const store = await testStore()
  const bodies: readonly EventBody[] = [
    {},
    { b: 1.5, a: 'ü "x" \u2028', c: null, d: true },
    { z: '', y: -1e21 },
  ]
  const written = [
    ...(await store.transaction((tx) =>
      append(tx, [event('a', bodies[0]), event('other'), event('a', bodies[1])]),
    )),
    ...(await store.transaction((tx) => append(tx, [event('a', bodies[2])]))),
  ].filter(({ stream }) => stream === 'a')
  const read = await store.transaction((tx) => readStream(tx, 'a'))
  expect(read).toEqual(written)
  expect(read.map(({ body }) => body)).toEqual(bodies)
  expect(read.map(({ seq }) => seq)).toEqual([0, 1, 2])
  expect(read[0]!.previous).toEqual(new Uint8Array(32))
  expect(read[2]!.previous).toEqual(read[1]!.hash)
  expect(await verifyJournal(store)).toEqual([])
})

test('no event, and a stream that nobody wrote to, are nothing', async () => {
  const store = await testStore()
  expect(await store.transaction((tx) => append(tx, []))).toEqual([])
  expect(await store.transaction((tx) => readStream(tx, 'a'))).toEqual([])
})

test('a body has one notation, and what is no text, number, boolean or null has none', () => {
  expect(canonicalBody({ b: 'x', a: null, B: -0 })).toBe('{"B":0,"a":null,"b":"x"}')
  for (const value of [Number.NaN, Infinity, undefined, {}, [], 1n, AT])
    expect(() => canonicalBody({ value } as never)).toThrow(RangeError)
})

test('the hash is over every field, each behind its length', () => {
  const first = {
    stream: 'a',
    seq: 0,
    kind: 'k',
    at: AT.toISOString(),
    text: '{}',
    previous: new Uint8Array(32),
  }
  const others = [
    { ...first, stream: 'ak', kind: '' },
    { ...first, stream: 'b' },
    { ...first, seq: 1 },
    { ...first, kind: 'l' },
    { ...first, at: new Date(AT.getTime() + 1).toISOString() },
    { ...first, text: '{ }' },
    { ...first, previous: new Uint8Array(32).fill(1) },
  ]
  const hashes = [first, ...others].map((hashed) => Buffer.from(hashOf(hashed)).toString('hex'))
  expect(new Set(hashes).size).toBe(8)
  // Written down, so that a change of the encoding does not pass for the same.
  expect(hashes[0]).toBe('b2284c7fc2270b724d26e14bd1df1cadadb07664d1fcd00b6356acb4faff021b')
})

describe('a chain that was tampered with does not hold', () => {
  test.each<[what: string, sql: string]>([
    ['another body', `update event set body = '{"n":7}' where stream = 'a' and seq = 2`],
    ['another kind', `update event set kind = 'paper.void' where stream = 'a' and seq = 2`],
    ['another moment', `update event set at = at + interval '1 day' where stream = 'a' and seq = 2`],
    ['a moment 1 µs later', `update event set at = at + interval '1 us' where stream = 'a' and seq = 2`],
    ['no moment at all', `update event set at = 'infinity' where stream = 'a' and seq = 2`],
  ])('%s', async (_, sql) => {
    const store = await journal()
    await change(store, sql)
    expect(await breaksOf(store)).toEqual([{ stream: 'a', seq: 2, what: 'changed' }])
  })

  test('an event changed together with its hash is missed by the one after it', async () => {
    const store = await journal()
    const [, , third] = await store.transaction((tx) => readStream(tx, 'a'))
    const hash = hashOf({ ...third!, at: AT.toISOString(), text: '{"n":7}' })
    await change(store, `update event set body = '{"n":7}', hash = $1 where stream = 'a' and seq = 2`, [hash])
    expect(await breaksOf(store)).toEqual([{ stream: 'a', seq: 3, what: 'previous' }])
  })

  test('an event removed leaves a gap, and closing the gap does not help', async () => {
    const store = await journal()
    await change(store, `delete from event where stream = 'a' and seq = 2`)
    expect(await breaksOf(store)).toEqual([{ stream: 'a', seq: 2, what: 'missing' }])
    await change(store, `update event set seq = seq - 1 where stream = 'a' and seq = 3`)
    await change(store, `update event set seq = seq - 1 where stream = 'a' and seq = 4`)
    expect(await breaksOf(store)).toEqual([
      { stream: 'a', seq: 2, what: 'previous' },
      { stream: 'a', seq: 2, what: 'changed' },
      { stream: 'a', seq: 3, what: 'changed' },
    ])
  })

  test('an event put in between', async () => {
    const store = await journal()
    for (const seq of [4, 3, 2])
      await change(store, `update event set seq = seq + 1 where stream = 'a' and seq = $1`, [seq])
    const [, second] = await store.transaction((tx) => readStream(tx, 'a'))
    const planted = { stream: 'a', seq: 2, kind: 'paper.released', text: '{}', previous: second!.hash }
    const hash = hashOf({ ...planted, at: AT.toISOString() })
    const { text: body, ...columns } = planted
    await store.transaction((tx) => tx.insert('event', [{ ...columns, body, at: AT, hash }]))
    expect((await breaksOf(store))[0]).toEqual({ stream: 'a', seq: 3, what: 'previous' })
  })

  test('the first event removed', async () => {
    const store = await journal()
    await change(store, `delete from event where stream = 'a' and seq = 0`)
    expect(await breaksOf(store)).toEqual([{ stream: 'a', seq: 0, what: 'missing' }])
  })

  test('a body that is in another notation, or none, under a hash that fits', async () => {
    const store = await journal()
    const [...events] = await store.transaction((tx) => readStream(tx, 'a'))
    for (const text of ['{"n": 4}', '{', '[]', '{"n":{}}']) {
      const hash = hashOf({ ...events[4]!, at: AT.toISOString(), text })
      await change(store, `update event set body = $1, hash = $2 where stream = 'a' and seq = 4`, [
        text,
        hash,
      ])
      expect(await breaksOf(store)).toEqual([{ stream: 'a', seq: 4, what: 'body' }])
    }
  })
})

test('every stream is looked at, over more than a page', async () => {
  const store = await testStore()
  const streams = Array.from({ length: 1200 }, () => randomBytes(8).toString('hex')).sort()
  await store.transaction((tx) =>
    append(
      tx,
      [...streams, ...streams].map((stream) => event(stream)),
    ),
  )
  expect(await verifyJournal(store)).toEqual([])
  await change(store, `update event set kind = 'x' where stream = any($1) and seq = 1`, [
    [streams[3]!, streams[1100]!],
  ])
  const found = [...(await verifyJournal(store))].map(({ stream, seq, what }) => [stream, seq, what])
  expect(found.sort()).toEqual([
    [streams[3], 1, 'changed'],
    [streams[1100], 1, 'changed'],
  ])
})
