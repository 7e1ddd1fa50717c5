import { FormatError } from '../format-error.ts'

/** Marks a code below 128 that no machine readable zone contains. */
export const NO_VALUE = 255

/**
 * The number that stands for a character in check digits, by its code: 0–9 for digits, 10–35 for A–Z,
 * 0 for the filler, {@link NO_VALUE} for the rest. [9303-3 §4.9]
 */
export const VALUES: Uint8Array = valuesOfCharacters()

const WEIGHTS = Uint8Array.of(7, 3, 1)

/**
 * The check digit of one field of a machine readable zone. [9303-3 §4.9]
 * @throws FormatError mrz.character
 */
export function checkDigit(field: string): string {
  for (let i = 0; i < field.length; i++)
    if ((VALUES[field.charCodeAt(i)] ?? NO_VALUE) === NO_VALUE)
      throw new FormatError('mrz.character', i, '9303-3 §4.3')
  return String(weightedSum(field, 0, field.length) % 10)
}

/**
 * The weighted sum of `text` from `start` up to `end`, whose characters have been checked before.
 * @param before how many characters were weighted before these, where one check digit covers several parts
 */
export function weightedSum(text: string, start: number, end: number, before = 0): number {
  let sum = 0
  let turn = before % 3
  for (let i = start; i < end; i++) {
    sum += VALUES[text.charCodeAt(i)]! * WEIGHTS[turn]!
    turn = turn === 2 ? 0 : turn + 1
  }
  return sum
}

function valuesOfCharacters(): Uint8Array {
  const values = new Uint8Array(128).fill(NO_VALUE)
  for (let digit = 0; digit < 10; digit++) values[0x30 + digit] = digit
  for (let letter = 0; letter < 26; letter++) values[0x41 + letter] = 10 + letter
  values['<'.charCodeAt(0)] = 0
  return values
}
