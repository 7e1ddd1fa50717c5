import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCheckpointStore, type StoredCheckpoint } from './checkpoint-store.ts'

let folder = ''
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'nansen-checkpoints-')), 'deep', 'er')
})
afterEach(() => rm(join(folder, '../..'), { recursive: true }))

const open = () => openCheckpointStore(folder, (octets) => randomBytes(octets))
const note = (text: string) => new TextEncoder().encode(text)

test('an empty store has no newest checkpoint', async () => {
  expect(await open().latest()).toBeUndefined()
  expect(await open().history()).toEqual([])
})

test('each checkpoint comes after the one before, and another process sees it', async () => {
  const first = await open().advance(undefined, note('one'))
  const second = await open().advance(first, note('two'))
  expect(second).toEqual({ number: 2, note: note('two') })
  expect(await open().latest()).toEqual(second)
  expect(await open().history()).toEqual([first, second])
})

test('of two that come after the same one, the second is refused and changes nothing', async () => {
  const first = await open().advance(undefined, note('one'))
  await open().advance(first, note('two'))
  await expect(open().advance(first, note('other'))).rejects.toMatchObject({ code: 'log.lost-race' })
  await expect(open().advance(undefined, note('other'))).rejects.toMatchObject({ code: 'log.lost-race' })
  expect((await open().latest())?.note).toEqual(note('two'))
})

test('of twenty at once, one wins', async () => {
  const first = await open().advance(undefined, note('one'))
  const tries = Array.from({ length: 20 }, (_, i) => open().advance(first, note(`try ${i}`)))
  const done = await Promise.allSettled(tries)
  const won = done.filter((one) => one.status === 'fulfilled')
  expect(won).toHaveLength(1)
  for (const one of done)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'log.lost-race' })
  expect(await open().latest()).toEqual(won[0]!.value)
  expect((await readdir(folder)).sort()).toEqual(['.new', '000000000001', '000000000002'])
  expect(await readdir(join(folder, '.new'))).toEqual([])
})

test('the last thousand are kept, and who is so far behind that the number is free again is refused', async () => {
  const store = open()
  let newest: StoredCheckpoint | undefined
  const early: StoredCheckpoint[] = []
  for (let i = 1; i <= 1005; i++) {
    newest = await store.advance(newest, note(`checkpoint ${i}`))
    if (i <= 3) early.push(newest)
  }
  const history = await store.history()
  expect(history.map(({ number }) => number)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 6))
  await expect(store.advance(early[1], note('stale'))).rejects.toMatchObject({ code: 'log.lost-race' })
  expect(await store.latest()).toEqual(newest)
  expect(await store.history()).toEqual(history)
})

test('files that are no checkpoints are passed over', async () => {
  const first = await open().advance(undefined, note('one'))
  for (const name of ['README', '9', '000000000002.bak', '00000000000x'])
    await writeFile(join(folder, name), 'x')
  expect(await open().latest()).toEqual(first)
})
