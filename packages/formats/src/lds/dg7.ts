import { type DisplayedImages, encodeDisplayedImages, parseDisplayedImages } from './displayed-images.ts'

/** DG7, displayed signatures: `67 { 02 count, 5F43 image … }`. [9303-10 §4.7.7] @throws FormatError lds.count, tlv.* */
export function parseDg7(bytes: Uint8Array): DisplayedImages {
  return parseDisplayedImages(bytes, 0x67, 0x5f43, '9303-10 §4.7.7')
}

/** @throws RangeError for none, more than nine, or one that is neither JPEG nor JPEG 2000 */
export function encodeDg7(images: readonly Uint8Array[]): Uint8Array {
  return encodeDisplayedImages(images, 0x67, 0x5f43)
}
