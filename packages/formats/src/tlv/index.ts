/**
 * Tag-length-value elements as travel documents and certificates use them: read without copying, within
 * limits, and written in the one shortest form. [X.690 §8.1]
 */
export { compareBytes, hex, latin1, sameBytes } from './bytes.ts'
export { DER, Element, type Rules, type Tolerated } from './element.ts'
export type { TlvErrorCode } from './errors.ts'
export { Fields } from './fields.ts'
export { childrenOf, MAX_DEPTH, readElement, readOnly } from './read.ts'
export { concat, encodeElement, inPieces, type Pieces } from './write.ts'
