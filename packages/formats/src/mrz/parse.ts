import { codeOf, mayIssue } from './codes.ts'
import { type MrzDate, parseDate } from './date.ts'
import { documentCodeStatus } from './document-codes.ts'
import type { CheckDigit, FieldStatus, Mrz, MrzField, MrzFindingCode, MrzName, Sex } from './mrz.ts'
import { parseName } from './name.ts'
import { parseNumber } from './number.ts'
import { Reading, worse } from './reading.ts'
import { withoutTrailingFillers } from './text.ts'
import { findLines } from './zone.ts'

/**
 * Reads a machine readable zone: lines separated by line feeds, or run together as DG1 holds them.
 * Whatever a field holds, the others are read all the same; what is wrong or unusual is in `status` and
 * `findings`. Only a text that has not the outer form of a zone is refused. [9303-3 §4]
 * @throws FormatError mrz.too-long, mrz.character, mrz.line-count, mrz.line-length
 */
export function parseMrz(input: string | Uint8Array): Mrz {
  const reading = new Reading(findLines(input))
  const { format, fields, checks } = reading.layout
  const number = parseNumber(reading)
  const birthCheck = reading.check(checks.birth)
  const expiryCheck = reading.check(checks.expiry)
  const optionalCheck = checkOptional(reading)
  return {
    format,
    lines: reading.lines(),
    documentCode: readDocumentCode(reading),
    issuer: readCode(reading, 'issuer'),
    name: readName(reading),
    number: number.number,
    nationality: readCode(reading, 'nationality'),
    birth: readDate(reading, 'birth', birthCheck),
    sex: readSex(reading),
    expiry: readDate(reading, 'expiry', expiryCheck),
    optional: optionalCheck?.ok === false ? { ...number.optional, status: 'check-digit' } : number.optional,
    optional2: fields.optional2 && readOptional(reading.raw(fields.optional2)),
    checkDigits: {
      number: number.check,
      birth: birthCheck,
      expiry: expiryCheck,
      optional: optionalCheck,
      composite: checkComposite(reading),
    },
    findings: reading.findings,
  }
}

function readDocumentCode(reading: Reading): MrzField {
  const at = reading.offset(reading.layout.fields.documentCode)
  const raw = reading.raw(reading.layout.fields.documentCode)
  const { format, cites } = reading.layout
  const value = withoutTrailingFillers(raw)
  if (!isLetters(value) || value === '')
    return { raw, value, status: reading.note('mrz.field-character', 'documentCode', 'character', at, cites) }
  const status = documentCodeStatus(value, format)
  if (status === 'tolerated') reading.note('mrz.document-code-field', 'documentCode', status, at, cites)
  if (status === 'unlisted') reading.note('mrz.document-code', 'documentCode', status, at, cites)
  return { raw, value, status }
}

function readCode(reading: Reading, field: 'issuer' | 'nationality'): MrzField {
  const span = reading.layout.fields[field]
  const raw = reading.raw(span)
  const value = withoutTrailingFillers(raw)
  const objection = objectionTo(value, field)
  if (objection === undefined) return { raw, value, status: 'ok' }
  const [code, status] = objection
  return { raw, value, status: reading.note(code, field, status, reading.offset(span), '9303-3 §5') }
}

type Objection = readonly [code: MrzFindingCode, status: Exclude<FieldStatus, 'ok'>]

function objectionTo(value: string, field: 'issuer' | 'nationality'): Objection | undefined {
  const entry = codeOf(value)
  if (entry === undefined)
    return isLetters(value) ? ['mrz.code-unlisted', 'unlisted'] : ['mrz.field-character', 'character']
  if (entry.standing === 'field') return ['mrz.code-field', 'tolerated']
  if (entry.standing === 'deprecated') return ['mrz.code-deprecated', 'tolerated']
  const misused = field === 'issuer' ? !mayIssue(value, entry) : entry.kind === 'list-signature'
  return misused ? ['mrz.code-use', 'unlisted'] : undefined
}

function readName(reading: Reading): MrzField<MrzName> {
  const span = reading.layout.fields.name
  const start = reading.offset(span)
  const end = start + span.end - span.start
  const { name: value, oddFiller, digit } = parseName(reading.text, start, end)
  let status: FieldStatus = 'ok'
  if (value.primary === '' && value.secondary === '')
    status = reading.note('mrz.name-missing', 'name', 'unlisted', start, '9303-3 §4.6')
  else if (oddFiller !== -1)
    status = reading.note('mrz.name-form', 'name', 'tolerated', oddFiller, '9303-3 §4.6')
  if (digit !== -1) status = reading.note('mrz.field-character', 'name', 'character', digit, '9303-3 §4.6')
  return { raw: reading.raw(span), value, status }
}

function readDate(
  reading: Reading,
  field: 'birth' | 'expiry',
  check: CheckDigit,
): MrzField<MrzDate | undefined> {
  const span = reading.layout.fields[field]
  const at = reading.offset(span)
  const value = parseDate(reading.text, at)
  let status: FieldStatus = 'ok'
  const letter = firstLetter(reading.text, at, at + 6)
  if (letter !== -1) status = reading.note('mrz.field-character', field, 'character', letter, '9303-3 §4.8')
  else if (value === undefined) status = reading.note('mrz.date', field, 'date', at, '9303-3 §4.8')
  else if (field === 'expiry' && !isWhole(value))
    status = reading.note('mrz.date-unknown', field, 'date', at, '9303-3 §4.8')
  if (!check.ok) {
    const digit = reading.offset(reading.layout.checks[field].at)
    status = worse(status, reading.note('mrz.check-digit', field, 'check-digit', digit, '9303-3 §4.9'))
  }
  return { raw: reading.raw(span), value, status }
}

function readSex(reading: Reading): MrzField<Sex | undefined> {
  const span = reading.layout.fields.sex
  const at = reading.offset(span)
  const raw = reading.raw(span)
  const { cites } = reading.layout
  if (raw === 'M' || raw === 'F') return { raw, value: raw, status: 'ok' }
  if (raw === '<') return { raw, value: 'X', status: 'ok' }
  // X belongs in the printed zone only, but some issuers repeat it here.
  if (raw === 'X') return { raw, value: 'X', status: reading.note('mrz.sex', 'sex', 'tolerated', at, cites) }
  return { raw, value: undefined, status: reading.note('mrz.sex', 'sex', 'character', at, cites) }
}

function readOptional(raw: string): MrzField {
  return { raw, value: withoutTrailingFillers(raw), status: 'ok' }
}

/** An empty optional field of a passport has a filler or 0 as its check digit. [9303-4 §4.2.2] */
function checkOptional(reading: Reading): CheckDigit | undefined {
  const span = reading.layout.checks.optional
  if (span === undefined) return undefined
  const check = reading.check(span)
  if (check.ok) return check
  if (check.raw === '<' && withoutTrailingFillers(reading.raw(reading.layout.fields.optional)) === '')
    return { raw: '<', expected: '<', ok: true }
  reading.note('mrz.check-digit', 'optional', 'check-digit', reading.offset(span.at), '9303-3 §4.9')
  return check
}

function checkComposite(reading: Reading): CheckDigit | undefined {
  const span = reading.layout.checks.composite
  if (span === undefined) return undefined
  const check = reading.check(span)
  if (!check.ok)
    reading.note('mrz.check-digit', 'composite', 'check-digit', reading.offset(span.at), '9303-3 §4.9')
  return check
}

function isWhole(date: MrzDate): boolean {
  return date.year !== undefined && date.month !== undefined && date.day !== undefined
}

function isLetters(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x41) return false
  return true
}

function firstLetter(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) >= 0x41) return i
  return -1
}
