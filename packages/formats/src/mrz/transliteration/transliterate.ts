import { firstStep, type Spellings, spellingsOf, type TransliterationOptions } from './spellings.ts'

/**
 * A name in the letters A–Z, from Latin with marks, Cyrillic, Arabic script, Georgian, Armenian or Greek.
 * Space, hyphen, apostrophe, comma and other ASCII punctuation stay as they are: writing them into an MRZ is
 * the encoder's rule. Composed and decomposed input give the same. [9303-3 §6]
 *
 * Throws FormatError `mrz.transliteration`, with the offset in UTF-16 units, for a character without a
 * mapping (a digit too: names have none [9303-3 §4.6]), and `mrz.transliteration-length` for a text of more
 * than 512.
 */
export function transliterate(text: string, options: TransliterationOptions): string {
  return written(spellingsOf(text, options, 'write'), 0)
}

/** What a document writes from a place to the end; `preferred` is a scheme to be followed where it can. */
export function written(spellings: Spellings, from: number, preferred?: number): string {
  let out = ''
  for (let i = from; i < spellings.letters.length; ) {
    const step = firstStep(spellings, i, preferred)
    out += step.write
    i = step.to
  }
  return out
}
