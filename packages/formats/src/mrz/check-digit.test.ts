import { expect, test } from 'vitest'
import { FormatError } from '../format-error.ts'
import { checkDigit } from './check-digit.ts'

// [9303-3 appendix A], examples 1 to 5.
test.each([
  ['a date', '520727', '3'],
  ['a document number with fillers', 'AB2134<<<', '5'],
  ['the composite of a TD3', 'HA672242<658022549601086<<<<<<<<<<<<<<0', '8'],
  ['the composite of a TD1', 'D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<', '2'],
  ['the composite of a TD2', 'HA672242<658022549601086<<<<<<<', '8'],
])('the check digit of %s is that of the standard', (_, field, expected) => {
  expect(checkDigit(field)).toBe(expected)
})

test('nothing has the check digit 0', () => {
  expect(checkDigit('')).toBe('0')
  expect(checkDigit('<<<<<<')).toBe('0')
})

test.each(['a', 'AB 1', '12\u00004', 'АВ', '1:2', '1@'])('%j is refused, with the place', (field) => {
  const thrown = caught(() => checkDigit(field))
  expect(thrown.code).toBe('mrz.character')
  expect(field.charAt(thrown.at)).not.toMatch(/[A-Z0-9<]/)
})

function caught(run: () => unknown): FormatError {
  try {
    run()
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
