import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { leafHash } from './hash.ts'
import type { LogProblem } from './monitor.ts'
import { type LogFiles, sameHashes } from './read-log-files.ts'
import { TILE, type Tile, tileAt, tilePath } from './tile.ts'
import { readTile } from './tile-folder.ts'

/**
 * The partial tiles of earlier checkpoints that are still there must be the beginnings of what stands in their places
 * now: somebody may hold a checkpoint that needs them. Those of a tree larger than `size` say nothing yet.
 * @param suspects paths that are known to be wrong, by which nothing is measured
 */
export async function oldPartialTiles(
  folder: string,
  size: number,
  above: LogFiles['above'],
  suspects: ReadonlySet<string>,
): Promise<readonly LogProblem[]> {
  const problems: LogProblem[] = []
  for (const name of await readdir(join(folder, 'tile'), { recursive: true }).catch(() => [])) {
    const tile = partialTile(`tile/${name.split(sep).join('/')}`)
    const now = tile && tileAt(tile.level, tile.index, size)
    if (tile === undefined || now === undefined || now.width <= tile.width) continue
    const hashes = await hashesOf(folder, tile)
    const right = await rightHashes(folder, now, above, suspects)
    if (hashes === undefined || right === undefined || !sameHashes(hashes, right.slice(0, tile.width)))
      problems.push({ code: 'tile.differs', path: tilePath(tile) })
  }
  return problems
}

/** What should stand in a place: from the tile there, or else from what lies below it. */
async function rightHashes(
  folder: string,
  now: Tile,
  above: LogFiles['above'],
  suspects: ReadonlySet<string>,
): Promise<readonly Uint8Array[] | undefined> {
  const tile: Tile = now.level === 'entries' ? { ...now, level: 0 } : now
  if (!suspects.has(tilePath(tile))) return hashesOf(folder, tile)
  if (tile.level !== 0) return above.get(tile.level as number)?.slice(tile.index * TILE)
  const bundle: Tile = { ...tile, level: 'entries' }
  return suspects.has(tilePath(bundle)) ? undefined : hashesOf(folder, bundle)
}

async function hashesOf(folder: string, tile: Tile): Promise<readonly Uint8Array[] | undefined> {
  const content = await readTile(folder, tile)
  return tile.level === 'entries' ? content?.map(leafHash) : content
}

/** A path back to its tile; `undefined` for what is no path of a partial tile. */
function partialTile(path: string): Tile | undefined {
  const [, level, place, width] = /^tile\/(entries|\d{1,2})\/([\dx/]+)\.p\/(\d{1,3})$/.exec(path) ?? []
  if (level === undefined || place === undefined || width === undefined) return undefined
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(place.replace(/[x/]/g, '')),
    width: Number(width),
  }
  return tile.width > 0 && tile.width < TILE && tilePath(tile) === path ? tile : undefined
}
