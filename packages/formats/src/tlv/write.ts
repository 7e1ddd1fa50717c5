/** Tag, definite length in the fewest octets, content: the one encoding DER allows. [X.690 §10.1] */
export function encodeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const tagOctets = tag > 0xffff ? 3 : tag > 0xff ? 2 : 1
  const lengthOctets =
    length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5
  const out = new Uint8Array(tagOctets + lengthOctets + length)
  let at = 0
  for (let shift = (tagOctets - 1) * 8; shift >= 0; shift -= 8) out[at++] = (tag >>> shift) & 0xff
  if (lengthOctets === 1) out[at++] = length
  else {
    out[at++] = 0x80 | (lengthOctets - 1)
    for (let shift = (lengthOctets - 2) * 8; shift >= 0; shift -= 8) out[at++] = (length >>> shift) & 0xff
  }
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** The parts one after another. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
