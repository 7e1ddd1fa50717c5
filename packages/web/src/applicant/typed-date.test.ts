import { expect, test } from 'vitest'
import { dateOf, fieldsOf } from './typed-date.ts'

test.each([
  [['12', '4', '1987'], '1987-04-12'],
  [['', '4', '1987'], '1987-04-XX'],
  [['', '', '1987'], '1987-XX-XX'],
  [['29', '02', '2024'], '2024-02-29'],
  [['29', '2', '2023'], 'wrong'],
  [['31', '4', '1987'], 'wrong'],
  [['0', '4', '1987'], 'wrong'],
  [['1', '13', '1987'], 'wrong'],
  [['1', '1', '87'], 'wrong'],
  [['x', '1', '1987'], 'wrong'],
  [['12', '', '1987'], 'order'],
  [['12', '4', ''], 'order'],
])('%j is %s', ([day, month, year], date) => {
  expect(dateOf({ day: day!, month: month!, year: year! })).toBe(date)
})

test('a kept date is shown as it was typed', () => {
  expect(fieldsOf('1987-04-XX')).toEqual({ day: '', month: '4', year: '1987' })
  expect(fieldsOf('')).toEqual({ day: '', month: '', year: '' })
})
