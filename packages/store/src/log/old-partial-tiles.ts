import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { LogProblem } from './monitor.ts'
import { sameHashes } from './read-log-files.ts'
import { TILE, type Tile, tileAt, tilePath } from './tile.ts'
import { readTile } from './tile-folder.ts'

/**
 * The partial tiles of earlier checkpoints that are still there must be the beginnings of what stands in their places
 * now: somebody may hold a checkpoint that needs them. Those of a tree larger than `size` say nothing yet.
 */
export async function oldPartialTiles(folder: string, size: number): Promise<readonly LogProblem[]> {
  const problems: LogProblem[] = []
  for (const name of await readdir(join(folder, 'tile'), { recursive: true }).catch(() => [])) {
    const tile = partialTile(`tile/${name.split(sep).join('/')}`)
    const now = tile && tileAt(tile.level, tile.index, size)
    if (tile === undefined || now === undefined || now.width <= tile.width) continue
    const [content, whole] = await Promise.all([readTile(folder, tile), readTile(folder, now)])
    // What is wrong with the wider one has been told already; this one is still measured against it.
    if (whole === undefined) continue
    if (content === undefined || !sameHashes(content, whole.slice(0, tile.width)))
      problems.push({ code: 'tile.differs', path: tilePath(tile) })
  }
  return problems
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
