import { kindNamed, readAtMost } from '../read-file.ts'
import { Decoder } from './decoder.ts'
import { DecoderRefusal, type DecoderRefusalCode } from './decoder-refusal.ts'
import { isPhotograph, MOST_OCTETS } from './original.ts'
import { PortraitError, type PortraitErrorCode } from './portrait-error.ts'

const CODE_OF: Readonly<Record<DecoderRefusalCode, PortraitErrorCode>> = {
  unreadable: 'portrait.not-an-image',
  'too-many-pixels': 'portrait.too-large',
  died: 'portrait.decoder-died',
  missing: 'portrait.decoder-missing',
}

const shared = new Decoder()

/**
 * A portrait as the chip and the page hold it: 413 × 531 pixels, 7 by 9, JPEG in sRGB of at most about 20 kB.
 * A photograph is turned upright, cropped around its middle, and drawn anew: what the camera wrote beside the
 * picture, and what anybody appended to it, is gone. The same picture gives the same bytes on one machine.
 * @param source a path, or the octets of a JPEG or PNG
 * @throws PortraitError
 */
export async function normalisePortrait(
  source: string | Uint8Array,
  decoder: Decoder = shared,
): Promise<Uint8Array> {
  const picture = typeof source === 'string' ? await read(source) : source
  if (picture.length > MOST_OCTETS) throw new PortraitError('portrait.too-large')
  if (!isPhotograph(picture)) throw new PortraitError('portrait.not-an-image')
  const { jpeg, advice } = await decoder.decode('portrait', picture).catch((error) => {
    throw error instanceof DecoderRefusal ? new PortraitError(CODE_OF[error.code]) : error
  })
  // A list is issued from at once: nobody looks at the advice, so what would show squares is refused here.
  if (advice.includes('small')) throw new PortraitError('portrait.too-small')
  return jpeg
}

async function read(path: string): Promise<Uint8Array> {
  // A pipe or a device may never end.
  if ((await kindNamed(path)) !== 'file') throw new PortraitError('portrait.unreadable')
  return readAtMost(path, MOST_OCTETS + 1).catch(() => {
    throw new PortraitError('portrait.unreadable')
  })
}
