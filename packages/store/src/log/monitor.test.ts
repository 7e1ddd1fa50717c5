import { sign } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { happen, type LogPlace, logPlace, noteKey, ORIGIN } from '../../../../test/logs.ts'
import { testStore } from '../../../../test/stores.ts'
import type { Store } from '../store.ts'
import { sha256 } from './hash.ts'
import { type Checkpoint, encodeCheckpoint, type LogProblem, verifierKey, verifyLog } from './index.ts'
import { encodeNote } from './note.ts'

let place: LogPlace
let store: Store
let checkpoints: readonly Checkpoint[] = []
let folder = ''
let key: Uint8Array
let scratch = ''

beforeAll(async () => {
  place = await logPlace()
  store = await testStore()
  key = place.key.raw
  const log = await place.open(store)
  for (const count of [100, 500, 500, 40]) {
    await happen(store, log, count)
    await log.sequence()
  }
  checkpoints = await place.history(log)
  scratch = await mkdtemp(join(tmpdir(), 'nansen-monitor-'))
}, 60_000)
afterAll(async () => {
  await store.close()
  await place.remove()
  await rm(scratch, { recursive: true })
})
beforeEach(async () => {
  folder = join(scratch, 'log')
  await rm(folder, { recursive: true, force: true })
  await cp(place.folder, folder, { recursive: true })
})

const problems = async (previous?: Pick<Checkpoint, 'size' | 'root'>): Promise<readonly LogProblem[]> =>
  (await verifyLog(folder, key, ORIGIN, previous)).problems

async function turn(path: string, bit: number): Promise<void> {
  const bytes = await readFile(join(folder, path))
  bytes[bit >> 3]! ^= 1 << (bit & 7)
  await writeFile(join(folder, path), bytes)
}

async function publish(checkpoint: Checkpoint): Promise<void> {
  const text = encodeCheckpoint(checkpoint)
  const { id } = verifierKey(ORIGIN, key, 'ed25519')
  const value = new Uint8Array(sign(null, text, place.key.secret))
  const note = encodeNote({ text, signatures: [{ name: ORIGIN, id, value }] })
  await writeFile(join(folder, 'checkpoint'), note)
}

describe('a log that is whole', () => {
  test('has no problem, against every earlier checkpoint too', async () => {
    const report = await verifyLog(folder, key, ORIGIN)
    expect(report).toEqual({ checkpoint: checkpoints.at(-1), problems: [] })
    expect(report.checkpoint?.size).toBe(1140)
    for (const before of checkpoints) expect(await problems(before)).toEqual([])
  })

  test('has none when it is empty', async () => {
    const empty = await logPlace()
    const other = await testStore()
    await empty.open(other)
    expect(await verifyLog(empty.folder, empty.key.raw, ORIGIN)).toMatchObject({
      checkpoint: { size: 0 },
      problems: [],
    })
    await other.close()
    await empty.remove()
  })
})

describe('a turned bit', () => {
  test('in any file is reported as that file, wherever it is', async () => {
    const files = (await place.files()).filter((path) => path.startsWith('tile/'))
    expect(files).toContain('tile/entries/004.p/116')
    expect(files).toContain('tile/1/000.p/2')
    for (const path of files) {
      const octets = (await readFile(join(folder, path))).length
      for (const bit of [7, 8, octets * 4 + 3, octets * 8 - 1]) {
        await turn(path, bit)
        const found = await problems(checkpoints[2])
        expect(
          found.map((problem) => problem.path),
          `${path} ${bit}`,
        ).toEqual([path])
        await turn(path, bit)
      }
    }
    expect(await problems()).toEqual([])
  }, 120_000)

  test('in several files is reported for each of them', async () => {
    const turned = ['tile/0/001', 'tile/entries/003', 'tile/1/000.p/4', 'tile/0/004.p/116']
    for (const path of turned) await turn(path, 1234)
    const found = (await problems()).map(({ path }) => path)
    expect(found).toEqual(expect.arrayContaining(turned))
  })

  test('in the checkpoint is reported', async () => {
    const { length } = await readFile(join(folder, 'checkpoint'))
    for (let bit = 0; bit < length * 8; bit += 5) {
      await turn('checkpoint', bit)
      expect(await problems()).toEqual([{ code: 'checkpoint.wrong', path: 'checkpoint' }])
      await turn('checkpoint', bit)
    }
  })
})

describe('what is missing', () => {
  test.each([
    'tile/0/002',
    'tile/entries/001',
    'tile/1/000.p/4',
    'tile/0/004.p/116',
    'tile/entries/004.p/116',
  ])('%s', async (path) => {
    await rm(join(folder, path))
    expect(await problems(checkpoints[2])).toEqual([{ code: 'tile.missing', path }])
  })

  test('a bundle and its tile', async () => {
    await rm(join(folder, 'tile/entries/001'))
    await rm(join(folder, 'tile/0/001'))
    expect(await problems()).toEqual([
      { code: 'tile.missing', path: 'tile/0/001' },
      { code: 'tile.missing', path: 'tile/entries/001' },
    ])
  })

  test('a file cut short, or with octets more', async () => {
    for (const path of ['tile/0/002', 'tile/entries/001', 'tile/1/000.p/4']) {
      const bytes = await readFile(join(folder, path))
      for (const other of [
        bytes.subarray(0, -32),
        bytes.subarray(0, -1),
        Buffer.concat([bytes, bytes.subarray(0, 34)]),
      ]) {
        await writeFile(join(folder, path), other)
        expect(await problems()).toEqual([{ code: 'tile.missing', path }])
      }
      await writeFile(join(folder, path), bytes)
    }
  })

  test('the checkpoint, or the whole folder', async () => {
    await rm(join(folder, 'checkpoint'))
    expect(await problems()).toEqual([{ code: 'checkpoint.missing', path: 'checkpoint' }])
    expect(await verifyLog(join(folder, 'none'), key, ORIGIN)).toMatchObject({ checkpoint: undefined })
  })
})

describe('what the log itself has done', () => {
  test('signed with another key, or for another log', async () => {
    expect((await verifyLog(folder, noteKey().raw, ORIGIN)).problems).toMatchObject([
      { code: 'checkpoint.wrong' },
    ])
    expect((await verifyLog(folder, key, 'other.example')).problems).toMatchObject([
      { code: 'checkpoint.wrong' },
    ])
  })

  test('taken entries back', async () => {
    await publish(checkpoints[2]!)
    expect(await problems(checkpoints[2])).toEqual([])
    expect(await problems(checkpoints[3])).toEqual([{ code: 'checkpoint.shrunk', path: 'checkpoint' }])
  })

  test('made a second history, of the same size or another', async () => {
    for (const { size } of checkpoints.slice(1))
      expect(await problems({ size, root: sha256(new Uint8Array(3)) })).toEqual([
        { code: 'checkpoint.forked', path: 'checkpoint' },
      ])
  })

  test('signed another root than its files give', async () => {
    await publish({ ...checkpoints.at(-1)!, root: sha256(new Uint8Array(3)) })
    expect(await problems()).toEqual([{ code: 'checkpoint.root-differs', path: 'checkpoint' }])
  })
})
