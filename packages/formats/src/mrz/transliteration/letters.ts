import { FormatError } from '../../format-error.ts'
import { SHADDA } from './tables/arabic.ts'

/** Longer than any name a register holds, and short enough that nothing here takes noticeable time. */
export const MAX_NAME = 512

/** Typographic characters that stand for one of ASCII. */
const PUNCTUATION: Readonly<Record<string, string>> = Object.fromEntries([
  // U+2018, U+2019, U+201B, U+2032, U+02B9, U+02BB, U+02BC, U+02BD, U+02BE, U+02BF, U+02C8, U+00B4, U+055A, U+A78C, U+FF07
  ...[...'\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u00b4\u055a\ua78c\uff07'].map(
    (apostrophe) => [apostrophe, "'"],
  ),
  // soft from hard: U+2010 to U+2015, U+2212, U+058A of Armenian, U+05BE, U+FF0D
  ...[...'\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058a\u05be\uff0d'].map((hyphen) => [hyphen, '-']),
  ...[...'\u060c\u3001\uff0c'].map((comma) => [comma, ',']),
  ...[...'\u00b7\u0387\u2027\u30fb'].map((dot) => [dot, '.']),
  ...[
    ...'\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
  ].map((space) => [space, ' ']),
])

/** Signs without a shape that only guide joining and direction: ZWNJ, ZWJ, LRM, RLM, ALM. */
const SHAPELESS = new Set('\u200c\u200d\u200e\u200f\u061c')

const CLUSTER = /\p{Mn}+|\P{Mn}\p{Mn}*/gu

/**
 * A name reduced to the letters the tables know: composed, in upper case, marks taken off where no table has
 * the letter with them, typographic punctuation as ASCII. The same for composed and decomposed input.
 * Throws FormatError `mrz.transliteration` with the place, in UTF-16 units, of a character that has no mapping.
 */
export function lettersOf(text: string, known: ReadonlySet<string>): string {
  if (text.length > MAX_NAME) throw new FormatError('mrz.transliteration-length', MAX_NAME, '9303-3 §4.6')
  let letters = ''
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    letters += plain(cluster, known) ?? reduce(cluster, index, known)
  }
  if (letters.length > MAX_NAME) throw new FormatError('mrz.transliteration-length', 0, '9303-3 §4.6')
  return letters
}

/** Most characters of most names: letters the tables know as they are, or in upper case. */
function plain(cluster: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(cluster)) return cluster
  const upper = cluster.toUpperCase()
  return known.has(upper) ? upper : undefined
}

function reduce(cluster: string, at: number, known: ReadonlySet<string>): string {
  const composed = cluster.normalize('NFC')
  if (/^[ -/:-@[-`{-~]$/.test(composed)) return composed
  if (SHAPELESS.has(composed)) return ''
  const sign = PUNCTUATION[composed]
  if (sign !== undefined) return sign
  if (known.has(composed)) return composed // before upper case: Georgian, and small letters with a row
  let letters = ''
  for (const [one] of upperCase(composed).matchAll(CLUSTER)) letters += letter(one, at, known)
  return letters
}

/** One letter with its marks, in upper case. */
function letter(cluster: string, at: number, known: ReadonlySet<string>): string {
  const sign = PUNCTUATION[cluster] // the apostrophe of ŉ, whose upper case is ʼN
  if (sign !== undefined) return sign
  const [base = '', ...marks] = cluster.normalize('NFD')
  if (!/[\p{L}\p{Nl}]/u.test(base)) throw notALetter(base, at)
  const doubled = marks.includes(SHADDA) ? SHADDA : ''
  const composed = cluster.normalize('NFC')
  if (known.has(composed)) return composed
  for (const mark of marks) {
    const one = (base + mark).normalize('NFC')
    if (known.has(one)) return one + doubled
  }
  if (known.has(base)) return base + doubled
  return compatible(base, at, known) + doubled
}

/** Ligatures, presentation forms and Roman numerals, by what Unicode says they are made of. */
function compatible(base: string, at: number, known: ReadonlySet<string>): string {
  const parts = base.normalize('NFKD')
  if (parts === base) throw new FormatError('mrz.transliteration', at, '9303-3 §6')
  let letters = ''
  for (const [one] of parts.matchAll(CLUSTER)) letters += reduce(one, at, known)
  return letters
}

function notALetter(base: string, at: number): FormatError {
  return new FormatError('mrz.transliteration', at, /\p{Nd}/u.test(base) ? '9303-3 §4.6' : '9303-3 §6')
}

/** Upper case, except Georgian, which is tabulated in the letters people write (U+10D0 and on). */
function upperCase(cluster: string): string {
  if (/^[\u10d0-\u10ff]/u.test(cluster)) return cluster
  if (/^[\u1c90-\u1cbf]/u.test(cluster)) return cluster.toLowerCase()
  return cluster.toUpperCase().normalize('NFC')
}
