/**
 * The machine readable zone of travel documents: read field by field, so that one bad field loses nothing
 * else, and written by the rules alone. Codes of issuers, nationalities and documents with their dates.
 * [9303-3 §4], [9303-3 §5]
 */
export { checkDigit } from './check-digit.ts'
export { type CodeEntry, type CodeKind, codeOf, KNOWN_CODES, mayIssue } from './codes.ts'
export { countryOfIssuer, type IssuerCountries } from './country-of-issuer.ts'
export {
  encodeDate,
  type MrzDate,
  type PartialDate,
  resolveBirth,
  resolveExpiry,
  startOfDay,
} from './date.ts'
export {
  type DocumentDates,
  documentCodeFindings,
  documentCodeStatus,
  type PassportType,
  passportTypeOf,
  SECOND_LETTER_HARMONISED,
  SECOND_LETTER_MISSING_UNTIL,
  SECOND_LETTER_OBLIGATORY,
} from './document-codes.ts'
export { encodeName, type NameToWrite, nameComponents } from './encode-name.ts'
export type { MrzErrorCode } from './errors.ts'
export { type GenerateOptions, generateMrz, type MrzDocument } from './generate.ts'
export {
  type CheckSpan,
  LAYOUTS,
  type Layout,
  type MrzCheckName,
  type MrzFieldName,
  type MrzFormat,
  type Span,
} from './layout.ts'
export * from './mrz.ts'
export { parseMrz } from './parse.ts'
