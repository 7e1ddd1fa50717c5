/** Encodings one after another that are not yet one: what lies deep in a file is copied once, at the end. */
export type Pieces = readonly Uint8Array[]

/** Tag, definite length in the fewest octets, content: the one encoding DER allows. [X.690 §10.1] */
export function encodeElement(tag: number, ...parts: Pieces): Uint8Array {
  const length = lengthOf(parts)
  const from = headerLength(tag, length)
  const out = new Uint8Array(from + length)
  writeHeader(out, tag, length)
  put(out, from, parts)
  return out
}

/** As {@link encodeElement}, for an element to be put into another: nothing is copied yet. */
export function inPieces(tag: number, ...parts: Pieces): Pieces {
  const length = lengthOf(parts)
  const header = new Uint8Array(headerLength(tag, length))
  writeHeader(header, tag, length)
  return [header, ...parts]
}

/** The parts one after another. */
export function concat(...parts: Pieces): Uint8Array {
  const out = new Uint8Array(lengthOf(parts))
  put(out, 0, parts)
  return out
}

function lengthOf(parts: Pieces): number {
  let length = 0
  for (const part of parts) length += part.length
  return length
}

function put(out: Uint8Array, from: number, parts: Pieces): void {
  let at = from
  for (const part of parts) {
    // A call into the engine costs more than a few octets by hand.
    if (part.length > 32) out.set(part, at)
    else for (let i = 0; i < part.length; i++) out[at + i] = part[i]!
    at += part.length
  }
}

const headerLength = (tag: number, length: number): number => tagOctets(tag) + lengthOctets(length)
const tagOctets = (tag: number): number => (tag > 0xffff ? 3 : tag > 0xff ? 2 : 1)
const lengthOctets = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5

function writeHeader(out: Uint8Array, tag: number, length: number): void {
  let at = 0
  for (let shift = (tagOctets(tag) - 1) * 8; shift >= 0; shift -= 8) out[at++] = (tag >>> shift) & 0xff
  const octets = lengthOctets(length)
  if (octets === 1) out[at] = length
  else {
    out[at++] = 0x80 | (octets - 1)
    for (let shift = (octets - 2) * 8; shift >= 0; shift -= 8) out[at++] = (length >>> shift) & 0xff
  }
}
