/**
 * Portraits: pictures of strangers, opened in a process of their own and drawn anew. Nothing of the file that
 * came in goes out except what can be seen.
 */
export { Decoder, type DecoderOptions } from './decoder.ts'
export { normalisePortrait } from './normalise-portrait.ts'
export { PortraitError, type PortraitErrorCode } from './portrait-error.ts'
