import { isCalendarDate } from '../lds/dates.ts'
import { PageError } from './page-error.ts'

/** A day of which parts may be unknown: absent or `undefined`, as in the zone and in the data groups. */
export interface PartlyKnownDay {
  readonly year?: number | undefined
  readonly month?: number | undefined
  readonly day?: number | undefined
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/**
 * A day as the visual zone has it: `07 MAR 1987`, letters X for parts that are not known. [9303-3 §3.8]
 * @throws PageError page.value for a day that does not exist
 */
export function printedDate({ year, month, day }: PartlyKnownDay, field: string): string {
  // Against a leap year where the year is not known: 29 February may be somebody's birthday.
  if (!isCalendarDate({ year: year ?? 2000, month: month ?? 1, day: day ?? 1 }))
    throw new PageError('page.value', field)
  return [
    day === undefined ? 'XX' : String(day).padStart(2, '0'),
    month === undefined ? 'XX' : MONTHS[month - 1]!,
    year === undefined ? 'XXXX' : String(year).padStart(4, '0'),
  ].join(' ')
}
