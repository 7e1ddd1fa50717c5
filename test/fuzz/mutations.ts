import { concat, encodeElement } from '@nansen/formats/tlv'

/** Whole numbers from 0 to below `n`. */
export type Random = (n: number) => number

/** An element as the fuzzer sees it; read laxly and by its own code, so that it sees what readers refuse. */
interface Piece {
  readonly start: number
  readonly contentStart: number
  readonly end: number
  readonly tag: number
  readonly parents: readonly Piece[]
}

/** Every element that can be made out, outermost first, at most so many. */
function piecesOf(bytes: Uint8Array, most = 400): Piece[] {
  const pieces: Piece[] = []
  const read = (from: number, to: number, parents: readonly Piece[]): void => {
    for (let at = from; at < to && pieces.length < most; ) {
      let position = at
      let tag = bytes[position++]!
      if ((tag & 0x1f) === 0x1f) {
        do tag = (tag << 8) | bytes[position]!
        while (position < to && bytes[position++]! >= 0x80 && position - at < 4)
      }
      let length = bytes[position++] ?? 0
      if (length > 0x80) {
        let octets = length - 0x80
        if (octets > 4) return
        length = 0
        while (octets-- > 0) length = length * 256 + (bytes[position++] ?? 0)
      } else if (length === 0x80) length = Math.max(0, to - position - 2)
      if (position + length > to) return
      const piece = { start: at, contentStart: position, end: position + length, tag, parents }
      pieces.push(piece)
      const first = tag > 0xffff ? tag >>> 16 : tag > 0xff ? tag >>> 8 : tag
      // What stands inside an octet string is often an element too.
      if (((first & 0x20) !== 0 || first === 0x04) && parents.length < 16)
        read(position, piece.end, [...parents, piece])
      at = piece.end
    }
  }
  read(0, bytes.length, [])
  return pieces
}

/** `bytes` with a piece replaced, and the lengths of all that it stands in put right. */
function replaced(bytes: Uint8Array, piece: Piece, by: Uint8Array): Uint8Array {
  let inner = by
  let { start, end } = piece
  for (const parent of [...piece.parents].reverse()) {
    inner = encodeElement(
      parent.tag,
      bytes.subarray(parent.contentStart, start),
      inner,
      bytes.subarray(end, parent.end),
    )
    start = parent.start
    end = parent.end
  }
  return concat(bytes.subarray(0, start), inner, bytes.subarray(end))
}

const TAGS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31,
  0x80, 0x81, 0x82, 0x86, 0xa0, 0xa1, 0xa2, 0xa3, 0x53, 0x5c, 0x5f0e, 0x5f1f, 0x5f2e, 0x5f40, 0x60, 0x61,
  0x65, 0x75, 0x77, 0x7f2e, 0x7f60, 0x7f61,
]

const CONTENTS = [
  '',
  '00',
  '01',
  '7f',
  '80',
  'ff',
  '0000',
  '0080',
  'ff7f',
  'ffffffff',
  '7fffffffffffff',
  '20000000000001',
  '323630323239313230303030',
  '3236303930313132303030305a',
  '32303236303932393132303030305a',
  '39393939313233313233353935395a',
  '2a864886f70d010101',
  '2a864886f70d01010a',
  '2a8648ce3d0201',
  '2a8648ce3d030107',
  '551d0f',
  '551d13',
  '6781080101',
  '6781080102',
  '06092a864886f70d010702',
  '5554',
  '554e',
  'c3a9',
  'ed',
  '003c',
  'd800',
  '30',
  '3080',
  '0500',
].map((text) => new Uint8Array(Buffer.from(text, 'hex')))

const ZONE_CHARACTERS = Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<<<<\n\r')

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!
const some = (random: Random, most: number): Uint8Array =>
  Uint8Array.from({ length: 1 + random(most) }, () => random(256))
const spliced = (bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array =>
  concat(bytes.subarray(0, from), by, bytes.subarray(to))

function onPiece(
  change: (bytes: Uint8Array, piece: Piece, random: Random, other: Uint8Array) => Uint8Array,
): Mutation {
  return (bytes, random, other) => {
    const pieces = piecesOf(bytes)
    if (pieces.length === 0) return bytes
    const piece = pick(random, pieces)
    return replaced(bytes, piece, change(bytes, piece, random, other))
  }
}

const encodedOf = (bytes: Uint8Array, { start, end }: Piece): Uint8Array => bytes.subarray(start, end)
const contentOf = (bytes: Uint8Array, { contentStart, end }: Piece): Uint8Array =>
  bytes.subarray(contentStart, end)

/** Changes of elements that keep the lengths around them right, so that readers get far. */
const OF_ELEMENTS: readonly Mutation[] = [
  onPiece(() => new Uint8Array()),
  onPiece((bytes, piece) => concat(encodedOf(bytes, piece), encodedOf(bytes, piece))),
  onPiece((bytes, piece, random) => encodeElement(pick(random, TAGS), contentOf(bytes, piece))),
  onPiece((_, piece, random) => encodeElement(piece.tag, pick(random, CONTENTS))),
  onPiece((_, piece, random) => encodeElement(piece.tag, some(random, 40))),
  onPiece((bytes, piece, random) => encodeElement(pick(random, TAGS), encodedOf(bytes, piece))),
  onPiece((bytes, piece, random) => {
    const tag = pick(random, [piece.tag, 0x30, 0x24, 0xa0])
    let inner = encodedOf(bytes, piece)
    for (let depth = 1 << random(7); depth > 0; depth--) inner = encodeElement(tag, inner)
    return inner
  }),
  onPiece((bytes, piece) => contentOf(bytes, piece)),
  onPiece((bytes, piece) =>
    concat(
      bytes.subarray(piece.start, piece.start + (piece.tag > 0xff ? 2 : 1)),
      Uint8Array.of(0x80),
      contentOf(bytes, piece),
      new Uint8Array(2),
    ),
  ),
  onPiece((bytes, piece) => {
    const length = piece.end - piece.contentStart
    const tag = bytes.subarray(piece.start, piece.start + (piece.tag > 0xff ? 2 : 1))
    return concat(tag, Uint8Array.of(0x83, length >> 16, length >> 8, length), contentOf(bytes, piece))
  }),
  onPiece((bytes, piece, random) => {
    const content = contentOf(bytes, piece).slice()
    if (content.length > 0) content[random(content.length)]! ^= 1 << random(8)
    return encodeElement(piece.tag, content)
  }),
  onPiece((bytes, piece, random) => {
    const content = contentOf(bytes, piece)
    return encodeElement(
      piece.tag,
      random(2) === 0
        ? content.subarray(random(content.length + 1))
        : content.subarray(0, random(content.length + 1)),
    )
  }),
  onPiece((bytes, piece, random, other) => {
    const pieces = piecesOf(other)
    return pieces.length === 0 ? encodedOf(bytes, piece) : encodedOf(other, pick(random, pieces))
  }),
  onPiece((bytes, piece, random, other) => {
    const pieces = piecesOf(other)
    if (pieces.length === 0) return encodedOf(bytes, piece)
    return concat(encodedOf(bytes, piece), encodedOf(other, pick(random, pieces)))
  }),
  // Two pieces of the same kind change places.
  (bytes, random) => {
    const pieces = piecesOf(bytes)
    if (pieces.length < 2) return bytes
    const one = pick(random, pieces)
    const alike = pieces.filter(
      (piece) => piece.tag === one.tag && (piece.start >= one.end || piece.end <= one.start),
    )
    if (alike.length === 0) return bytes
    return replaced(bytes, one, encodedOf(bytes, pick(random, alike)))
  },
]

/** Changes of octets without regard to what they are. */
const OF_OCTETS: readonly Mutation[] = [
  (bytes, random) => {
    const out = bytes.slice()
    if (out.length > 0) out[random(out.length)]! ^= 1 << random(8)
    return out
  },
  (bytes, random) => {
    const out = bytes.slice()
    if (out.length > 0)
      out[random(out.length)] = pick(random, [0, 1, 0x1f, 0x30, 0x3c, 0x7f, 0x80, 0x81, 0xff, random(256)])
    return out
  },
  (bytes, random) => spliced(bytes, random(bytes.length + 1), bytes.length, new Uint8Array()),
  (bytes, random) => {
    const at = random(bytes.length + 1)
    return spliced(bytes, at, at, some(random, 8))
  },
  (bytes, random) => {
    const at = random(bytes.length + 1)
    return spliced(bytes, at, Math.min(bytes.length, at + 1 + random(16)), new Uint8Array())
  },
  (bytes, random) => {
    const from = random(bytes.length + 1)
    const part = bytes.subarray(from, from + random(64))
    const at = random(bytes.length + 1)
    return spliced(bytes, at, at, part)
  },
  (bytes, random, other) =>
    concat(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1))),
]

/** Changes of the characters of a zone or a name. */
const OF_TEXT: readonly Mutation[] = [
  (bytes, random) => {
    const out = bytes.slice()
    if (out.length > 0) out[random(out.length)] = pick(random, [...ZONE_CHARACTERS])
    return out
  },
  (bytes, random) => {
    const lines = Buffer.from(bytes).toString('latin1').split('\n')
    const at = random(lines.length)
    const change = random(3)
    if (change === 0) lines.splice(at, 1)
    else if (change === 1) lines.splice(at, 0, pick(random, lines))
    else lines.reverse()
    return new Uint8Array(Buffer.from(lines.join('\n'), 'latin1'))
  },
  (bytes, random) => {
    const at = random(bytes.length + 1)
    const letters = [
      0x41, 0xe9, 0x110, 0x416, 0x457, 0x5d0, 0x627, 0x64b, 0x10d0, 0x561, 0x3b1, 0x301, 0x1f600, 0xdf,
    ]
    return spliced(bytes, at, at, new Uint8Array(Buffer.from(String.fromCodePoint(pick(random, letters)))))
  },
]

/** Longer ones teach nothing new and take long. */
const MOST_OCTETS = 32_768

/** One to a few changes. @param other another input, to take pieces from */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random, text: boolean): Uint8Array {
  const kinds = text ? [OF_TEXT, OF_TEXT, OF_OCTETS] : [OF_ELEMENTS, OF_ELEMENTS, OF_ELEMENTS, OF_OCTETS]
  let out = bytes
  for (let left = 1 << random(4); left > 0; left--)
    out = pick(random, pick(random, kinds))(out, random, other)
  return out.length > MOST_OCTETS ? out.subarray(0, MOST_OCTETS) : out
}
