import { access, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StoreError } from '../errors.ts'
import { type DurableFolder, inParallel } from './durable.ts'
import type { FilledTile } from './growing-tree.ts'
import { rootOf } from './hash.ts'
import { sameBytes } from './octets.ts'
import type { ReadNode } from './proof.ts'
import {
  encodeBundle,
  encodeTile,
  parseBundle,
  parseTile,
  TILE,
  TILE_HEIGHT,
  type Tile,
  tileAt,
  tilePath,
} from './tile.ts'

/** Octets of a tile or bundle at the most: 256 entries of 65,535 with their lengths. */
const MAX_TILE = TILE * (2 + 0xffff)

/**
 * What stands in a tile: its hashes, or its entries; `undefined` where it is missing or is not as wide as it should be.
 * A partial tile may have been removed once the whole one is there, so that one serves as well.
 */
export async function readTile(folder: string, tile: Tile): Promise<readonly Uint8Array[] | undefined> {
  const exact = await readFileOr(join(folder, tilePath(tile)))
  if (exact !== undefined || tile.width === TILE) {
    const content = exact && parse(tile, exact)
    return content?.length === tile.width ? content : undefined
  }
  const whole = await readTile(folder, { ...tile, width: TILE })
  return whole?.slice(0, tile.width)
}

/**
 * Nodes of a tree of `size` leaves out of the tiles of a folder, each of which is read once.
 * @throws StoreError log.tile-differs where a tile is missing or of another width
 */
export function nodesOf(folder: string, size: number): ReadNode {
  const read = new Map<string, Promise<readonly Uint8Array[] | undefined>>()
  return async ({ level, index }) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT)
    const width = 2 ** (level % TILE_HEIGHT)
    const tile = tileAt(tileLevel, Math.floor((index * width) / TILE), size)
    if (tile === undefined) throw new StoreError('log.tile-differs')
    const path = tilePath(tile)
    const content = read.get(path) ?? readTile(folder, tile)
    read.set(path, content)
    const first = (index * width) % TILE
    const hashes = (await content)?.slice(first, first + width)
    if (hashes?.length !== width) throw new StoreError('log.tile-differs')
    return rootOf(hashes)
  }
}

/** Those of the tiles whose files are not there. */
export async function missingTiles(
  folder: string,
  tiles: readonly FilledTile[],
): Promise<readonly FilledTile[]> {
  const missing = await inParallel(tiles, (tile) =>
    access(join(folder, tilePath(tile))).then(
      () => [],
      () => [tile],
    ),
  )
  return missing.flat()
}

/**
 * Writes tiles, durable once it returns. What stands there already is left.
 * @throws StoreError log.tile-differs where other bytes stand in a whole tile: those may have been read and are never
 *   overwritten; log.lost-race where another sequencer tidied up meanwhile
 */
export async function writeTiles(folder: DurableFolder, tiles: readonly FilledTile[]): Promise<void> {
  const files = await inParallel(tiles, async (tile) => {
    const [path, bytes] = [tilePath(tile), encode(tile)]
    const there = await readFileOr(join(folder.root, path))
    if (there !== undefined && sameBytes(there, bytes)) return []
    if (there !== undefined && tile.width === TILE) throw new StoreError('log.tile-differs')
    return [{ path, bytes }]
  })
  try {
    await folder.write(files.flat())
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ENOENT' ? new StoreError('log.lost-race', { cause: error }) : error
  }
}

/** Removes the partial tiles whose whole one is durable. C2SP tlog-tiles allows it. */
export async function removePartial(folder: string, whole: readonly FilledTile[]): Promise<void> {
  await inParallel(whole, (tile) =>
    rm(dirname(join(folder, tilePath({ ...tile, width: 1 }))), { recursive: true, force: true }),
  )
}

function parse({ level }: Tile, bytes: Uint8Array): Uint8Array[] | undefined {
  return level === 'entries' ? parseBundle(bytes) : parseTile(bytes)
}

function encode({ level, content }: FilledTile): Uint8Array {
  return level === 'entries' ? encodeBundle(content) : encodeTile(content)
}

async function readFileOr(path: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readFile(path)
    return bytes.length <= MAX_TILE
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      : new Uint8Array(0)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}
