import { hash } from 'node:crypto'

/** Octets of a hash of the tree. */
export const HASH = 32

/** The root of a tree without leaves: the hash of nothing. [RFC6962 §2.1] */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

/** SHA-256, 32 octets. */
export function sha256(bytes: Uint8Array): Uint8Array {
  // As text and back it takes half the time of a Buffer made for each hash, and a tree is nothing but hashes.
  const text = hash('sha256', bytes, 'binary')
  const octets = new Uint8Array(HASH)
  for (let i = 0; i < HASH; i++) octets[i] = text.charCodeAt(i)
  return octets
}

/** The hash of one leaf. The octet before it keeps a leaf from passing for a node. [RFC6962 §2.1] */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + leaf.length)
  input.set(leaf, 1)
  return sha256(input)
}

/** The hash of a node over its two children. [RFC6962 §2.1] */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH)
  return sha256(input)
}

/** The root over hashes of leaves, or over hashes of subtrees of one height. [RFC6962 §2.1] */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return EMPTY_ROOT
  let row = hashes
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(row[i]!, row[i + 1]!))
    // A last one without a neighbour goes up as it is: that is what splitting at powers of two comes to.
    if (row.length % 2 === 1) above.push(row[row.length - 1]!)
    row = above
  }
  return row[0]!
}
