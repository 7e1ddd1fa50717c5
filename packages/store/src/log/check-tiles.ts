import { StoreError } from '../errors.ts'
import { leafHash, rootOf } from './hash.ts'
import { sameBytes } from './octets.ts'
import { treeRoot } from './proof.ts'
import { levelSize, TILE, type Tile, tileAt, tilesOfLevel } from './tile.ts'
import { nodesOf, readTile } from './tile-folder.ts'

/**
 * The root of a tree of `size` leaves as its stored tiles give it: every tile in which it differs from its first `from`
 * leaves is read back and is hashed from what lies below it. It shares no step with how the tree was grown, so that a
 * hash that went wrong on the way to the disk is found before anybody signs.
 * @throws StoreError log.tile-differs
 */
export async function rootFromTiles(folder: string, from: number, size: number): Promise<Uint8Array> {
  for (const bundle of tilesOfLevel('entries', from, size)) {
    const hashes = await read(folder, { ...bundle, level: 0 })
    const entries = await read(folder, bundle)
    for (const [i, entry] of entries.entries()) same(leafHash(entry), hashes[i]!)
  }
  for (let level = 1; levelSize(level, size) > 0; level++)
    for (let index = levelSize(level, from); index < levelSize(level, size); index++) {
      const above = await read(folder, tileAt(level, Math.floor(index / TILE), size)!)
      same(rootOf(await read(folder, { level: level - 1, index, width: TILE })), above[index % TILE]!)
    }
  return treeRoot(nodesOf(folder, size), size)
}

async function read(folder: string, tile: Tile): Promise<readonly Uint8Array[]> {
  const content = await readTile(folder, tile)
  if (content === undefined) throw new StoreError('log.tile-differs')
  return content
}

function same(a: Uint8Array, b: Uint8Array): void {
  if (!sameBytes(a, b)) throw new StoreError('log.tile-differs')
}
