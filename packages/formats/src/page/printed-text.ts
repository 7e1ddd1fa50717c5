import { PageError } from './page-error.ts'

/**
 * What may stand on a page: letters of the scripts that the page has fonts for, their marks, digits,
 * punctuation and spaces. A sign that turns the direction of writing would let a name show as another.
 */
const PRINTABLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Arabic}\p{M}\p{Nd}\p{P}\p{S} ]$/u
const PICTURE = /\p{Extended_Pictographic}/u

/**
 * A text for the page as it was given, in composed form and without blanks around it.
 * @param most code points at most
 * @throws PageError page.empty, page.too-long, page.character
 */
export function printedText(text: string, field: string, most: number): string {
  // Before anything is done with it: an input of any length costs no more than its limit.
  if (text.length > 8 * most) throw new PageError('page.too-long', field, most)
  const composed = text.normalize('NFC').trim()
  if (composed === '') throw new PageError('page.empty', field)
  const characters = [...composed]
  if (characters.length > most) throw new PageError('page.too-long', field, most)
  const foreign = characters.findIndex((character) => !isPrintable(character))
  if (foreign !== -1) throw new PageError('page.character', field, foreign)
  return composed
}

function isPrintable(character: string): boolean {
  // Digits, # and * count as pictures in Unicode, because a keycap may be drawn around them.
  return PRINTABLE.test(character) && (character < '\u00a9' || !PICTURE.test(character))
}

/**
 * A name as it is printed: as the holder writes it, then in the letters of the zone, unless these say the
 * same. [9303-3 §3.4]
 * @returns the text and its transcription; the latter is empty where one is enough
 */
export function printedName(
  written: string,
  transcribed: string,
): { readonly written: string; readonly transcribed: string } {
  if (written.toUpperCase() === transcribed) return { written: transcribed, transcribed: '' }
  return { written, transcribed }
}
