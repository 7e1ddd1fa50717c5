import { PictureRefusal, type Pictures } from '@nansen/authority'
import { confinement } from './confinement.ts'
import { type Decoded, Decoder, type DecoderOptions, type PictureKind } from './decoder.ts'
import { DecoderRefusal, type DecoderRefusalCode } from './decoder-refusal.ts'
import { isPhotograph, MOST_OCTETS } from './original.ts'

const CODE_OF: Readonly<Record<DecoderRefusalCode, PictureRefusal['code']>> = {
  unreadable: 'picture.unreadable',
  'too-many-pixels': 'picture.too-many-pixels',
  died: 'picture.decoder-died',
  missing: 'picture.decoder-missing',
}

export interface OpenPictures extends Pictures {
  /** Ends the process; what waits for it is refused as `picture.decoder-died`. */
  close(): void
}

/**
 * What an office opens uploads with. Everything goes to one process, in turn, which starts with the first picture;
 * one that kills it is refused, and the next starts it again.
 * @throws PictureRefusal picture.decoder-missing, at once, where `sharp` is not installed
 */
export function openPictures(options: DecoderOptions = {}): OpenPictures {
  if ((options.confinement ?? confinement)() === undefined)
    throw new PictureRefusal('picture.decoder-missing')
  const decoder = new Decoder(options)
  const decode = async (kind: PictureKind, bytes: Uint8Array): Promise<Decoded> => {
    if (bytes.length === 0) throw new PictureRefusal('picture.empty')
    if (bytes.length > MOST_OCTETS) throw new PictureRefusal('picture.too-large')
    if (!isPhotograph(bytes)) throw new PictureRefusal('picture.not-an-image')
    return decoder.decode(kind, bytes).catch((error) => {
      throw error instanceof DecoderRefusal ? new PictureRefusal(CODE_OF[error.code]) : error
    })
  }
  return {
    portrait: (bytes) => decode('portrait', bytes),
    picture: async (bytes) => (await decode('picture', bytes)).jpeg,
    close: () => decoder.close(),
  }
}
