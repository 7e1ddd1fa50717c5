/**
 * Names in any of six scripts as the MRZ writes them, and the question whether a name in an MRZ can be a name
 * in its own letters. Tables of [9303-3 §6] and of states. Nothing is dropped that a table does not drop.
 */
export { arabicFrom } from './arabic-from.ts'
export type { TransliterationErrorCode } from './errors.ts'
export type { Practice } from './languages.ts'
export { type Match, type MatchOptions, matches } from './matches.ts'
export type { TransliterationOptions } from './spellings.ts'
export { transliterate } from './transliterate.ts'
export { MAX_VARIANTS, variantsOf } from './variants-of.ts'
