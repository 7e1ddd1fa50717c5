import { describe, expect, test } from 'vitest'
import { EMPTY_ROOT, leafHash, nodeHash, rootOf } from './hash.ts'
import { hex } from './octets.ts'
import {
  consistencyProof,
  inclusionProof,
  MAX_PROOF,
  type Node,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './proof.ts'
import { RightEdge } from './right-edge.ts'

const bytes = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'))

/** The leaves of the certificate-transparency reference tests, and the roots of the trees of 0 to 8 of them. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'].map(bytes)
LEAVES.push(bytes('606162636465666768696a6b6c6d6e6f'))
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
/** Inclusion: index, size, proof. */
const INCLUSION: readonly (readonly [number, number, readonly string[]])[] = [
  [0, 1, []],
  [0, 8, ['96a296d224f285c6', '5f083f0a1a33ca07', '6b47aaf29ee3c2af']],
  [5, 8, ['bc1a0643b12e4d2d', 'ca854ea128ed050b', 'd37ee418976dd957']],
  [2, 3, ['fac54203e7cc696c']],
  [1, 5, ['6e340b9cffb37a98', '5f083f0a1a33ca07', 'bc1a0643b12e4d2d']],
]
const CONSISTENCY: readonly (readonly [number, number, readonly string[]])[] = [
  [1, 1, []],
  [1, 8, ['96a296d224f285c6', '5f083f0a1a33ca07', '6b47aaf29ee3c2af']],
  [6, 8, ['0ebc5d3437fbe2db', 'ca854ea128ed050b', 'd37ee418976dd957']],
  [2, 5, ['5f083f0a1a33ca07', 'bc1a0643b12e4d2d']],
]

/** A tree the slow way, straight from its definition. [RFC6962 §2.1] */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let left = 1
  while (left * 2 < leaves.length) left *= 2
  return nodeHash(naiveRoot(leaves.slice(0, left)), naiveRoot(leaves.slice(left)))
}

/** Complete subtrees of leaves, each hashed anew. */
function nodesIn(leaves: readonly Uint8Array[]) {
  return async ({ level, index }: Node) => {
    const inside = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)
    expect(inside.length).toBe(2 ** level)
    return naiveRoot(inside)
  }
}

const many = Array.from({ length: 70 }, (_, i) => Uint8Array.of(i, i * 7))
const roots = Array.from({ length: 71 }, (_, size) => naiveRoot(many.slice(0, size)))

describe('the reference vectors of certificate transparency', () => {
  test('leaves appended one by one give the known roots', () => {
    const edge = new RightEdge()
    const seen = [hex(edge.root())]
    for (const leaf of LEAVES) {
      edge.append(leaf)
      seen.push(hex(edge.root()))
    }
    expect(seen).toEqual(ROOTS)
  })

  test('the seven leaves of the standard give its root, and so does each way to it', async () => {
    const seven = LEAVES.slice(0, 7)
    expect(hex(rootOf(seven.map(leafHash)))).toBe(ROOTS[7])
    expect(hex(await treeRoot(nodesIn(seven), 7))).toBe(ROOTS[7])
    expect(hex(naiveRoot(seven))).toBe(ROOTS[7])
  })

  test.each(INCLUSION)('inclusion of leaf %i in %i leaves', async (index, size, begins) => {
    const proof = await inclusionProof(nodesIn(LEAVES), index, size)
    expect(proof.map((hash) => hex(hash).slice(0, 16))).toEqual(begins)
    expect(verifyInclusion(leafHash(LEAVES[index]!), index, size, proof, bytes(ROOTS[size]!))).toBe(true)
  })

  test.each(CONSISTENCY)('consistency from %i to %i leaves', async (from, size, begins) => {
    const proof = await consistencyProof(nodesIn(LEAVES), from, size)
    expect(proof.map((hash) => hex(hash).slice(0, 16))).toEqual(begins)
    expect(verifyConsistency(from, bytes(ROOTS[from]!), size, bytes(ROOTS[size]!), proof)).toBe(true)
  })
})

describe('against a tree made straight from its definition, all sizes to 70', () => {
  test('every root', async () => {
    const edge = new RightEdge()
    for (let size = 0; size <= 70; size++) {
      expect(edge.size).toBe(size)
      expect(edge.root()).toEqual(roots[size])
      expect(rootOf(many.slice(0, size).map(leafHash))).toEqual(roots[size])
      expect(await treeRoot(nodesIn(many), size)).toEqual(roots[size])
      if (size < 70) edge.append(many[size]!)
    }
  })

  test('appending costs a hash a leaf and fewer than one a node', () => {
    let nodes = 0
    const edge = new RightEdge()
    for (const leaf of many) edge.append(leaf, (level) => (nodes += level > 0 ? 1 : 0))
    expect(nodes).toBe(70 - [...(70).toString(2)].filter((bit) => bit === '1').length)
  })

  test('every inclusion proof stands, for its leaf, its place and its size alone', async () => {
    for (let size = 1; size <= 70; size++)
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(nodesIn(many), index, size)
        const leaf = leafHash(many[index]!)
        expect(proof.length).toBeLessThanOrEqual(7)
        expect(verifyInclusion(leaf, index, size, proof, roots[size]!)).toBe(true)
        expect(verifyInclusion(leafHash(many[(index + 1) % 70]!), index, size, proof, roots[size]!)).toBe(
          false,
        )
        if (size > 1) expect(verifyInclusion(leaf, (index + 1) % size, size, proof, roots[size]!)).toBe(false)
        if (size > 1) expect(verifyInclusion(leaf, index, size, proof, roots[size - 1]!)).toBe(false)
      }
  })

  test('every consistency proof stands, for its two trees alone', async () => {
    for (let size = 0; size <= 70; size++)
      for (let from = 0; from <= size; from++) {
        const proof = await consistencyProof(nodesIn(many), from, size)
        expect(verifyConsistency(from, roots[from]!, size, roots[size]!, proof)).toBe(true)
        if (from === 0) continue
        expect(verifyConsistency(from, roots[from - 1]!, size, roots[size]!, proof)).toBe(false)
        expect(verifyConsistency(from, roots[from]!, size, roots[(size + 1) % 71]!, proof)).toBe(false)
        if (from > 1)
          expect(verifyConsistency(from - 1, roots[from - 1]!, size, roots[size]!, proof)).toBe(false)
      }
  })
})

describe('proofs that are not right', () => {
  test('every single bit turned over is refused, in an inclusion proof', async () => {
    for (const [index, size] of [
      [0, 70],
      [33, 70],
      [69, 70],
      [5, 7],
    ] as const) {
      const proof = await inclusionProof(nodesIn(many), index, size)
      const parts = [leafHash(many[index]!), roots[size]!, ...proof]
      for (const turned of flips(parts)) {
        const [leaf, root, ...rest] = turned
        expect(verifyInclusion(leaf!, index, size, rest, root!)).toBe(false)
      }
    }
  })

  test('every single bit turned over is refused, in a consistency proof', async () => {
    for (const [from, size] of [
      [1, 70],
      [33, 70],
      [64, 70],
      [6, 7],
      [7, 7],
    ] as const) {
      const parts = [roots[from]!, roots[size]!, ...(await consistencyProof(nodesIn(many), from, size))]
      for (const turned of flips(parts)) {
        const [old, root, ...rest] = turned
        expect(verifyConsistency(from, old!, size, root!, rest)).toBe(false)
      }
    }
  })

  test('a proof with a hash too many, too few, or too short is refused', async () => {
    const inclusion = await inclusionProof(nodesIn(many), 9, 41)
    const consistency = await consistencyProof(nodesIn(many), 9, 41)
    for (const change of [
      (proof: Uint8Array[]) => proof.slice(1),
      (proof: Uint8Array[]) => proof.slice(0, -1),
      (proof: Uint8Array[]) => [...proof, roots[1]!],
      (proof: Uint8Array[]) => [roots[1]!, ...proof],
      (proof: Uint8Array[]) => [proof[0]!.subarray(1), ...proof.slice(1)],
      () => [],
      () => Array.from({ length: MAX_PROOF + 1 }, () => roots[1]!),
    ]) {
      expect(verifyInclusion(leafHash(many[9]!), 9, 41, change(inclusion), roots[41]!)).toBe(false)
      expect(verifyConsistency(9, roots[9]!, 41, roots[41]!, change(consistency))).toBe(false)
    }
  })

  test('places and sizes that cannot be are refused, and no proof is made for them', async () => {
    for (const index of [-1, 7, 0.5, Number.NaN, 2 ** 53])
      expect(verifyInclusion(leafHash(many[0]!), index, 7, [], roots[7]!)).toBe(false)
    for (const from of [-1, 8, 0.5, Number.NaN])
      expect(verifyConsistency(from, roots[1]!, 7, roots[7]!, [])).toBe(false)
    expect(verifyConsistency(0, roots[1]!, 7, roots[7]!, [])).toBe(false)
    expect(verifyConsistency(0, EMPTY_ROOT, 0, roots[7]!, [])).toBe(false)
    await expect(inclusionProof(nodesIn(many), 7, 7)).rejects.toThrow(RangeError)
    await expect(consistencyProof(nodesIn(many), 8, 7)).rejects.toThrow(RangeError)
  })
})

/** Each way to turn one bit over in one of the parts. */
function* flips(parts: readonly Uint8Array[]): Generator<Uint8Array[]> {
  for (const [i, part] of parts.entries())
    for (let bit = 0; bit < part.length * 8; bit++) {
      const turned = Uint8Array.from(part)
      turned[bit >> 3]! ^= 1 << (bit & 7)
      yield parts.map((same, j) => (i === j ? turned : same))
    }
}
