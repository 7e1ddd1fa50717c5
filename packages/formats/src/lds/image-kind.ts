import type { Deviations } from './deviation.ts'

/** `jpeg2000` is the file format JP2; its codestream also comes alone (China, Portugal, Spain). */
export type ImageKind = 'jpeg' | 'jpeg2000' | 'jpeg2000-codestream' | 'unknown'

/** An image inside a data group, as a view; it is never decoded here. */
export interface EmbeddedImage {
  readonly kind: ImageKind
  /** Without padding behind its end. */
  readonly bytes: Uint8Array
}

const JPEG = [0xff, 0xd8, 0xff]
const JP2 = [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]
const CODESTREAM = [0xff, 0x4f, 0xff, 0x51]

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  bytes.length >= magic.length && magic.every((octet, i) => bytes[i] === octet)

/** What an image is by its first octets, whatever the record around it says. */
export function imageKind(bytes: Uint8Array): ImageKind {
  if (begins(bytes, JPEG)) return 'jpeg'
  if (begins(bytes, JP2)) return 'jpeg2000'
  return begins(bytes, CODESTREAM) ? 'jpeg2000-codestream' : 'unknown'
}

/**
 * Offset after the image's last octet. Every kind ends in the marker FF D9, unless boxes follow in a JP2;
 * zeros behind that marker are padding, which issuers leave where a file has a fixed size.
 */
function endOfImage(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return end >= 2 && bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9 ? end : bytes.length
}

/**
 * Wraps the octets of an image, and reports what it lacks.
 * @param at where the image stands, for the report
 */
export function readImage(
  bytes: Uint8Array,
  at: number,
  deviations: Deviations,
  cites: string,
): EmbeddedImage {
  if (bytes.length === 0) {
    deviations.add('lds.image-missing', at, cites)
    return { kind: 'unknown', bytes }
  }
  const kind = imageKind(bytes)
  if (kind === 'unknown') {
    deviations.add('lds.image-kind', at, cites)
    return { kind, bytes }
  }
  const end = endOfImage(bytes)
  if (end < bytes.length) deviations.add('lds.image-padding', at + end, cites)
  return { kind, bytes: bytes.subarray(0, end) }
}
