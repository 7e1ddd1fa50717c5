import { FormatError } from '../format-error.ts'
import { checkDigit } from './check-digit.ts'
import { codeOf, mayIssue } from './codes.ts'
import { encodeDate, type PartialDate } from './date.ts'
import { documentCodeStatus } from './document-codes.ts'
import { encodeName, type NameToWrite } from './encode-name.ts'
import { type CheckSpan, LAYOUTS, type Layout, type MrzFormat, type Span } from './layout.ts'
import type { Sex } from './mrz.ts'

/** What a machine readable zone says, before it is written. */
export interface MrzDocument {
  /** One or two letters, without filler: `PR`, `I`, `V`. */
  readonly documentCode: string
  /** Three letters, or `D`. */
  readonly issuer: string
  readonly name: NameToWrite
  /** A–Z and 0–9; a space or other sign inside becomes a filler. More than nine only in TD1 and TD2. */
  readonly number: string
  readonly nationality: string
  /** Unknown parts are `undefined`. */
  readonly birth: PartialDate
  readonly sex: Sex
  readonly expiry: PartialDate
  readonly optional?: string
  /** TD1 only. */
  readonly optional2?: string
}

export interface GenerateOptions {
  /** Turns a name as people write it into Latin letters; without it names must be in A–Z already. */
  readonly transliterate?: (name: string) => string
}

/**
 * Writes a machine readable zone by the rules alone, without what is only tolerated in reading.
 * @returns its lines
 * @throws FormatError mrz.name-character, mrz.name-empty, mrz.too-long, mrz.field-character,
 * mrz.field-too-long, mrz.date, mrz.code, mrz.document-code; its offset is one in the value concerned
 */
export function generateMrz(
  document: MrzDocument,
  format: MrzFormat,
  options: GenerateOptions = {},
): string[] {
  const layout = LAYOUTS[format]
  const { fields, checks } = layout
  const zone = new Zone(layout)
  zone.write(fields.documentCode, documentCode(document.documentCode, layout))
  zone.write(fields.issuer, stateCode(document.issuer, 'issuer'))
  zone.write(fields.name, name(document.name, fields.name, options))
  zone.write(fields.nationality, stateCode(document.nationality, 'nationality'))
  zone.write(fields.birth, encodeDate(document.birth))
  zone.write(fields.sex, document.sex === 'X' ? '<' : document.sex)
  zone.write(fields.expiry, expiry(document.expiry))
  writeNumber(zone, document.number, document.optional ?? '')
  writeSecondOptional(zone, document.optional2 ?? '')
  zone.writeCheckDigit(checks.birth)
  zone.writeCheckDigit(checks.expiry)
  // Either a filler or 0 may follow an empty field; the filler was there first.
  if (checks.optional !== undefined && document.optional) zone.writeCheckDigit(checks.optional)
  if (checks.composite !== undefined) zone.writeCheckDigit(checks.composite)
  return zone.lines()
}

/** The lines of a zone while they are written; whatever is not written stays a filler. */
class Zone {
  readonly layout: Layout
  readonly #lines: string[]

  constructor(layout: Layout) {
    this.layout = layout
    this.#lines = new Array<string>(layout.lines).fill('<'.repeat(layout.width))
  }

  lines(): string[] {
    return this.#lines
  }

  write(span: Span, value: string): void {
    const room = span.end - span.start
    if (value.length > room) throw new FormatError('mrz.field-too-long', room, this.layout.cites)
    const line = this.#lines[span.line]!
    this.#lines[span.line] = line.slice(0, span.start) + value.padEnd(room, '<') + line.slice(span.end)
  }

  writeCheckDigit(check: CheckSpan): void {
    const covered = check.over.map((span) => this.#lines[span.line]!.slice(span.start, span.end))
    this.write(check.at, checkDigit(covered.join('')))
  }
}

function documentCode(code: string, { format, cites }: Layout): string {
  if (!/^[A-Z]{1,2}$/.test(code) || documentCodeStatus(code, format) !== 'ok')
    throw new FormatError('mrz.document-code', 0, cites)
  return code
}

function stateCode(code: string, field: 'issuer' | 'nationality'): string {
  const entry = codeOf(code)
  const usable = entry?.standing === 'current' && entry.kind !== 'list-signature'
  if (!usable || (field === 'issuer' && !mayIssue(code, entry)))
    throw new FormatError('mrz.code', 0, '9303-3 §5')
  return code
}

function name({ primary, secondary }: NameToWrite, span: Span, { transliterate }: GenerateOptions): string {
  const latin = transliterate
    ? { primary: transliterate(primary), secondary: transliterate(secondary) }
    : { primary, secondary }
  return encodeName(latin, span.end - span.start)
}

/** Unlike a birth, an expiry is known in all its parts. [9303-3 §4.8] */
function expiry(date: PartialDate): string {
  const text = encodeDate(date)
  if (text.includes('<')) throw new FormatError('mrz.date', text.indexOf('<'), '9303-3 §4.8')
  return text
}

/** The number and the optional field, into which a long number reaches. [9303-5 §4.2.2], [9303-5 §4.2.4] */
function writeNumber(zone: Zone, value: string, optionalValue: string): void {
  const { fields, checks, longNumbers, cites } = zone.layout
  const number = dataElement(value, cites)
  if (number === '' || number.startsWith('<')) throw new FormatError('mrz.field-character', 0, cites)
  const optional = dataElement(optionalValue, cites)
  if (number.length <= 9 || !longNumbers) {
    zone.write(fields.number, number)
    zone.writeCheckDigit(checks.number)
    zone.write(fields.optional, optional)
    return
  }
  if (number.includes('<')) throw new FormatError('mrz.field-character', number.indexOf('<'), cites)
  zone.write(fields.number, number.slice(0, 9))
  // Without the filler in place of the check digit: the rule, not the older way of counting it.
  zone.write(fields.optional, `${number.slice(9)}${checkDigit(number)}<${optional}`)
}

function writeSecondOptional(zone: Zone, value: string): void {
  const { fields, cites } = zone.layout
  if (fields.optional2 !== undefined) zone.write(fields.optional2, dataElement(value, cites))
  else if (value !== '') throw new FormatError('mrz.field-too-long', 0, cites)
}

/** Spaces and signs become fillers; letters must be capitals already. [9303-4 §4.2.2] */
function dataElement(value: string, cites: string): string {
  const foreign = value.search(/[^ -`{-~]/)
  if (foreign !== -1) throw new FormatError('mrz.field-character', foreign, cites)
  return value.replace(/[^A-Z0-9]/g, '<')
}
