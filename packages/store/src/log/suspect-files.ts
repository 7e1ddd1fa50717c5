import type { Checkpoint } from './checkpoint.ts'
import { EMPTY_ROOT, leafHash, rootOf } from './hash.ts'
import type { LogProblem } from './monitor.ts'
import { sameBytes } from './octets.ts'
import { oldPartialTiles } from './old-partial-tiles.ts'
import { treeRoot } from './proof.ts'
import { type BundleState, type LogFiles, sameHashes } from './read-log-files.ts'
import { levelSize, TILE, type Tile, tilePath, tilesOfLevel } from './tile.ts'
import { nodesOf, readTile } from './tile-folder.ts'

/** What stands in a tile, whether it is what was signed, and `unknown` where what would prove it does not stand. */
interface Judged {
  readonly content: readonly Uint8Array[] | undefined
  readonly standing: 'good' | 'bad' | 'unknown'
}

/**
 * The files that are not what the signed root says. If the entries give the root, every tile is measured against them.
 * If not, trust comes down from the root: the tiles at the right side give it, each tile is proved by the one above it,
 * each bundle by its tile. What cannot be proved for a fault above it is measured against what the entries give.
 */
export async function suspectFiles(
  folder: string,
  files: LogFiles,
  checkpoint: Checkpoint,
): Promise<readonly LogProblem[]> {
  const entriesStand = files.root !== undefined && sameBytes(files.root, checkpoint.root)
  const judged = entriesStand
    ? await againstEntries(folder, files, checkpoint)
    : await againstRoot(folder, files, checkpoint)
  const suspects = new Set(judged.map(({ path }) => path))
  return [...judged, ...(await oldPartialTiles(folder, checkpoint.size, files.above, suspects))]
}

async function againstEntries(
  folder: string,
  { bundles, above }: LogFiles,
  { size }: Checkpoint,
): Promise<LogProblem[]> {
  const problems = bundles.flatMap(({ bundle, tile, hasEntries, hasTile, agree }) => [
    ...(hasEntries ? [] : [missing(bundle)]),
    ...(hasTile ? (agree || !hasEntries ? [] : [differs(tile)]) : [missing(tile)]),
  ])
  for (let level = 1; levelSize(level, size) > 0; level++)
    for (const tile of tilesOfLevel(level, 0, size)) {
      const content = await readTile(folder, tile)
      if (content === undefined) problems.push(missing(tile))
      else if (!sameHashes(content, expected(above, tile))) problems.push(differs(tile))
    }
  return problems
}

async function againstRoot(folder: string, files: LogFiles, checkpoint: Checkpoint): Promise<LogProblem[]> {
  const { size } = checkpoint
  const rightSideStands = await tilesGive(folder, checkpoint)
  const problems: LogProblem[] = []
  let level = 0
  while (levelSize(level + 1, size) > 0) level++
  let parents: Judged[] = []
  for (; level >= 0; level--) {
    const row: Judged[] = []
    for (const tile of tilesOfLevel(level, 0, size)) {
      const content = await readTile(folder, tile)
      const standing = standingOf(tile, content, parents, rightSideStands)
      row.push({ content, standing })
      if (content === undefined) problems.push(missing(tile))
      else if (standing === 'bad') problems.push(differs(tile))
      else if (standing === 'unknown' && level > 0 && !sameHashes(content, expected(files.above, tile)))
        problems.push(differs(tile))
    }
    if (level === 0) problems.push(...(await againstTiles(folder, files.bundles, row, parents)))
    parents = row
  }
  return problems
}

function standingOf(
  tile: Tile,
  content: readonly Uint8Array[] | undefined,
  parents: readonly Judged[],
  rightSideStands: boolean,
): Judged['standing'] {
  if (content === undefined) return 'bad'
  if (tile.width < TILE) return rightSideStands ? 'good' : 'unknown'
  const above = provenAbove(tile, parents)
  return above === undefined ? 'unknown' : sameBytes(rootOf(content), above) ? 'good' : 'bad'
}

async function againstTiles(
  folder: string,
  bundles: readonly BundleState[],
  tiles: readonly Judged[],
  parents: readonly Judged[],
): Promise<LogProblem[]> {
  const problems: LogProblem[] = []
  for (const [i, { bundle, tile, hasEntries, agree }] of bundles.entries()) {
    const { content, standing } = tiles[i]!
    if (!hasEntries) problems.push(missing(bundle))
    else if (!agree) {
      // Only the tile above both can say which of the two is right; if it cannot, both are told.
      const above = tile.width === TILE ? provenAbove(tile, parents) : undefined
      const proven = above !== undefined && (await bundleGives(folder, bundle, above))
      if (!proven) problems.push(differs(bundle))
      if (content !== undefined && standing === 'unknown') problems.push(differs(tile))
    }
  }
  return problems
}

async function bundleGives(folder: string, bundle: Tile, root: Uint8Array): Promise<boolean> {
  const entries = await readTile(folder, bundle)
  return entries !== undefined && sameBytes(rootOf(entries.map(leafHash)), root)
}

/** The hash of a whole tile as the tile above has it, if that one is proved. */
function provenAbove({ index }: Tile, parents: readonly Judged[]): Uint8Array | undefined {
  const parent = parents[Math.floor(index / TILE)]
  return parent?.standing === 'good' ? parent.content?.[index % TILE] : undefined
}

function expected(above: LogFiles['above'], { level, index, width }: Tile): readonly Uint8Array[] {
  return above.get(level as number)?.slice(index * TILE, index * TILE + width) ?? []
}

/** Whether the tiles at the right side, from which every root is made, give the signed one. */
async function tilesGive(folder: string, { size, root }: Checkpoint): Promise<boolean> {
  if (size === 0) return sameBytes(root, EMPTY_ROOT)
  // A tile that is missing gives nothing.
  return treeRoot(nodesOf(folder, size), size).then(
    (given) => sameBytes(given, root),
    () => false,
  )
}

function missing(tile: Tile): LogProblem {
  return { code: 'tile.missing', path: tilePath(tile) }
}

function differs(tile: Tile): LogProblem {
  return { code: 'tile.differs', path: tilePath(tile) }
}
