/**
 * The Distinguished Encoding Rules, strict: each value has one encoding and any other is refused with the
 * place and the rule. BER is read only where a caller passes BER rules. [X.690 §10, §11]
 */
export { checkDer } from './check.ts'
export type { DerErrorCode } from './errors.ts'
export * from './read.ts'
export * as tags from './tags.ts'
export * as write from './write.ts'
