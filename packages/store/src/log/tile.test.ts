import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootFromTiles } from './check-tiles.ts'
import { DurableFolder } from './durable.ts'
import { GrowingTree } from './growing-tree.ts'
import { leafHash, rootOf } from './hash.ts'
import { inclusionProof, treeRoot, verifyInclusion } from './proof.ts'
import { encodeBundle, encodeTile, parseBundle, parseTile, tilePath, tilesBetween } from './tile.ts'
import { nodesOf, readTile, removePartial, writeTiles } from './tile-folder.ts'

let folder = ''
let files: DurableFolder
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nansen-tiles-'))
  files = new DurableFolder(folder, (octets) => randomBytes(octets))
})
afterAll(() => rm(folder, { recursive: true }))

const leaves = Array.from({ length: 600 }, () => Uint8Array.from(randomBytes(32)))
const rootAt = (size: number) => rootOf(leaves.slice(0, size).map(leafHash))

function treeOf(size: number): GrowingTree {
  const tree = new GrowingTree()
  for (const leaf of leaves.slice(0, size)) tree.append(leaf)
  return tree
}

describe('where tiles stand', () => {
  test.each([
    [0, 0, 256, 'tile/0/000'],
    [0, 999, 256, 'tile/0/999'],
    [0, 1000, 256, 'tile/0/x001/000'],
    [2, 1234067, 256, 'tile/2/x001/x234/067'],
    [1, 7, 17, 'tile/1/007.p/17'],
    ['entries', 273, 112, 'tile/entries/273.p/112'],
  ] as const)('level %s, index %i, width %i', (level, index, width, path) => {
    expect(tilePath({ level, index, width })).toBe(path)
  })

  test('a tree of 70,000 leaves has the tiles that the specification counts', () => {
    const tiles = [...tilesBetween(0, 70_000)]
    const at = (level: number | 'entries') => tiles.filter((tile) => tile.level === level)
    expect(at(0).filter(({ width }) => width === 256)).toHaveLength(273)
    expect(at(0).at(-1)).toEqual({ level: 0, index: 273, width: 112 })
    expect(at('entries').at(-1)).toEqual({ level: 'entries', index: 273, width: 112 })
    expect(at(1)).toEqual([
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
    ])
    expect(at(2)).toEqual([{ level: 2, index: 0, width: 1 }])
    expect(at(3)).toEqual([])
  })

  test('a tree of 256 has a whole tile and a partial one of width 1 above it, and no empty one', () => {
    expect([...tilesBetween(0, 256)]).toEqual([
      { level: 'entries', index: 0, width: 256 },
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ])
    expect([...tilesBetween(256, 256)]).toEqual([])
  })
})

test('bundles and tiles read back as written, and nothing else is read', () => {
  const entries = [new Uint8Array(0), Uint8Array.of(1), new Uint8Array(300).fill(7)]
  expect(parseBundle(encodeBundle(entries))).toEqual(entries)
  expect(encodeBundle(entries).subarray(0, 5)).toEqual(Uint8Array.of(0, 0, 0, 1, 1))
  expect(parseTile(encodeTile(leaves.slice(0, 3)))).toEqual(leaves.slice(0, 3))
  for (const bad of [[], [0], [0, 2, 1], [0, 1, 9, 0]])
    expect(parseBundle(Uint8Array.from(bad))).toBeUndefined()
  expect(parseBundle(new Uint8Array(2 * 257))).toBeUndefined()
  for (const length of [0, 31, 33, 257 * 32]) expect(parseTile(new Uint8Array(length))).toBeUndefined()
})

describe('a folder of tiles', () => {
  test('grown in steps, it gives every root and proof, and what was read from the disk agrees', async () => {
    let tree = new GrowingTree()
    for (const size of [1, 2, 255, 256, 257, 511, 600]) {
      const next = new GrowingTree(tree)
      for (const leaf of leaves.slice(tree.size, size)) next.append(leaf)
      const whole = next.takeWhole()
      await writeTiles(files, [...whole, ...next.partial(tree.size)])
      expect(next.root()).toEqual(rootAt(size))
      expect(await rootFromTiles(folder, tree.size, size)).toEqual(rootAt(size))
      tree = next
    }
    for (const size of [1, 255, 256, 300, 600])
      expect(await treeRoot(nodesOf(folder, size), size)).toEqual(rootAt(size))
    const proof = await inclusionProof(nodesOf(folder, 600), 511, 600)
    expect(verifyInclusion(leafHash(leaves[511]!), 511, 600, proof, rootAt(600))).toBe(true)
    expect(await readdir(join(folder, '.new'))).toEqual([])
  })

  test('a partial tile gives way to the whole one, which serves in its place', async () => {
    expect(await readdir(join(folder, 'tile/0'))).toContain('000.p')
    await removePartial(folder, [{ level: 0, index: 0, width: 256, content: [] }])
    expect(await readdir(join(folder, 'tile/0'))).not.toContain('000.p')
    expect(await readTile(folder, { level: 0, index: 0, width: 255 })).toEqual(
      leaves.slice(0, 255).map(leafHash),
    )
  })

  test('a whole tile is never overwritten with other bytes; with the same it is left', async () => {
    const path = join(folder, 'tile/0/000')
    const whole = treeOf(256).takeWhole()
    await writeTiles(files, whole)
    const changed = whole.map((tile) => ({ ...tile, content: [...tile.content].reverse() }))
    const before = await readFile(path)
    await expect(writeTiles(files, changed)).rejects.toMatchObject({ code: 'log.tile-differs' })
    expect(await readFile(path)).toEqual(before)
  })

  test('every turned bit in a tile that a checkpoint touches is found before it is signed', async () => {
    for (const { path, bits } of [
      { path: 'tile/0/001', bits: 256 * 256 },
      { path: 'tile/0/002.p/88', bits: 88 * 256 },
      { path: 'tile/1/000.p/2', bits: 2 * 256 },
      { path: 'tile/entries/001', bits: 256 * 34 * 8 },
    ])
      for (let bit = 3; bit < bits; bit += Math.ceil(bits / 40)) {
        const whole = await readFile(join(folder, path))
        const turned = Uint8Array.from(whole)
        turned[bit >> 3]! ^= 1 << (bit & 7)
        await writeFile(join(folder, path), turned)
        const root = await rootFromTiles(folder, 300, 600).catch(({ code }: { code: string }) => code)
        expect(root).not.toEqual(rootAt(600))
        await writeFile(join(folder, path), whole)
      }
    expect(await rootFromTiles(folder, 300, 600)).toEqual(rootAt(600))
  })

  test('a missing tile, and one of another width, are refused', async () => {
    expect(await readTile(folder, { level: 0, index: 9, width: 3 })).toBeUndefined()
    await writeFile(join(folder, 'tile/1/000.p/2'), new Uint8Array(32))
    expect(await readTile(folder, { level: 1, index: 0, width: 2 })).toBeUndefined()
    await expect(treeRoot(nodesOf(folder, 600), 600)).rejects.toMatchObject({ code: 'log.tile-differs' })
  })
})

test('what a crash left unfinished can be swept away', async () => {
  await writeFile(join(folder, '.new/left'), 'half')
  await files.sweep()
  expect(await readdir(join(folder, '.new'))).toEqual([])
})
