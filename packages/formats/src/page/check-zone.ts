import { FormatError } from '../format-error.ts'
import { encodeDate } from '../mrz/date.ts'
import { encodeName } from '../mrz/encode-name.ts'
import { LAYOUTS, type Span } from '../mrz/layout.ts'
import type { DataPageFacts } from './data-page.ts'
import { PageError } from './page-error.ts'

const { fields, width } = LAYOUTS.TD3

/**
 * Holds what is printed to the machine readable zone: a page on which the two differ is a forgery to whoever
 * checks it, and would be ours. [9303-4 §4.2.2]
 * @throws PageError page.value for a zone that is none; page.zone-differs
 */
export function checkZone(facts: DataPageFacts): void {
  const { zone } = facts
  if (zone.length !== 2 || !zone.every((line) => line.length === width && /^[A-Z0-9<]+$/.test(line)))
    throw new PageError('page.value', 'zone')
  const says = (span: Span, value: string, field: string): void => {
    const room = span.end - span.start
    if (zone[span.line]!.slice(span.start, span.end) !== value.padEnd(room, '<'))
      throw new PageError('page.zone-differs', field)
  }
  says(fields.documentCode, facts.documentCode, 'documentCode')
  says(fields.issuer, facts.state.code, 'state.code')
  says(fields.name, nameField(facts), 'latinName')
  says(fields.number, facts.number, 'number')
  says(fields.nationality, facts.nationality.code, 'nationality.code')
  says(fields.birth, dateField(facts.birth, 'birth'), 'birth')
  says(fields.sex, facts.sex === 'X' ? '<' : facts.sex, 'sex')
  says(fields.expiry, dateField(facts.expires, 'expires'), 'expires')
}

function nameField({ latinName }: DataPageFacts): string {
  const { start, end } = fields.name
  return orPageError('page.character', 'latinName', () => encodeName(latinName, end - start))
}

function dateField(date: DataPageFacts['birth'], field: string): string {
  const { year, month, day } = date
  return orPageError('page.value', field, () => encodeDate({ year, month, day }))
}

function orPageError<T>(code: 'page.character' | 'page.value', field: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof FormatError) throw new PageError(code, field, error.at)
    throw error
  }
}
