import { type Element, encodeElement } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'

/** A date of which parts may be unknown; a part is then absent. Months and days count from 1. */
export interface PartialDate {
  readonly year?: number
  readonly month?: number
  readonly day?: number
}

export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A moment without a time zone: the standard names none. */
export interface DateTime extends CalendarDate {
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysOf(year: number | undefined, month: number): number {
  const leap = year === undefined || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
  return month === 2 && !leap ? 28 : DAYS[month - 1]!
}

/** Whether there is such a day. */
export function isCalendarDate({ year, month, day }: CalendarDate): boolean {
  if (![year, month, day].every(Number.isInteger)) return false
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
}

/** YYYYMMDD with zeros for parts that are unknown, or `undefined` where there is no such date. */
function fromDigits(digits: string): PartialDate | undefined {
  if (!/^\d{8}$/.test(digits)) return undefined
  const year = Number(digits.slice(0, 4))
  const month = Number(digits.slice(4, 6))
  const day = Number(digits.slice(6, 8))
  if (month > 12 || day > (month === 0 ? 31 : daysOf(year === 0 ? undefined : year, month))) return undefined
  return { ...(year > 0 && { year }), ...(month > 0 && { month }), ...(day > 0 && { day }) }
}

/** Two decimal digits an octet, or `undefined` where an octet is not that. */
function unpack(content: Uint8Array): string | undefined {
  let digits = ''
  for (const octet of content) {
    if (octet >> 4 > 9 || (octet & 15) > 9) return undefined
    digits += String(octet >> 4) + String(octet & 15)
  }
  return digits
}

const ascii = (content: Uint8Array): string => String.fromCharCode(...content)

/**
 * A date of a data group: eight characters YYYYMMDD, unknown parts as zeros. Also read, and reported:
 * four octets of packed digits (the LDS report of 2004; Malaysia, Taiwan), fillers for unknown parts
 * (Norway), year and month alone, nothing at all. [9303-10 §4.7.11]
 * @returns `undefined` for an empty or impossible date
 */
export function readDate(element: Element, deviations: Deviations, cites: string): PartialDate | undefined {
  const note = (code: Parameters<Deviations['add']>[0]) => deviations.add(code, element.start, cites)
  const { content, length } = element
  if (length === 0) {
    note('lds.element-empty')
    return undefined
  }
  const text = length <= 8 ? ascii(content) : ''
  const found = fromDigits(text)
  if (found !== undefined) return found
  // Packed digits and four characters cannot be taken for each other: as packed digits, the characters
  // of a year have a month from 30 to 39.
  const packed = length === 4 ? fromDigits(unpack(content) ?? '') : undefined
  if (packed !== undefined) {
    note('lds.date-bcd')
    return packed
  }
  const short = /^\d{4}(?:\d\d)?$/.test(text) ? fromDigits(text.padEnd(8, '0')) : undefined
  if (short !== undefined) {
    note('lds.date-short')
    return short
  }
  const filled = FILLED.test(text) ? fromDigits(text.replace(/\D/g, '0')) : undefined
  note(filled === undefined ? 'lds.date-unreadable' : 'lds.date-filler')
  return filled
}

/** Each part of digits, or of one kind of filler throughout. */
const FILLED = /^(?:\d{4}|([ <Xx-])\1{3})(?:\d{2}|([ <Xx-])\2)(?:\d{2}|([ <Xx-])\3)$/

function moment(digits: string): DateTime | undefined {
  const date = fromDigits(digits.slice(0, 8))
  const [hour, minute, second] = [8, 10, 12].map((from) => Number(digits.slice(from, from + 2)))
  if (!/^\d{14}$/.test(digits) || date === undefined || !isWhole(date)) return undefined
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined
  return { ...date, hour: hour!, minute: minute!, second: second! }
}

const isWhole = (date: PartialDate): date is CalendarDate =>
  date.year !== undefined && date.month !== undefined && date.day !== undefined

/**
 * A moment: fourteen characters YYYYMMDDhhmmss. Also read, and reported: seven octets of packed digits.
 * [9303-10 §4.7.12]
 * @returns `undefined` for an empty or impossible moment
 */
export function readDateTime(element: Element, deviations: Deviations, cites: string): DateTime | undefined {
  if (element.length === 0) {
    deviations.add('lds.element-empty', element.start, cites)
    return undefined
  }
  if (element.length === 14) {
    const found = moment(ascii(element.content))
    if (found === undefined) deviations.add('lds.date-unreadable', element.start, cites)
    return found
  }
  const found = readPackedDateTime(element, deviations, cites)
  if (found !== undefined) deviations.add('lds.date-bcd', element.start, cites)
  return found
}

/** A moment in seven octets of packed digits, as biometric headers have it. [9303-10 §4.7.2] */
export function readPackedDateTime(
  element: Element,
  deviations: Deviations,
  cites: string,
): DateTime | undefined {
  const found = element.length === 7 ? moment(unpack(element.content) ?? '') : undefined
  if (found === undefined) deviations.add('lds.date-unreadable', element.start, cites)
  return found
}

/** From and to, as two dates of four packed octets each. [9303-10 §4.7.2] */
export function readPackedPeriod(
  element: Element,
  deviations: Deviations,
  cites: string,
): { from: PartialDate; to: PartialDate } | undefined {
  const digits = element.length === 8 ? (unpack(element.content) ?? '') : ''
  const from = fromDigits(digits.slice(0, 8))
  const to = fromDigits(digits.slice(8))
  if (from !== undefined && to !== undefined) return { from, to }
  deviations.add('lds.date-unreadable', element.start, cites)
  return undefined
}

const pad = (value: number | undefined, width: number): string => String(value ?? 0).padStart(width, '0')

/** YYYYMMDD, zeros for what is unknown. @throws RangeError where there is no such date */
export function dateDigits(date: PartialDate): string {
  const digits = pad(date.year, 4) + pad(date.month, 2) + pad(date.day, 2)
  if (fromDigits(digits) === undefined) throw new RangeError('dateDigits: no such date')
  return digits
}

/** @throws RangeError where there is no such moment */
export function dateTimeDigits(at: DateTime): string {
  const digits = dateDigits(at) + pad(at.hour, 2) + pad(at.minute, 2) + pad(at.second, 2)
  if (moment(digits) === undefined) throw new RangeError('dateTimeDigits: no such moment')
  return digits
}

/** Digits as characters, one an octet. */
export function encodeDigits(tag: number, digits: string): Uint8Array {
  return encodeElement(tag, new TextEncoder().encode(digits))
}

/** Digits packed two an octet. */
export function encodePacked(tag: number, digits: string): Uint8Array {
  return encodeElement(
    tag,
    Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
  )
}

/** A day in the form `2031-05-01`. */
export function isoDate(date: CalendarDate): string {
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`
}
