import { tags } from '../der/index.ts'
import { childrenOf, encodeElement } from '../tlv/index.ts'
import { encodeCount, readCount } from './biometric-templates.ts'
import type { Deviation } from './deviation.ts'
import { keepRaw, openFile, type RawElement } from './file.ts'
import { type EmbeddedImage, imageKind, readImage } from './image-kind.ts'

/** More images than a displayed group may state. */
const MOST = 9

export interface DisplayedImages {
  readonly images: readonly EmbeddedImage[]
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

/** DG5 and DG7 have the same form: `{ 02 count, image … }`. @throws FormatError lds.count, tlv.* */
export function parseDisplayedImages(
  bytes: Uint8Array,
  group: number,
  imageTag: number,
  cites: string,
): DisplayedImages {
  const { file, deviations } = openFile(bytes, group, cites)
  const images: EmbeddedImage[] = []
  const unknown: RawElement[] = []
  let stated: number | undefined
  for (const child of childrenOf(file, MOST + 2)) {
    if (child.tag === tags.INTEGER && stated === undefined) {
      stated = readCount(child)
      if (images.length > 0) deviations.add('lds.element-order', child.start, cites)
    } else if (child.tag === imageTag)
      images.push(readImage(child.content, child.contentStart, deviations, cites))
    else unknown.push(keepRaw(child, deviations, cites))
  }
  if (images.length === 0) deviations.add('lds.image-missing', file.start, cites)
  if (stated === undefined) deviations.add('lds.count-missing', file.start, cites)
  else if (stated !== images.length) deviations.add('lds.count-differs', file.start, cites)
  return { images, unknown, deviations: deviations.list }
}

/** @throws RangeError for none, more than nine, or one that is neither JPEG nor JPEG 2000 */
export function encodeDisplayedImages(
  images: readonly Uint8Array[],
  group: number,
  imageTag: number,
): Uint8Array {
  if (images.length === 0 || images.length > MOST)
    throw new RangeError('encodeDisplayedImages: 1 to 9 images')
  if (images.some((image) => imageKind(image) === 'unknown'))
    throw new RangeError('encodeDisplayedImages: neither JPEG nor JPEG 2000')
  return encodeElement(
    group,
    encodeCount(images.length),
    ...images.map((image) => encodeElement(imageTag, image)),
  )
}
