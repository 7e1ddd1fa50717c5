import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backup, happen, type LogPlace, logPlace, noteKey, ORIGIN, restore } from '../../../../test/logs.ts'
import { testStore } from '../../../../test/stores.ts'
import type { Store } from '../store.ts'
import { GrowingTree } from './growing-tree.ts'
import {
  commitmentTo,
  type Log,
  type LogStep,
  leafHash,
  verifyConsistency,
  verifyInclusion,
  verifyLog,
} from './index.ts'

let place: LogPlace
let store: Store
beforeEach(async () => {
  place = await logPlace()
  store = await testStore()
}, 60_000)
afterEach(async () => {
  await store.close()
  await place.remove()
})

const problems = async () => (await verifyLog(place.folder, place.key.raw, ORIGIN)).problems
const code = (name: string) => expect.objectContaining({ code: name })

/** The checkpoints ever stored are beginnings of one another, by the tiles; no size has two roots. */
async function expectOneHistory(log: Log): Promise<void> {
  const history = await place.history(log)
  expect(history.length).toBeGreaterThan(0)
  for (const [i, now] of history.entries()) {
    const before = history[i - 1]
    if (before === undefined) continue
    expect(now.size).toBeGreaterThan(before.size)
    const proof = await log.consistencyProof(before.size, now.size)
    expect(verifyConsistency(before.size, before.root, now.size, now.root, proof)).toBe(true)
  }
  expect(await problems()).toEqual([])
}

describe('entries', () => {
  test('what happened is found in the log by whoever holds its salt, and by nobody else', async () => {
    const log = await place.open(store)
    const events = await happen(store, log, 5)
    expect(await log.inclusionProof(events[3]!.stream, 0)).toBeUndefined()
    await happen(store, log, 300)
    expect((await log.sequence())?.size).toBe(305)
    for (const { stream, seq, hash } of events) {
      const { index, salt, checkpoint, proof } = (await log.inclusionProof(stream, seq))!
      const leaf = leafHash(commitmentTo(hash, salt))
      expect(verifyInclusion(leaf, index, checkpoint.size, proof, checkpoint.root)).toBe(true)
      const guessed = leafHash(commitmentTo(hash, new Uint8Array(32)))
      expect(verifyInclusion(guessed, index, checkpoint.size, proof, checkpoint.root)).toBe(false)
    }
    expect(await log.inclusionProof('nobody', 0)).toBeUndefined()
    await expect(log.consistencyProof(1, 306)).rejects.toThrow(RangeError)
  })

  test('an entry is there with its event or not at all', async () => {
    const log = await place.open(store)
    const fails = store.transaction(async (tx) => {
      await log.enter(tx, [{ stream: 'no such event', seq: 0, hash: new Uint8Array(32) }])
    })
    await expect(fails).rejects.toThrow()
    expect(await log.sequence()).toBeUndefined()
  })

  test('the order in the log is that of the commitments, and says nothing of when they were made', async () => {
    const log = await place.open(store)
    await happen(store, log, 40)
    await log.sequence()
    const { log_entry: rows } = await backup(store)
    const byPlace = [...rows].sort((a, b) => Number(a.position) - Number(b.position))
    const hexes = byPlace.map(({ commitment }) => Buffer.from(commitment as Uint8Array).toString('hex'))
    expect(hexes).toEqual([...hexes].sort())
  })

  test('no salt is used twice', async () => {
    const log = await place.open(store)
    await happen(store, log, 200)
    const { log_entry: rows } = await backup(store)
    expect(new Set(rows.map(({ salt }) => Buffer.from(salt as Uint8Array).toString('hex'))).size).toBe(200)
  })
})

describe('sequencing', () => {
  test('with nothing waiting it does nothing: no signature, no file', async () => {
    const log = await place.open(store)
    const [signed, files] = [place.signed.length, await place.files()]
    expect(await log.sequence()).toBeUndefined()
    expect(log.checkpoint.size).toBe(0)
    expect(place.signed).toHaveLength(signed)
    expect(await place.files()).toEqual(files)
  })

  test('step by step over the edges of tiles, the history is one chain and the files give the signed root', async () => {
    const log = await place.open(store)
    for (const count of [1, 1, 253, 1, 1, 300, 211]) {
      await happen(store, log, count)
      await log.sequence()
    }
    expect(log.checkpoint.size).toBe(768)
    expect((await place.history(log)).map(({ size }) => size)).toEqual([0, 1, 2, 255, 256, 257, 557, 768])
    await expectOneHistory(log)
    expect(await place.files()).toEqual([
      'checkpoint',
      'tile/0/000',
      'tile/0/001',
      'tile/0/002',
      'tile/1/000.p/1',
      'tile/1/000.p/2',
      'tile/1/000.p/3',
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002',
    ])
    expect(Uint8Array.from(await place.read('checkpoint'))).toEqual(log.note)
  })

  test('it takes at most as many at once as it is told, and goes on when asked again', async () => {
    const log = await place.open(store, { most: 100 })
    await happen(store, log, 250)
    const sizes: (number | undefined)[] = []
    for (let i = 0; i < 4; i++) sizes.push((await log.sequence())?.size)
    expect(sizes).toEqual([100, 200, 250, undefined])
    await expectOneHistory(log)
  })

  test('calls at the same time run one after another', async () => {
    const log = await place.open(store, { most: 10 })
    await happen(store, log, 30)
    const all = await Promise.all([log.sequence(), log.sequence(), log.sequence(), log.sequence()])
    expect(all.map((checkpoint) => checkpoint?.size)).toEqual([10, 20, 30, undefined])
  })

  test('a wrong signature is not published, and the next right one goes on', async () => {
    let wrong = false
    const { signCheckpoint } = place.options(store)
    const log = await place.open(store, {
      signCheckpoint: async (text) => {
        const signature = Uint8Array.from(await signCheckpoint(text))
        if (wrong) signature[9]! ^= 4
        return signature
      },
    })
    await happen(store, log, 3)
    wrong = true
    await expect(log.sequence()).rejects.toThrow(code('log.checkpoint-wrong'))
    expect(await place.history(log)).toHaveLength(1)
    wrong = false
    expect((await log.sequence())?.size).toBe(3)
    await expectOneHistory(log)
  })

  test('a key service that is down leaves the log as it was, and nothing is lost', async () => {
    let down = true
    const { signCheckpoint } = place.options(store)
    await place.open(store)
    const log = await place.open(store, {
      signCheckpoint: (text) => (down ? Promise.reject(new Error('down')) : signCheckpoint(text)),
    })
    await happen(store, log, 3)
    await expect(log.sequence()).rejects.toThrow('down')
    expect(log.checkpoint.size).toBe(0)
    await happen(store, log, 3)
    down = false
    expect((await log.sequence())?.size).toBe(3)
    expect((await log.sequence())?.size).toBe(6)
    await expectOneHistory(log)
  })

  test('a folder that cannot be written is an outage with a code, and nothing is lost', async () => {
    const log = await place.open(store)
    await happen(store, log, 3)
    // A file where a folder must be stops root too.
    await rm(join(place.folder, 'tile'), { recursive: true, force: true })
    await writeFile(join(place.folder, 'tile'), '')
    await expect(log.sequence()).rejects.toMatchObject({ code: 'log.out-of-reach' })
    await expect(place.open(store)).rejects.toMatchObject({ code: 'log.out-of-reach' })
    await rm(join(place.folder, 'tile'))
    expect((await log.sequence())?.size).toBe(3)
    await expectOneHistory(log)
  })

  test('a tile on the disk that goes wrong meanwhile is found before anything is signed', async () => {
    const log = await place.open(store)
    await happen(store, log, 300)
    await log.sequence()
    const signed = place.signed.length
    const path = join(place.folder, 'tile/1/000.p/1')
    const tile = await readFile(path)
    tile[0]! ^= 1
    await writeFile(path, tile)
    await happen(store, log, 5)
    await expect(log.sequence()).rejects.toThrow(code('log.tile-differs'))
    expect(place.signed).toHaveLength(signed)
  })
})

describe('a crash at each step', () => {
  const steps: readonly LogStep[] = [
    'log.positions',
    'log.tiles',
    'log.signed',
    'log.checkpointed',
    'log.published',
  ]

  test.each(steps)('after %s, opened again: the same tree, and one history', async (last) => {
    let at: LogStep | undefined
    const step = (name: LogStep) => {
      if (name === at) throw new Error('crash')
    }
    const before = await place.open(store, { step })
    await happen(store, before, 250)
    await before.sequence()
    await happen(store, before, 20)
    at = last
    await expect(before.sequence()).rejects.toThrow('crash')
    const placed = (await backup(store)).log_head

    const log = await place.open(store)
    expect(log.checkpoint).toMatchObject({ size: placed[0]!.size, root: placed[0]!.root })
    expect(log.checkpoint.size).toBe(270)
    await expectOneHistory(log)
    expect(Uint8Array.from(await place.read('checkpoint'))).toEqual(log.note)
    expect(await log.sequence()).toBeUndefined()
    await happen(store, log, 10)
    expect((await log.sequence())?.size).toBe(280)
    await expectOneHistory(log)
  })

  test.each(steps)('after %s, asked again without opening: the same', async (last) => {
    let at: LogStep | undefined
    const log = await place.open(store, {
      step: (name) => {
        if (name === at) throw new Error('crash')
      },
    })
    await happen(store, log, 20)
    at = last
    await expect(log.sequence()).rejects.toThrow('crash')
    at = undefined
    await log.sequence()
    expect(log.checkpoint.size).toBe(20)
    expect(Uint8Array.from(await place.read('checkpoint'))).toEqual(log.note)
    await expectOneHistory(log)
  })

  test('a commit of which nobody knows whether it was stored is found out', async () => {
    let lose = false
    const losing: Store = {
      ...store,
      transaction: async (work) => {
        const result = await store.transaction(work)
        if (lose && result instanceof GrowingTree) {
          lose = false
          throw new Error('store.commit-unknown')
        }
        return result
      },
    }
    const log = await place.open(losing)
    await happen(store, log, 20)
    await log.sequence()
    await happen(store, log, 20)
    lose = true
    await expect(log.sequence()).rejects.toThrow('store.commit-unknown')
    expect((await backup(store)).log_head[0]!.size).toBe(40)
    expect(log.checkpoint.size).toBe(20)
    await log.sequence()
    expect(log.checkpoint.size).toBe(40)
    await expectOneHistory(log)
  })
})

describe('a database that is not what was signed', () => {
  test("yesterday's is refused at opening, and by a log that is open", async () => {
    const log = await place.open(store)
    await happen(store, log, 10)
    await log.sequence()
    const yesterday = await backup(store)
    await happen(store, log, 10)
    await log.sequence()
    const older = await testStore()
    await restore(older, yesterday)
    await expect(place.open(older)).rejects.toThrow(code('log.database-older'))
    // The same under a process that keeps running.
    let now = store
    const running = await place.open({ ...store, transaction: (work) => now.transaction(work) })
    now = older
    await expect(running.sequence()).rejects.toThrow(code('log.database-older'))
    await expect(place.open(await testStore())).rejects.toThrow(code('log.database-older'))
    expect((await place.history(log)).at(-1)?.size).toBe(20)
  })

  test("yesterday's, grown differently to the same size and beyond, is refused", async () => {
    const log = await place.open(store)
    await happen(store, log, 10)
    await log.sequence()
    const yesterday = await backup(store)
    const placeYesterday = await place.copy()
    await happen(store, log, 10)
    await log.sequence()
    for (const count of [10, 15]) {
      const other = await testStore()
      await restore(other, yesterday)
      const elsewhere = await placeYesterday.copy()
      const grown = await elsewhere.open(other)
      await happen(other, grown, count)
      await grown.sequence()
      const before = await place.files()
      await expect(place.open(other)).rejects.toThrow(code('log.forked'))
      expect(await place.files()).toEqual(before)
      await elsewhere.remove()
    }
    await placeYesterday.remove()
  })

  test.each([
    ['a removed entry', 'delete from log_entry where position = 4'],
    [
      'a changed commitment',
      "update log_entry set commitment = decode(repeat('07', 32), 'hex') where position = 4",
    ],
    ['an entry that lost its place', 'update log_entry set position = null where position = 9'],
    ['another root for the same size', "update log_head set root = decode(repeat('07', 32), 'hex')"],
  ])('%s is refused', async (_, sql) => {
    const log = await place.open(store)
    await happen(store, log, 10)
    await log.sequence()
    await store.transaction((tx) => tx.query(sql))
    await expect(place.open(store)).rejects.toThrow(code('log.forked'))
  })

  test('a head that is ahead with a root that its entries do not give is refused before it is signed', async () => {
    let crash = false
    const log = await place.open(store, {
      step: () => {
        if (crash) throw new Error('crash')
      },
    })
    await happen(store, log, 10)
    crash = true
    await expect(log.sequence()).rejects.toThrow('crash')
    await store.transaction((tx) => tx.query("update log_head set root = decode(repeat('07', 32), 'hex')"))
    await expect(place.open(store)).rejects.toThrow(code('log.forked'))
    expect(place.signed).toHaveLength(1)
  })

  test('without its checkpoints a log is not opened, whatever is said, unless nothing was ever signed', async () => {
    await expect(place.open(store, { create: false })).rejects.toThrow(code('log.checkpoint-missing'))
    const log = await place.open(store)
    expect((await place.open(store, { create: false })).checkpoint.size).toBe(0)
    await happen(store, log, 3)
    await log.sequence()
    await rm(join(place.root, 'checkpoints'), { recursive: true })
    await expect(place.open(store)).rejects.toThrow(code('log.checkpoint-missing'))
    await expect(place.open(store, { create: false })).rejects.toThrow(code('log.checkpoint-missing'))
    // An empty database beside a public folder that knows better.
    await expect(place.open(await testStore())).rejects.toThrow(code('log.checkpoint-missing'))
    expect(place.signed).toHaveLength(2)
  })

  test('checkpoints of another key are refused', async () => {
    await place.open(store)
    await expect(place.open(store, { verifierKey: noteKey().raw })).rejects.toThrow(
      code('log.checkpoint-wrong'),
    )
    await expect(place.open(store, { origin: 'other.example' })).rejects.toThrow(code('log.checkpoint-wrong'))
  })

  test('a public folder that was lost comes back from the database, octet for octet', async () => {
    const log = await place.open(store)
    await happen(store, log, 520)
    await log.sequence()
    const files = await place.files()
    const before = await Promise.all(files.map((path) => place.read(path)))
    await rm(place.folder, { recursive: true })
    await place.open(store)
    expect(await place.files()).toEqual(files)
    expect(await Promise.all(files.map((path) => place.read(path)))).toEqual(before)
    await rm(join(place.folder, 'tile/0/001'))
    await place.open(store)
    expect(await problems()).toEqual([])
  })
})

describe('two sequencers', () => {
  test('one after the other, each takes up where the other is', async () => {
    const [one, two] = [await place.open(store), await place.open(store)]
    for (const log of [one, two, two, one, two]) {
      await happen(store, log, 7)
      await log.sequence()
    }
    expect(two.checkpoint.size).toBe(35)
    await expectOneHistory(two)
  })

  test('at once: one loses the race or finds nothing to do, and no size is signed with two roots', async () => {
    const [one, two] = [await place.open(store, { most: 9 }), await place.open(store, { most: 9 })]
    await happen(store, one, 150)
    const outcomes = new Set<string>()
    while ((await waiting()) > 0) {
      const settled = await Promise.allSettled([one.sequence(), two.sequence()])
      for (const outcome of settled) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'log.lost-race' })
        outcomes.add(outcome.status)
      }
    }
    await one.sequence()
    expect(one.checkpoint.size).toBe(150)
    expect(outcomes).toContain('fulfilled')
    const roots = new Map<string, Set<string>>()
    for (const text of place.signed) {
      const [, size, root] = text.split('\n')
      roots.set(size!, (roots.get(size!) ?? new Set()).add(root!))
    }
    for (const [size, given] of roots) expect({ size, roots: given.size }).toEqual({ size, roots: 1 })
    await expectOneHistory(one)
  })

  test('what happens while they are at work gets into the log once, in full', async () => {
    const [one, two] = [await place.open(store), await place.open(store)]
    const issuing = Array.from({ length: 4 }, async (_, worker) => {
      for (let i = 0; i < 10; i++) await happen(store, one, 3, `${worker}/${i}`)
    })
    let isOver = false
    const sequencing = [one, two].map(async (log) => {
      while (!isOver)
        await log.sequence().catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'log.lost-race' })
        })
    })
    await Promise.all(issuing)
    isOver = true
    await Promise.all(sequencing)
    await one.sequence()
    expect(one.checkpoint.size).toBe(120)
    await expectOneHistory(one)
  })

  async function waiting(): Promise<number> {
    const [row] = await store.transaction((tx) =>
      tx.query<{ n: number }>('select count(*) as n from log_entry where position is null'),
    )
    return row!.n
  }
})
