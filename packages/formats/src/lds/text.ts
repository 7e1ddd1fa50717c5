import { FormatError } from '../format-error.ts'
import { type Element, encodeElement, latin1 } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/**
 * The text of an element: UTF-8, and where it is not that, ISO 8859-1, which some issuers wrote.
 * What it holds is untrusted: a page or a terminal escapes it. [9303-10 §4.7.11]
 */
export function readText(element: Element, deviations: Deviations, cites: string): string {
  if (element.length === 0) deviations.add('lds.element-empty', element.start, cites)
  try {
    return utf8.decode(element.content)
  } catch {
    deviations.add('lds.text-not-utf8', element.start, cites)
    return latin1(element.content)
  }
}

/** @throws RangeError for an empty text, or half a surrogate pair */
export function encodeText(tag: number, text: string): Uint8Array {
  if (text === '' || /\p{Cs}/u.test(text)) throw new RangeError('encodeText: not a text')
  return encodeElement(tag, encoder.encode(text))
}

/** Characters of ASCII that print, space included. @throws FormatError with the given code */
export function readAscii(
  element: Element,
  code: 'lds.mrz-character' | 'lds.com-version',
  cites: string,
): string {
  for (const octet of element.content)
    if (octet < 0x20 || octet > 0x7e) throw new FormatError(code, element.start, cites)
  return latin1(element.content)
}

/**
 * The parts of an address, a place or a list of numbers, which `<` separates. Empty parts, which some
 * issuers leave at the ends, are dropped. [9303-10 §4.7.11]
 */
export function partsOf(text: string): string[] {
  return text.split('<').filter((part) => part.trim() !== '')
}

/**
 * A name as a data group writes it: primary and secondary identifier with `<<` between, single `<` for
 * spaces. A name without `<<` is all primary. [9303-10 §4.7.11]
 */
export function splitName(text: string): { primary: string; secondary: string } {
  const at = text.indexOf('<<')
  const words = (part: string) => part.split('<').filter(Boolean).join(' ').trim()
  if (at < 0) return { primary: words(text), secondary: '' }
  return { primary: words(text.slice(0, at)), secondary: words(text.slice(at)) }
}
