import { leafHash } from './hash.ts'
import { sameBytes } from './octets.ts'
import { RightEdge } from './right-edge.ts'
import { TILE_HEIGHT, type Tile, tilesOfLevel } from './tile.ts'
import { readTile } from './tile-folder.ts'

/** A bundle and the tile of level 0 over it. */
export interface BundleState {
  readonly bundle: Tile
  readonly tile: Tile
  /** There, and of their width. */
  readonly hasEntries: boolean
  readonly hasTile: boolean
  /** Both are there, and the tile is the hashes of the entries. */
  readonly agree: boolean
}

/** A log's files, hashed from the entries up. */
export interface LogFiles {
  readonly bundles: readonly BundleState[]
  /** By level of tiles, from 1: the hashes that should stand there. */
  readonly above: ReadonlyMap<number, readonly Uint8Array[]>
  /** `undefined` where a bundle is missing and its tile as well. */
  readonly root: Uint8Array | undefined
  /** Of the first `before` leaves. */
  readonly rootBefore: Uint8Array | undefined
}

/**
 * Reads the entries of a log of `size` leaves and the tiles over them, one after another, and grows the tree from them.
 * Where a bundle is missing, the hashes of its tile stand in, so that everything else can still be judged.
 */
export async function readLogFiles(folder: string, size: number, before: number): Promise<LogFiles> {
  const bundles: BundleState[] = []
  const above = new Map<number, Uint8Array[]>()
  const edge = new RightEdge()
  let rootBefore = before === 0 ? edge.root() : undefined
  let broken = false
  for (const bundle of tilesOfLevel('entries', 0, size)) {
    const tile = { ...bundle, level: 0 }
    const [entries, stored] = await Promise.all([readTile(folder, bundle), readTile(folder, tile)])
    const hashes = entries?.map(leafHash)
    const agree = hashes !== undefined && stored !== undefined && sameHashes(hashes, stored)
    bundles.push({ bundle, tile, hasEntries: hashes !== undefined, hasTile: stored !== undefined, agree })
    broken ||= hashes === undefined && stored === undefined
    for (const hash of broken ? [] : (hashes ?? stored ?? [])) {
      edge.appendHash(hash, (level, _, node) => {
        if (level > 0 && level % TILE_HEIGHT === 0) push(above, level / TILE_HEIGHT, node)
      })
      if (edge.size === before) rootBefore = edge.root()
    }
  }
  return { bundles, above, root: broken ? undefined : edge.root(), rootBefore }
}

export function sameHashes(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((hash, i) => sameBytes(hash, b[i]!))
}

function push(levels: Map<number, Uint8Array[]>, level: number, node: Uint8Array): void {
  const nodes = levels.get(level)
  if (nodes === undefined) levels.set(level, [node])
  else nodes.push(node)
}
