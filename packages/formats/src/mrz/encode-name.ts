import { FormatError } from '../format-error.ts'
import { truncateName } from './truncate-name.ts'

/** Longer than any name; a limit against crafted input. */
const LONGEST_NAME = 1_000

/** The two parts of a name: letters A–Z with spaces, hyphens, apostrophes and other punctuation. */
export interface NameToWrite {
  readonly primary: string
  /** Empty for a person with one name only. */
  readonly secondary: string
}

/**
 * The name field of a zone: what fits is written whole, and filled up; what does not is shortened so that
 * the field ends with a letter. Where only one part has letters, it is written as the primary. [9303-3 §4.6]
 * @param width characters of the field: 39, 31 or 30
 * @throws FormatError mrz.name-character, mrz.name-empty, mrz.too-long
 */
export function encodeName(name: NameToWrite, width: number): string {
  const parts = [nameComponents(name.primary), nameComponents(name.secondary)].filter(
    (part) => part.length > 0,
  )
  const [primary, secondary = []] = parts
  if (primary === undefined) throw new FormatError('mrz.name-empty', 0, '9303-3 §4.6')
  const whole = parts.map((part) => part.join('<')).join('<<')
  if (whole.length <= width) return whole.padEnd(width, '<')
  return truncateName(primary, secondary, width)
}

/**
 * The components of one part of a name. Apostrophes and other punctuation are dropped and join what they
 * stood between; hyphens, commas, spaces and fillers part it. [9303-3 §4.6]
 * @throws FormatError mrz.name-character for a letter or digit that the zone does not have, mrz.too-long
 */
export function nameComponents(text: string): string[] {
  if (text.length > LONGEST_NAME) throw new FormatError('mrz.too-long', LONGEST_NAME, '9303-3 §4.6')
  const foreign = text.search(FOREIGN)
  if (foreign !== -1) throw new FormatError('mrz.name-character', foreign, '9303-3 §4.6')
  return text
    .replace(PARTING, '<')
    .replace(DROPPED, '')
    .split('<')
    .filter((component) => component !== '')
}

// A letter, mark, digit or control character that transliteration should have replaced. Modifier letters
// such as U+02BC are apostrophes here.
const FOREIGN = /(?![A-Z\s])[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}\p{N}\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u
const PARTING = /[\s\p{Z}\p{Pd},<\u060C\u3001\uFF0C]/gu
const DROPPED = /[^A-Z<]/gu
