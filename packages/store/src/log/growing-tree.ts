import { RightEdge } from './right-edge.ts'
import { levelSize, TILE, TILE_HEIGHT, type Tile, type TileLevel } from './tile.ts'

/** A tile with what stands in it: hashes, or the entries of a bundle. */
export interface FilledTile extends Tile {
  readonly content: readonly Uint8Array[]
}

/** A tree that grows, with the tiles of its right side: all that is needed to append to a log of any size. */
export class GrowingTree {
  readonly #edge: RightEdge
  /** The tiles at the right side that are not whole. */
  readonly #partial: Map<TileLevel, Uint8Array[]>
  #whole: FilledTile[] = []

  constructor(from?: GrowingTree) {
    this.#edge = from === undefined ? new RightEdge() : from.#edge.copy()
    const partial = from === undefined ? [] : [...from.#partial]
    this.#partial = new Map(partial.map(([level, content]) => [level, [...content]]))
  }

  get size(): number {
    return this.#edge.size
  }

  root(): Uint8Array {
    return this.#edge.root()
  }

  append(leaf: Uint8Array): void {
    const index = this.size
    this.#put('entries', index, leaf)
    this.#edge.append(leaf, (level, at, hash) => {
      if (level % TILE_HEIGHT === 0) this.#put(level / TILE_HEIGHT, at, hash)
    })
  }

  /** The tiles that have become whole since this was last asked. */
  takeWhole(): readonly FilledTile[] {
    const whole = this.#whole
    this.#whole = []
    return whole
  }

  /** The partial tiles that differ from those of the tree's first `since` leaves. */
  partial(since: number): readonly FilledTile[] {
    const tiles: FilledTile[] = []
    for (const [level, content] of this.#partial) {
      const size = levelSize(level, this.size)
      if (content.length > 0 && size !== levelSize(level, since))
        tiles.push({ level, index: Math.floor(size / TILE), width: content.length, content: [...content] })
    }
    return tiles
  }

  #put(level: TileLevel, at: number, what: Uint8Array): void {
    const content = this.#partial.get(level) ?? []
    content.push(what)
    this.#partial.set(level, content)
    if (content.length < TILE) return
    this.#whole.push({ level, index: Math.floor(at / TILE), width: TILE, content })
    this.#partial.set(level, [])
  }
}
