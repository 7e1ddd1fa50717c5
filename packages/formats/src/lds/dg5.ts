import { type DisplayedImages, encodeDisplayedImages, parseDisplayedImages } from './displayed-images.ts'

/** DG5, displayed portraits: `65 { 02 count, 5F40 image … }`. [9303-10 §4.7.5] @throws FormatError lds.count, tlv.* */
export function parseDg5(bytes: Uint8Array): DisplayedImages {
  return parseDisplayedImages(bytes, 0x65, 0x5f40, '9303-10 §4.7.5')
}

/** @throws RangeError for none, more than nine, or one that is neither JPEG nor JPEG 2000 */
export function encodeDg5(images: readonly Uint8Array[]): Uint8Array {
  return encodeDisplayedImages(images, 0x65, 0x5f40)
}
