import { HASH, rootOf } from './hash.ts'

/** Hashes side by side in a whole tile, and entries in a whole bundle. C2SP tlog-tiles. */
export const TILE = 256
/** A tile covers this many levels of the tree. */
export const TILE_HEIGHT = 8

/** Level 0 holds the hashes of leaves, level n those of whole tiles of level n-1; `entries` the leaves themselves. */
export type TileLevel = number | 'entries'

/** A tile or a bundle of entries by its place. */
export interface Tile {
  readonly level: TileLevel
  readonly index: number
  /** From 1 to 256; fewer than 256 in a partial one, at the right side of a tree. */
  readonly width: number
}

/** `tile/<L>/<N>[.p/<W>]`, the index in groups of three digits so that no folder grows large. C2SP tlog-tiles. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/\d{3}/g) ?? []
  const place = groups.map((group, i) => (i + 1 < groups.length ? `x${group}` : group)).join('/')
  return `tile/${level}/${place}${width < TILE ? `.p/${width}` : ''}`
}

/** How many hashes a level has in a tree of `size` leaves; `entries` as many as level 0. */
export function levelSize(level: TileLevel, size: number): number {
  return Math.floor(size / TILE ** (level === 'entries' ? 0 : level))
}

/** The tile at a place in a tree of `size` leaves; `undefined` where nothing stands. */
export function tileAt(level: TileLevel, index: number, size: number): Tile | undefined {
  const width = Math.min(TILE, levelSize(level, size) - index * TILE)
  return width > 0 ? { level, index, width } : undefined
}

/**
 * The tiles in which a tree of `to` leaves differs from its first `from`: the bundles, then level by level. From 0, all
 * of them.
 */
export function* tilesBetween(from: number, to: number): Generator<Tile> {
  yield* tilesOfLevel('entries', from, to)
  for (let level = 0; levelSize(level, to) > 0; level++) yield* tilesOfLevel(level, from, to)
}

export function* tilesOfLevel(level: TileLevel, from: number, to: number): Generator<Tile> {
  if (levelSize(level, from) === levelSize(level, to)) return
  const last = Math.ceil(levelSize(level, to) / TILE)
  for (let index = Math.floor(levelSize(level, from) / TILE); index < last; index++)
    yield tileAt(level, index, to)!
}

/** A tile's octets as its hashes; `undefined` for what is not whole hashes. */
export function parseTile(bytes: Uint8Array): Uint8Array[] | undefined {
  const width = bytes.length / HASH
  if (!Number.isInteger(width) || width < 1 || width > TILE) return undefined
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH, (i + 1) * HASH))
}

export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH)
  for (const [i, hash] of hashes.entries()) bytes.set(hash, i * HASH)
  return bytes
}

/** The node that stands for a whole tile one level up. */
export function tileRoot(hashes: readonly Uint8Array[]): Uint8Array {
  return rootOf(hashes)
}

/** A bundle's octets as its entries; `undefined` for what does not end with an entry, or has none or too many. */
export function parseBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + 2 > bytes.length || entries.length === TILE) return undefined
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!
    if (end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries.length > 0 ? entries : undefined
}

/** Each entry behind its length in two octets. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    bytes[at] = entry.length >>> 8
    bytes[at + 1] = entry.length & 0xff
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}
