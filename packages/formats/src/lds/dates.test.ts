import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeElement, readOnly } from '../tlv/index.ts'
import {
  type DateTime,
  dateDigits,
  dateTimeDigits,
  encodeDigits,
  encodePacked,
  isCalendarDate,
  isoDate,
  readDate,
  readDateTime,
} from './dates.ts'
import { Deviations } from './deviation.ts'

const TAG = 0x5f2b
const read = (content: Uint8Array) => {
  const deviations = new Deviations()
  const date = readDate(readOnly(encodeElement(TAG, content)), deviations, '9303-10 §4.7.11')
  return { date, codes: deviations.list.map(({ code }) => code) }
}
const readText = (text: string) => read(new TextEncoder().encode(text))
const readHex = (text: string) => read(Uint8Array.from(Buffer.from(text, 'hex')))

describe('a date of a data group', () => {
  test('eight characters are the rule, with zeros for what is unknown', () => {
    expect(readText('19580601')).toEqual({ date: { year: 1958, month: 6, day: 1 }, codes: [] })
    expect(readText('19580600')).toEqual({ date: { year: 1958, month: 6 }, codes: [] })
    expect(readText('19580000')).toEqual({ date: { year: 1958 }, codes: [] })
    expect(readText('00000601')).toEqual({ date: { month: 6, day: 1 }, codes: [] })
    expect(readText('00000000')).toEqual({ date: {}, codes: [] })
  })

  test.each([
    ['packed digits', '19580601', { year: 1958, month: 6, day: 1 }, 'lds.date-bcd'],
    ['packed digits with a part unknown', '19580000', { year: 1958 }, 'lds.date-bcd'],
    ['a year alone', '31393538', { year: 1958 }, 'lds.date-short'],
    ['a year and a month', '313935383036', { year: 1958, month: 6 }, 'lds.date-short'],
    ['spaces for what is unknown', '3139353820202020', { year: 1958 }, 'lds.date-filler'],
    ['an empty element', '', undefined, 'lds.element-empty'],
  ])('%s is read and reported', (_, content, date, code) => {
    expect(readHex(content)).toEqual({ date, codes: [code] })
  })

  test.each(['1958<<<<', '1958XXXX', '195806xx', '1958--01', '<<<<0601'])(
    'fillers as in the printed zone are read: %s',
    (text) => {
      const { date, codes } = readText(text)
      expect(codes).toEqual(['lds.date-filler'])
      expect(dateDigits(date!)).toBe(text.replace(/\D/g, '0'))
    },
  )

  test.each([
    '19581301',
    '19580631',
    '19590229',
    '1958060',
    '195806011',
    '1958-6-1',
    'ABCDEFGH',
    '1958 <01',
    '19',
  ])('what is no date is left out and reported: %s', (text) => {
    expect(readText(text)).toEqual({ date: undefined, codes: ['lds.date-unreadable'] })
  })

  test('packed digits over nine are no date', () => {
    expect(readHex('195806ff')).toEqual({ date: undefined, codes: ['lds.date-unreadable'] })
  })

  test('four octets are never both characters and packed digits', () => {
    const digit = fc.integer({ min: 0x30, max: 0x39 })
    fc.assert(
      fc.property(fc.tuple(digit, digit, digit, digit), (octets) => {
        expect(read(Uint8Array.from(octets)).codes).not.toContain('lds.date-bcd')
      }),
    )
  })

  test('29 February is there in leap years, and where the year is unknown', () => {
    expect(readText('20000229').date).toEqual({ year: 2000, month: 2, day: 29 })
    expect(readText('19000229').date).toBeUndefined()
    expect(readText('00000229').date).toEqual({ month: 2, day: 29 })
  })
})

const arbitraryDay = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map(
    (at): DateTime => ({
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
    }),
  )

describe('dates that are written', () => {
  test('every day and moment reads as it was written', () => {
    fc.assert(
      fc.property(arbitraryDay, (at) => {
        const deviations = new Deviations()
        const { year, month, day } = at
        const cites = '9303-10 §4.7.12'
        expect(readDate(readOnly(encodeDigits(TAG, dateDigits(at))), deviations, cites)).toEqual({
          year,
          month,
          day,
        })
        const moment = readOnly(encodeDigits(TAG, dateTimeDigits(at)))
        expect(readDateTime(moment, deviations, cites)).toEqual(at)
        expect(deviations.list).toEqual([])
        const packed = readOnly(encodePacked(TAG, dateTimeDigits(at)))
        expect(readDateTime(packed, deviations, cites)).toEqual(at)
        expect(deviations.list).toHaveLength(1)
        expect(isoDate(at)).toMatch(/^\d{4}-\d\d-\d\d$/)
        expect(isCalendarDate(at)).toBe(true)
      }),
    )
  })

  test('a day or a moment that does not exist is not written', () => {
    expect(() => dateDigits({ year: 2026, month: 13 })).toThrow(RangeError)
    expect(() => dateDigits({ year: 2026, month: 2, day: 29 })).toThrow(RangeError)
    expect(() => dateDigits({ year: 2026.5 })).toThrow(RangeError)
    expect(() => dateDigits({ year: -1 })).toThrow(RangeError)
    const noon = { year: 2026, month: 1, day: 1, hour: 12, minute: 0, second: 0 }
    expect(() => dateTimeDigits({ ...noon, hour: 24 })).toThrow(RangeError)
    expect(() => dateTimeDigits({ ...noon, second: 60 })).toThrow(RangeError)
    expect(isCalendarDate({ year: 2026, month: 4, day: 31 })).toBe(false)
    expect(isCalendarDate({ year: 2026, month: 0, day: 1 })).toBe(false)
  })

  test('a moment that is none is left out and reported', () => {
    for (const content of ['20240230120000', '20240101250000', 'x', '2024010112000']) {
      const deviations = new Deviations()
      const element = readOnly(encodeElement(TAG, new TextEncoder().encode(content)))
      expect(readDateTime(element, deviations, '9303-10 §4.7.12')).toBeUndefined()
      expect(deviations.list.map(({ code }) => code)).toEqual(['lds.date-unreadable'])
    }
  })
})
