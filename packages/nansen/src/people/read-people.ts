import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Order, type OrderProblem, orderProblems } from '@nansen/authority'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { normalisePortrait, PortraitError } from '../pictures/index.ts'
import { silhouette } from '../specimen/silhouette.ts'
import { linesOf } from './lines.ts'
import { PathRefused, readPortrait } from './portrait-of.ts'
import { COLUMNS, type Column, PeopleFileError, type RowCode, type RowProblem } from './problems.ts'

/** A row: an order with the portrait that it names, or all that is wrong with it. */
export type PersonRow =
  | { readonly line: number; readonly order: Order; readonly portrait: Uint8Array }
  | { readonly line: number; readonly problems: readonly [RowProblem, ...RowProblem[]] }

export interface ReadPeopleOptions {
  readonly state: Order['state']
  readonly profile: string
  readonly at: Date
  /** Makes the chip's portrait of the octets of a file; {@link normalisePortrait} if absent. @throws PortraitError */
  readonly portrait?: (picture: Uint8Array) => Promise<Uint8Array>
}

/**
 * The people of a file, in its order, one at a time: nothing of it is kept but the ids. A field holds no line break, so
 * that a quotation mark left open spoils its own line and no other.
 * @param path of a CSV file: UTF-8, commas, the columns of {@link COLUMNS} named in its first line
 * @throws PeopleFileError
 */
export async function* readPeople(path: string, options: ReadPeopleOptions): AsyncGenerator<PersonRow> {
  let columns: readonly Column[] | undefined
  let folder: string | undefined
  const lines = new Map<string, number>()
  for await (const each of linesOf(path)) {
    const { line } = each
    if (columns === undefined) {
      columns = columnsOf(each)
      continue
    }
    const fields = 'text' in each ? fieldsOf(each.text, columns) : each.code
    if (typeof fields === 'string') {
      yield { line, problems: [{ line, code: fields }] }
      continue
    }
    const firstLine = firstWith(lines, fields.id, line)
    folder ??= await realpath(dirname(path))
    yield await personFrom(fields, line, firstLine, folder, options)
  }
  if (columns === undefined) throw new PeopleFileError('people.empty')
}

type Fields = Readonly<Record<Column, string>>

/** @throws PeopleFileError people.not-utf8, people.columns */
function columnsOf(header: { readonly text: string } | { readonly code: RowCode }): readonly Column[] {
  if ('code' in header)
    throw new PeopleFileError(header.code === 'row.not-utf8' ? 'people.not-utf8' : 'people.columns', {
      missing: COLUMNS,
    })
  const names = split(header.text)?.map((name) => name.trim()) ?? []
  const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name)
  const known = names.filter(isColumn)
  const missing = COLUMNS.filter((column) => !known.includes(column))
  const twice = COLUMNS.filter((column) => known.indexOf(column) !== known.lastIndexOf(column))
  const unknown = names.length - known.length
  if (missing.length > 0 || twice.length > 0 || unknown > 0)
    throw new PeopleFileError('people.columns', { missing, twice, unknown })
  return known
}

/** The fields of one line; `undefined` where its quotation marks are wrong. */
function split(text: string): readonly string[] | undefined {
  try {
    const [record] = parse(text, { record_delimiter: '\n', relax_column_count: true })
    return record
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

/** Composed letters and single spaces: what is left is one way to write a value. */
const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim()

function fieldsOf(text: string, columns: readonly Column[]): Fields | RowCode {
  const values = split(text)
  if (values === undefined) return 'row.quotes'
  if (values.length !== columns.length) return 'row.field-count'
  // The name of a file is what it is, also where it is not composed or has two spaces.
  const field = (column: Column, value: string) => (column === 'portrait' ? value.trim() : tidy(value))
  return Object.fromEntries(
    columns.map((column, i) => [column, field(column, values[i]!)]),
  ) as unknown as Fields
}

/** The line of the row that had the id before; remembers this one if there is none. */
function firstWith(lines: Map<string, number>, id: string, line: number): number | undefined {
  if (id === '') return undefined
  const first = lines.get(id)
  if (first === undefined) lines.set(id, line)
  return first
}

async function personFrom(
  fields: Fields,
  line: number,
  firstLine: number | undefined,
  folder: string,
  options: ReadPeopleOptions,
): Promise<PersonRow> {
  const problems: RowProblem[] = []
  if (firstLine !== undefined) problems.push({ line, field: 'id', code: 'row.id-twice', firstLine })
  // A picture is opened only for a row that is right otherwise; until then any digest stands for it.
  const draft = orderFrom(fields, '0'.repeat(64), options)
  for (const problem of orderProblems(draft, options.at))
    problems.push({ line, ...fieldOf(problem), code: problem.code })
  const [first, ...others] = problems
  if (first !== undefined) return { line, problems: [first, ...others] }
  const portrait = await portraitOf(fields.portrait, folder, options)
  if (typeof portrait === 'string') return { line, problems: [{ line, field: 'portrait', code: portrait }] }
  const digest = createHash('sha256').update(portrait).digest('hex')
  return { line, order: { ...draft, portrait: digest }, portrait }
}

/** Whether it is one of the few letters that are allowed is for the order's own checks to say. */
function orderFrom(fields: Fields, portrait: string, { state, profile }: ReadPeopleOptions): Order {
  return {
    kind: 'specimen',
    state,
    profile,
    reference: fields.id,
    familyName: fields.family_name,
    givenNames: fields.given_names,
    language: fields.language,
    nationality: fields.nationality,
    birthDate: fields.birth_date,
    sex: fields.sex as Order['sex'],
    documentCode: fields.document_code as Order['documentCode'],
    portrait,
  }
}

const COLUMN_OF: Readonly<Partial<Record<keyof Order, Column>>> = {
  reference: 'id',
  familyName: 'family_name',
  givenNames: 'given_names',
  language: 'language',
  nationality: 'nationality',
  birthDate: 'birth_date',
  sex: 'sex',
  documentCode: 'document_code',
  portrait: 'portrait',
}

function fieldOf({ field }: OrderProblem): { field?: Column } {
  const column = COLUMN_OF[field]
  return column === undefined ? {} : { field: column }
}

const SILHOUETTE = silhouette()

/** The portrait for the chip, or why there is none. */
async function portraitOf(
  path: string,
  folder: string,
  options: ReadPeopleOptions,
): Promise<Uint8Array | RowCode> {
  if (path === '') return SILHOUETTE
  try {
    return await (options.portrait ?? normalisePortrait)(await readPortrait(folder, path))
  } catch (error) {
    if (error instanceof PathRefused || error instanceof PortraitError) return error.code
    throw error
  }
}
