import { childrenOf, concat, type Element, encodeElement, readOnly } from '@nansen/formats/tlv'
import fc from 'fast-check'

/** One change of a tree of elements that keeps every length around it right, so that readers get far. */
export type TreeChange =
  | { readonly change: 'drop' | 'twice' | 'first-child' | 'empty' }
  | { readonly change: 'tag'; readonly tag: number }
  | { readonly change: 'content'; readonly content: Uint8Array }

const INTERESTING = [
  '',
  '00',
  'ff',
  '0000',
  '80',
  '7fffffffffffffff',
  '3000',
  '3080',
  '0500',
  '060100',
  '1f8000',
]

export const treeChange: fc.Arbitrary<TreeChange> = fc.oneof(
  fc.constantFrom<TreeChange>(
    { change: 'drop' },
    { change: 'twice' },
    { change: 'first-child' },
    { change: 'empty' },
  ),
  fc
    .constantFrom(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x17, 0x18, 0x24, 0x30, 0x31, 0xa0, 0x80)
    .map((tag): TreeChange => ({ change: 'tag', tag })),
  fc
    .oneof(
      fc.constantFrom(...INTERESTING).map((text) => new Uint8Array(Buffer.from(text, 'hex'))),
      fc.uint8Array({ maxLength: 40 }),
    )
    .map((content): TreeChange => ({ change: 'content', content })),
)

/** How many elements a DER value has, itself included. */
export const sizeOfTree = (bytes: Uint8Array): number => sizeOf(readOnly(bytes))

const sizeOf = (element: Element): number =>
  element.constructed ? childrenOf(element).reduce((sum, child) => sum + sizeOf(child), 1) : 1

/** The value with its nth element changed, counted in the order in which they are written. */
export function changeTree(bytes: Uint8Array, nth: number, change: TreeChange): Uint8Array {
  let left = nth
  const rebuild = (element: Element): Uint8Array => {
    if (left-- === 0) return changed(element, change)
    return element.constructed
      ? encodeElement(element.tag, ...childrenOf(element).map(rebuild))
      : element.encoded
  }
  return rebuild(readOnly(bytes))
}

function changed(element: Element, change: TreeChange): Uint8Array {
  switch (change.change) {
    case 'drop':
      return new Uint8Array(0)
    case 'twice':
      return concat(element.encoded, element.encoded)
    case 'empty':
      return encodeElement(element.tag)
    case 'first-child':
      return element.constructed && element.length > 0 ? childrenOf(element)[0]!.encoded : element.encoded
    case 'tag':
      return encodeElement(change.tag, element.content)
    case 'content':
      return encodeElement(element.tag, change.content)
  }
}

/** Changes of octets, of length, and of the order of parts, without regard to what they mean. */
export const octetChange: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => (bytes: Uint8Array) => {
    const out = bytes.slice()
    out[at % out.length]! ^= flip
    return out
  }),
  fc.nat().map((length) => (bytes: Uint8Array) => bytes.slice(0, length % bytes.length)),
  fc
    .tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    .map(([at, more]) => (bytes: Uint8Array) => {
      const from = at % bytes.length
      return concat(bytes.subarray(0, from), more, bytes.subarray(from))
    }),
  fc.tuple(fc.nat(), fc.nat({ max: 16 })).map(([at, length]) => (bytes: Uint8Array) => {
    const from = at % bytes.length
    return concat(bytes.subarray(0, from), bytes.subarray(from + length))
  }),
)
