import { expect, test } from 'vitest'
import { formValues } from '../../server/body.ts'
import { dayOf, isEmptyDay, typedDay, typedFrom } from './typed-day.ts'

test('a day that a calendar has is one, however it is typed', () => {
  expect(dayOf({ day: '3', month: '2', year: '2027' })).toBe('2027-02-03')
  expect(dayOf({ day: '03', month: '02', year: '2027' })).toBe('2027-02-03')
  expect(dayOf({ day: '29', month: '2', year: '2028' })).toBe('2028-02-29')
})

test('a day that no calendar has is none', () => {
  for (const [day, month, year] of [
    ['29', '2', '2027'],
    ['31', '4', '2027'],
    ['0', '1', '2027'],
    ['1', '13', '2027'],
    ['1', '1', '27'],
    ['', '', ''],
    ['١', '1', '2027'],
  ] as const)
    expect(dayOf({ day, month, year })).toBeUndefined()
})

test('what is filled in for the officer comes back as it was', () => {
  const typed = typedFrom(new Date('2026-11-04T00:00:00Z'))
  const form = formValues(Object.entries(typed).map(([part, value]) => [`day-${part}`, value] as const))
  expect(dayOf(typedDay(form, 'day'))).toBe('2026-11-04')
  expect(isEmptyDay(typedDay(form, 'until'))).toBe(true)
})
