import { FormatError } from '../format-error.ts'

/**
 * A date in the zone: the last two digits of the year, month from 1, day from 1, each `undefined` where it
 * is not known. Which century is meant depends on when it is read: {@link resolveBirth}, {@link resolveExpiry}.
 */
export interface MrzDate {
  readonly year: number | undefined
  readonly month: number | undefined
  readonly day: number | undefined
}

/** A date with its full year; unknown parts are `undefined`. */
export interface PartialDate {
  readonly year: number | undefined
  readonly month: number | undefined
  readonly day: number | undefined
}

const UNKNOWN = -1
const WRONG = -2

/**
 * Reads the six characters of a date that start at `at`. [9303-3 §4.8]
 * @returns undefined where they are not a date: half a number, or a month or day that does not exist
 */
export function parseDate(text: string, at: number): MrzDate | undefined {
  const year = twoDigits(text, at)
  const month = twoDigits(text, at + 2)
  const day = twoDigits(text, at + 4)
  if (year === WRONG || !inCalendar(year, month, day)) return undefined
  return { year: known(year), month: known(month), day: known(day) }
}

/**
 * The six characters of a date. [9303-3 §4.8]
 * @throws FormatError mrz.date for a day that the calendar does not have
 */
export function encodeDate(date: PartialDate): string {
  for (const part of [date.year, date.month, date.day])
    if (part !== undefined && !(Number.isInteger(part) && part >= 0 && part <= 9999)) throw notADate()
  const { year = UNKNOWN, month = UNKNOWN, day = UNKNOWN } = date
  if (!inCalendar(year, month, day)) throw notADate()
  return twoCharacters(year === UNKNOWN ? UNKNOWN : year % 100) + twoCharacters(month) + twoCharacters(day)
}

/**
 * The birth that a two-digit year means to somebody who reads it at `at`: the last one that is not in the
 * future. Of a person of a hundred years and more it gives a date a century too late.
 * @returns undefined where the year is not known, or is no leap year although the day is 29 February
 */
export function resolveBirth(date: MrzDate, at: Date): PartialDate | undefined {
  if (date.year === undefined) return undefined
  const today = at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate()
  const century = Math.floor(at.getUTCFullYear() / 100) * 100
  const year = century + date.year
  const born = year * 10_000 + (date.month ?? 1) * 100 + (date.day ?? 1)
  return inYear(date, born <= today ? year : year - 100)
}

/**
 * The expiry that a two-digit year means: the one nearest to ten years after the date of issue, or to `at`
 * where that is not known. It may lie before the issue; it is not moved to the future to avoid that.
 * @returns undefined as {@link resolveBirth}
 */
export function resolveExpiry(
  date: MrzDate,
  times: { issuedAt?: Date | undefined; at: Date },
): PartialDate | undefined {
  if (date.year === undefined) return undefined
  const pivot =
    times.issuedAt === undefined ? times.at.getUTCFullYear() : times.issuedAt.getUTCFullYear() + 10
  const earliest = pivot - 50
  return inYear(date, earliest + ((date.year - (earliest % 100) + 100) % 100))
}

/** Midnight at the start of a day whose parts are all known, UTC. */
export function startOfDay(date: PartialDate): Date | undefined {
  if (date.year === undefined || date.month === undefined || date.day === undefined) return undefined
  return new Date(Date.UTC(date.year, date.month - 1, date.day))
}

function inYear(date: MrzDate, year: number): PartialDate | undefined {
  const { month, day } = date
  return inCalendar(year, month ?? UNKNOWN, day ?? UNKNOWN) ? { year, month, day } : undefined
}

function notADate(): FormatError {
  return new FormatError('mrz.date', 0, '9303-3 §4.8')
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const units = text.charCodeAt(at + 1) - 0x30
  if (tens >= 0 && tens <= 9 && units >= 0 && units <= 9) return tens * 10 + units
  return tens === FILLER && units === FILLER ? UNKNOWN : WRONG
}

const FILLER = 0x3c - 0x30

function twoCharacters(part: number): string {
  return part === UNKNOWN ? '<<' : String(part).padStart(2, '0')
}

function known(part: number): number | undefined {
  return part === UNKNOWN ? undefined : part
}

/** Whether month and day exist; a year of two digits counts as leap where either century makes it so. */
function inCalendar(year: number, month: number, day: number): boolean {
  if (month !== UNKNOWN && (month < 1 || month > 12)) return false
  if (day !== UNKNOWN && day < 1) return false
  return day <= daysIn(year, month)
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysIn(year: number, month: number): number {
  if (month === UNKNOWN) return 31
  if (month !== 2 || year === UNKNOWN || isLeap(year)) return DAYS[month - 1]!
  return 28
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year < 100 || year % 100 !== 0 || year % 400 === 0)
}
