import { EMPTY_ROOT, HASH, nodeHash } from './hash.ts'
import { sameBytes } from './octets.ts'

/** A complete subtree: the `index`-th of those over 2^`level` leaves. */
export interface Node {
  readonly level: number
  readonly index: number
}

/** Where the hashes of complete subtrees come from: tiles, or memory. */
export type ReadNode = (node: Node) => Promise<Uint8Array>

/** Hashes of a proof at the most: as many as a tree has levels. C2SP tlog-witness has the same limit. */
export const MAX_PROOF = 63

/** The largest power of two smaller than `size`, which is at least 2. */
function split(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The hash over the leaves [start, end), where `start` is a place at which the tree is split. [RFC6962 §2.1] */
export async function rangeHash(read: ReadNode, start: number, end: number): Promise<Uint8Array> {
  const size = end - start
  const left = size === 1 ? 1 : split(size)
  const complete = size === 1 || left * 2 === size
  if (complete) return read({ level: Math.log2(size), index: start / size })
  const [first, rest] = [rangeHash(read, start, start + left), rangeHash(read, start + left, end)]
  return nodeHash(await first, await rest)
}

/** The root of the first `size` leaves. [RFC6962 §2.1] */
export async function treeRoot(read: ReadNode, size: number): Promise<Uint8Array> {
  return size === 0 ? EMPTY_ROOT : rangeHash(read, 0, size)
}

/**
 * The neighbours on the way from leaf `index` to the root of the first `size` leaves, the lowest first. [RFC6962 §2.1.1]
 * @throws RangeError where the tree has no such leaf
 */
export async function inclusionProof(read: ReadNode, index: number, size: number): Promise<Uint8Array[]> {
  whole(index, 0, size - 1)
  const proof: Uint8Array[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      proof.push(await rangeHash(read, middle, end))
      end = middle
    } else {
      proof.push(await rangeHash(read, start, middle))
      start = middle
    }
  }
  return proof.reverse()
}

/** Whether `proof` leads from the hash of a leaf at `index` to `root` of a tree of `size` leaves. [RFC6962 §2.1.1] */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isWhole(index, 0, size - 1) || !wellFormed([leaf, root, ...proof])) return false
  const climb = (at: number, of: number, left: number): Uint8Array | undefined => {
    if (of === 1) return left === 0 ? leaf : undefined
    const beside = proof[left - 1]
    if (beside === undefined) return undefined
    const middle = split(of)
    const below = at < middle ? climb(at, middle, left - 1) : climb(at - middle, of - middle, left - 1)
    if (below === undefined) return undefined
    return at < middle ? nodeHash(below, beside) : nodeHash(beside, below)
  }
  const reached = climb(index, size, proof.length)
  return reached !== undefined && sameBytes(reached, root)
}

/**
 * That the first `from` of `size` leaves are those of the smaller tree. From nothing, and from the same size, it is
 * empty. [RFC6962 §2.1.2]
 * @throws RangeError where `from` is larger than `size`
 */
export async function consistencyProof(read: ReadNode, from: number, size: number): Promise<Uint8Array[]> {
  whole(from, 0, size)
  if (from === 0 || from === size) return []
  const proof: Uint8Array[] = []
  let [start, end, isOldTree] = [0, size, true]
  while (from !== end) {
    const middle = start + split(end - start)
    if (from <= middle) {
      proof.push(await rangeHash(read, middle, end))
      end = middle
    } else {
      proof.push(await rangeHash(read, start, middle))
      start = middle
      isOldTree = false
    }
  }
  if (!isOldTree) proof.push(await rangeHash(read, start, end))
  return proof.reverse()
}

/** Whether `proof` shows that a tree of `size` with `root` begins with the tree of `from` with `fromRoot`. [RFC6962 §2.1.2] */
export function verifyConsistency(
  from: number,
  fromRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isWhole(from, 0, size) || !wellFormed([fromRoot, root, ...proof])) return false
  const isEmpty = (hash: Uint8Array) => sameBytes(hash, EMPTY_ROOT)
  if (from === 0) return proof.length === 0 && isEmpty(fromRoot) && (size > 0 || isEmpty(root))
  const climb = (old: number, of: number, left: number, isOldTree: boolean): Pair | undefined => {
    if (old === of) {
      if (isOldTree) return left === 0 ? [fromRoot, fromRoot] : undefined
      const both = left === 1 ? proof[0] : undefined
      return both && [both, both]
    }
    const beside = proof[left - 1]
    if (beside === undefined) return undefined
    const middle = split(of)
    if (old <= middle) {
      const below = climb(old, middle, left - 1, isOldTree)
      return below && [below[0], nodeHash(below[1], beside)]
    }
    const below = climb(old - middle, of - middle, left - 1, false)
    return below && [nodeHash(beside, below[0]), nodeHash(beside, below[1])]
  }
  const reached = climb(from, size, proof.length, true)
  return reached !== undefined && sameBytes(reached[0], fromRoot) && sameBytes(reached[1], root)
}

/** The roots of the smaller and of the larger tree, as far as the climb has come. */
type Pair = readonly [Uint8Array, Uint8Array]

function wellFormed(hashes: readonly Uint8Array[]): boolean {
  return hashes.length <= MAX_PROOF + 2 && hashes.every((hash) => hash.length === HASH)
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && Number.isSafeInteger(most) && value >= least && value <= most
}

function whole(value: number, least: number, most: number): void {
  if (!isWhole(value, least, most)) throw new RangeError('no such place in the tree')
}
