import type { MrzDate } from './date.ts'
import type { MrzFieldName, MrzFormat } from './layout.ts'

/**
 * How far one field can be believed; of several the last in this list.
 * `tolerated`: not by the standard, but met in genuine documents. `unlisted`: well formed, but not a value
 * the standard knows. `date`: not a day of the calendar. `check-digit`: its check digit is wrong.
 * `character`: it holds characters that this field may not contain.
 */
export type FieldStatus = 'ok' | 'tolerated' | 'unlisted' | 'date' | 'check-digit' | 'character'

export type MrzFindingCode =
  | 'mrz.check-digit' // a check digit is not what its field gives
  | 'mrz.field-character' // a letter among digits, a digit in a name, a filler inside a code
  | 'mrz.date' // a month or day that does not exist, or half a number
  | 'mrz.date-unknown' // a date of expiry with unknown parts; only a birth may have them
  | 'mrz.code-unlisted' // an issuer or nationality that no list has
  | 'mrz.code-deprecated' // one kept for old documents
  | 'mrz.code-field' // one in use without being listed
  | 'mrz.code-use' // a nationality as issuer, or the code for signing lists
  | 'mrz.document-code' // a document code that this form of the zone does not have
  | 'mrz.document-code-field' // one in use all the same
  | 'mrz.document-code-letter' // a second letter outside the harmonised table
  | 'mrz.document-code-letter-missing' // no second letter where the table is obligatory
  | 'mrz.document-code-expiry' // no harmonised second letter, and valid for too long
  | 'mrz.sex' // a letter other than M and F
  | 'mrz.number-position-counted' // the older way with the check digit of a long number
  | 'mrz.number-form' // a long number that is not ended as it should be
  | 'mrz.name-form' // fillers in the name elsewhere than between its parts
  | 'mrz.name-missing' // no name at all

/** One observation on a zone that was read; it does not keep the rest from being read. */
export interface MrzFinding {
  readonly code: MrzFindingCode
  readonly field: MrzFieldName | 'composite'
  /** What the observation makes of its field. */
  readonly status: Exclude<FieldStatus, 'ok'>
  /** Line and position as the standard counts them, from 1. */
  readonly line: number
  readonly position: number
  readonly cites: string
}

/** One field: the characters as they stand, fillers included, and what they say. */
export interface MrzField<Value = string> {
  readonly raw: string
  readonly value: Value
  readonly status: FieldStatus
}

/** M, F, or X where it is not stated; the zone writes a filler for X. */
export type Sex = 'M' | 'F' | 'X'

export interface MrzName {
  /** Components with a single space between them, as all names here. */
  readonly primary: string
  /** Empty for a person with one name only. */
  readonly secondary: string
  /** Whether the name fills its field: it must then be taken for shortened. [9303-4 §4.2.3] */
  readonly possiblyTruncated: boolean
}

/**
 * How the check digit of a number of more than nine characters was computed: by the `rule`, without
 * position 15; with that position counted as a filler, as some issuers do; it fits `either` way; `neither`.
 */
export type LongNumberCheck = 'rule' | 'position-counted' | 'either' | 'neither'

export interface NumberField extends MrzField {
  /** Set for a number of more than nine characters; `raw` holds its first nine. */
  readonly long: LongNumberCheck | undefined
}

/** One check digit: the character found, the digit computed, and whether it stands. */
export interface CheckDigit {
  readonly raw: string
  readonly expected: string
  readonly ok: boolean
}

/** A machine readable zone as it was read, field by field. */
export interface Mrz {
  readonly format: MrzFormat
  /** The characters as they were read, without line ends. */
  readonly lines: readonly string[]
  /** Without a filler: `P` for `P<`. */
  readonly documentCode: MrzField
  readonly issuer: MrzField
  readonly name: MrzField<MrzName>
  readonly number: NumberField
  readonly nationality: MrzField
  /** `undefined` as value where the characters are no date. */
  readonly birth: MrzField<MrzDate | undefined>
  readonly sex: MrzField<Sex | undefined>
  readonly expiry: MrzField<MrzDate | undefined>
  /** Without the rest of a long number; fillers inside are kept. */
  readonly optional: MrzField
  /** The second optional field of TD1. */
  readonly optional2: MrzField | undefined
  readonly checkDigits: {
    readonly number: CheckDigit
    readonly birth: CheckDigit
    readonly expiry: CheckDigit
    /** TD3 only. */
    readonly optional: CheckDigit | undefined
    /** Not in visas. */
    readonly composite: CheckDigit | undefined
  }
  readonly findings: readonly MrzFinding[]
}
