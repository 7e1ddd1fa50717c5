import type { Language } from './catalogue.ts'

/** `25 November 2026`, `25 ноября 2026`; of the day in UTC, as days are kept. */
export const longDay = (day: Date, language: Language): string =>
  formatted(day, language, { day: 'numeric', month: 'long', year: 'numeric' })

/** Without the word for year that Russian puts behind it: a full stop often follows. */
const formatted = (day: Date, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...options, timeZone: 'UTC' })
    .format(day)
    .replace(/\s*г\.$/u, '')

/** The same for `2026-11-25`; anything else as it stands there. */
export function longDayOf(text: string, language: Language): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text)?.slice(1).map(Number)
  return parts === undefined
    ? text
    : longDay(new Date(Date.UTC(parts[0]!, parts[1]! - 1, parts[2]!)), language)
}

/** A date of birth that may be known in part: `12 April 1987`, `April 1987`, `1987`. */
export function birthDay(text: string, language: Language, unknown: string): string {
  const parts = /^(\d{4}|XXXX)-(\d{2}|XX)-(\d{2}|XX)$/u.exec(text)?.slice(1)
  if (parts === undefined || parts[0] === 'XXXX') return unknown
  const [year, month, day] = parts
  if (month === 'XX') return year!
  if (day !== 'XX') return longDayOf(text, language)
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, 1))
  return formatted(date, language, { month: 'long', year: 'numeric' })
}
