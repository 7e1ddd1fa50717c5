/**
 * Pictures of strangers, opened in a process of their own and drawn anew. Nothing of the file that came in goes out
 * except what can be seen.
 */
export { type Confinement, confinement } from './confinement.ts'
export { type Decoded, Decoder, type DecoderOptions, type PictureKind } from './decoder.ts'
export { DecoderRefusal, type DecoderRefusalCode } from './decoder-refusal.ts'
export { normalisePortrait } from './normalise-portrait.ts'
export { type OpenPictures, openPictures } from './open-pictures.ts'
export { PortraitError, type PortraitErrorCode } from './portrait-error.ts'
