import type { OrderProblemCode } from '@nansen/authority'
import type { PortraitErrorCode } from '../pictures/index.ts'

/** The header of people.csv; in any order, each once. */
export const COLUMNS = [
  'id',
  'family_name',
  'given_names',
  'language',
  'nationality',
  'birth_date',
  'sex',
  'document_code',
  'portrait',
] as const

export type Column = (typeof COLUMNS)[number]

/** What is wrong with one row. */
export type RowCode =
  | 'row.not-utf8'
  /** Longer than 4,096 octets. */
  | 'row.too-long'
  /** A quotation mark that is not closed, or stands in the middle of a field. */
  | 'row.quotes'
  /** More or fewer fields than the header has. */
  | 'row.field-count'
  /** An id that an earlier row has. */
  | 'row.id-twice'
  /** Absolute, with `..`, or too long. */
  | 'portrait.path'
  /** A link leads out of the folder of the list. */
  | 'portrait.outside'
  | PortraitErrorCode
  | OrderProblemCode

export interface RowProblem {
  /** From 1, the header's. */
  readonly line: number
  /** Absent where it is about the whole row. */
  readonly field?: Column
  readonly code: RowCode
  /** Of the row that had the id first. */
  readonly firstLine?: number
}

export type PeopleFileErrorCode =
  | 'people.unreadable'
  | 'people.empty'
  /** The header is not UTF-8: most likely none of the file is. */
  | 'people.not-utf8'
  /** Columns that are missing, unknown, or there twice. */
  | 'people.columns'
  /** More than 100 MB, or than a million rows. */
  | 'people.too-large'

/** The file cannot be read as a list of people, or no further than what was given already. */
export class PeopleFileError extends Error {
  override readonly name = 'PeopleFileError'
  readonly code: PeopleFileErrorCode
  readonly missing: readonly Column[]
  readonly twice: readonly Column[]
  /** How many columns have another name than any of {@link COLUMNS}. */
  readonly unknown: number

  constructor(
    code: PeopleFileErrorCode,
    columns: { missing?: readonly Column[]; twice?: readonly Column[]; unknown?: number } = {},
  ) {
    super(code)
    this.code = code
    this.missing = columns.missing ?? []
    this.twice = columns.twice ?? []
    this.unknown = columns.unknown ?? 0
  }
}
