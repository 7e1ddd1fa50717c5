import { kindNamed, readAtMost } from '../read-file.ts'
import { Decoder } from './decoder.ts'
import { PortraitError } from './portrait-error.ts'

/** Octets of the largest picture that is looked at. */
const MOST_OCTETS = 10 * 1024 * 1024

const JPEG = [0xff, 0xd8, 0xff]
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

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
  return decoder.decode(picture)
}

async function read(path: string): Promise<Uint8Array> {
  // A pipe or a device may never end.
  if ((await kindNamed(path)) !== 'file') throw new PortraitError('portrait.unreadable')
  return readAtMost(path, MOST_OCTETS + 1).catch(() => {
    throw new PortraitError('portrait.unreadable')
  })
}

/** Whether it begins as one of the two kinds that are opened. The decoder has no other reader either. */
const isPhotograph = (picture: Uint8Array): boolean =>
  [JPEG, PNG].some((magic) => magic.every((octet, i) => picture[i] === octet))
