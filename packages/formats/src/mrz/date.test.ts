import { expect, test } from 'vitest'
import { encodeDate, parseDate, resolveBirth, resolveExpiry, startOfDay } from './date.ts'

const at = new Date('2026-06-15T12:00:00Z')

test.each([
  ['420712', { year: 42, month: 7, day: 12 }],
  ['<<<<<<', { year: undefined, month: undefined, day: undefined }],
  ['74<<<<', { year: 74, month: undefined, day: undefined }],
  ['7408<<', { year: 74, month: 8, day: undefined }],
  ['<<0812', { year: undefined, month: 8, day: 12 }],
  ['000229', { year: 0, month: 2, day: 29 }],
  ['<<0229', { year: undefined, month: 2, day: 29 }],
  ['74<<31', { year: 74, month: undefined, day: 31 }],
])('%s is a date', (text, expected) => {
  expect(parseDate(text, 0)).toEqual(expected)
})

test.each([
  '740231',
  '740229',
  '741301',
  '740001',
  '740800',
  '740832',
  '<<0230',
  '7<0812',
  '74<812',
  '74O812',
  '000000',
])('%s is no date', (text) => {
  expect(parseDate(text, 0)).toBeUndefined()
})

test('12 July 1942 is written as the standard shows it', () => {
  expect(encodeDate({ year: 1942, month: 7, day: 12 })).toBe('420712')
})

test('unknown parts of a date are written as fillers', () => {
  expect(encodeDate({ year: 1974, month: undefined, day: undefined })).toBe('74<<<<')
  expect(encodeDate({ year: undefined, month: undefined, day: undefined })).toBe('<<<<<<')
})

test.each([
  { year: 1974, month: 2, day: 30 },
  { year: 1900, month: 2, day: 29 },
  { year: 1974, month: 13, day: 1 },
  { year: 1974, month: 1.5, day: 1 },
  { year: -1, month: 1, day: 1 },
  { year: -5, month: 1, day: 1 },
  { year: 1974, month: -2, day: 1 },
  { year: Number.NaN, month: 1, day: 1 },
  { year: 10_000, month: 1, day: 1 },
])('%j is not written', (date) => {
  expect(() => encodeDate(date)).toThrow('mrz.date')
})

test.each([
  ['260615', 2026],
  ['260616', 1926],
  ['2606<<', 2026],
  ['2607<<', 1926],
  ['26<<<<', 2026],
  ['27<<<<', 1927],
  ['000101', 2000],
  ['990101', 1999],
])('somebody born on %s was born in %i', (text, year) => {
  expect(resolveBirth(parseDate(text, 0)!, at)?.year).toBe(year)
})

test('a birth of an unknown year stays unknown', () => {
  expect(resolveBirth(parseDate('<<0812', 0)!, at)).toBeUndefined()
})

test('29 February of a year that was not a leap year in its century is no day', () => {
  expect(resolveBirth(parseDate('000229', 0)!, new Date('1999-01-01T00:00:00Z'))).toBeUndefined()
})

test.each([
  ['340101', undefined, 2034],
  ['750101', undefined, 2075],
  ['760101', undefined, 1976],
  ['990101', undefined, 1999],
  ['850101', '2030-01-01', 2085],
  ['900101', '2030-01-01', 1990],
  ['350101', '1999-01-01', 2035],
  ['080101', '1998-01-01', 2008],
])('an expiry of %s, issued %s, is in %i', (text, issued, year) => {
  const issuedAt = issued === undefined ? undefined : new Date(`${issued}T00:00:00Z`)
  expect(resolveExpiry(parseDate(text, 0)!, { issuedAt, at })?.year).toBe(year)
})

test('a day begins at midnight UTC; an incomplete one does not begin', () => {
  expect(startOfDay({ year: 2034, month: 4, day: 15 })?.toISOString()).toBe('2034-04-15T00:00:00.000Z')
  expect(startOfDay({ year: 2034, month: 4, day: undefined })).toBeUndefined()
})
