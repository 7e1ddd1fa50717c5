import { expect, test } from 'vitest'
import { testStore } from '../../../test/stores.ts'
import { append, readStream } from './index.ts'

test('x', async () => {
  const store = await testStore()
  const at = new Date(1_700_000_000_123)
  const a = await store.transaction((tx) =>
    append(tx, [
      { stream: 'a', kind: 'k', at, body: { b: 1, a: 'x' } },
      { stream: 'a', kind: 'k', at, body: {} },
    ]),
  )
  const b = await store.transaction((tx) =>
    append(tx, [{ stream: 'a', kind: 'k', at, body: { b: 1, a: 'x' } }]),
  )
  expect(await store.transaction((tx) => readStream(tx, 'a'))).toEqual([...a, ...b])
})
