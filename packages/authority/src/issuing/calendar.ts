import { FormatError } from '@nansen/formats'
import type { CalendarDate } from '@nansen/formats/lds'
import { encodeDate, type PartialDate } from '@nansen/formats/mrz'

const BIRTH_DATE = /^(?:(\d{4})-(?:(\d{2})-(?:(\d{2})|XX)|XX-XX)|XXXX-XX-XX)$/

/**
 * A date of birth as an order writes it: `1987-04-12`, `1987-04-XX`, `1987-XX-XX` or `XXXX-XX-XX`, as far as it is known.
 * [9303-3 §4.8]
 * @throws RangeError for another form, or a day that no calendar has
 */
export function parseBirthDate(text: string): PartialDate {
  const parts = BIRTH_DATE.exec(text)
  if (parts === null) throw new RangeError('no date of birth')
  const [year, month, day] = parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  const date = { year, month, day }
  // Year 0 to 99 would be taken for a year of a century that is not written.
  if (year !== undefined && year < 100) throw new RangeError('no date of birth')
  try {
    encodeDate(date)
  } catch (error) {
    if (error instanceof FormatError) throw new RangeError('no date of birth', { cause: error })
    throw error
  }
  return date
}

/** A day that is known altogether, `2026-11-24`. @throws RangeError */
export function parseDay(text: string): CalendarDate {
  const { year, month, day } = parseBirthDate(text)
  if (year === undefined || month === undefined || day === undefined) throw new RangeError('no whole date')
  return { year, month, day }
}

/** `2026-11-24` */
export const isoDay = ({ year, month, day }: CalendarDate): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
