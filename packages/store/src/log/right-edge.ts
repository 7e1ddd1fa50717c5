import { EMPTY_ROOT, leafHash, nodeHash } from './hash.ts'

/** Told of each node as it becomes complete: `index` among those of its level; level 0 is the leaves. */
export type OnNode = (level: number, index: number, hash: Uint8Array) => void

/**
 * A tree that grows at its right side, of which only the complete subtrees that make up that side are kept: one for
 * each bit of its size. Appending n leaves costs n hashes of leaves and fewer than n of nodes. [RFC6962 §2.1]
 */
export class RightEdge {
  #size = 0
  /** By level; there where the size has that bit. */
  #peaks: (Uint8Array | undefined)[] = []

  get size(): number {
    return this.#size
  }

  /** Another one that grows by itself from here. */
  copy(): RightEdge {
    const copy = new RightEdge()
    copy.#size = this.#size
    copy.#peaks = [...this.#peaks]
    return copy
  }

  append(leaf: Uint8Array, onNode?: OnNode): void {
    this.appendHash(leafHash(leaf), onNode)
  }

  /** As `append`, for a leaf whose hash is known. */
  appendHash(hash: Uint8Array, onNode?: OnNode): void {
    let node = hash
    let index = this.#size
    let level = 0
    onNode?.(level, index, node)
    while (index % 2 === 1) {
      node = nodeHash(this.#peaks[level]!, node)
      this.#peaks[level] = undefined
      index = (index - 1) / 2
      level++
      onNode?.(level, index, node)
    }
    this.#peaks[level] = node
    this.#size++
  }

  root(): Uint8Array {
    let root: Uint8Array | undefined
    for (const peak of this.#peaks)
      if (peak !== undefined) root = root === undefined ? peak : nodeHash(peak, root)
    return root ?? EMPTY_ROOT
  }
}
