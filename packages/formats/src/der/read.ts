import { FormatError } from '../format-error.ts'
import { compareBytes, latin1 } from '../tlv/bytes.ts'
import type { Element } from '../tlv/element.ts'
import { childrenOf } from '../tlv/read.ts'
import * as tags from './tags.ts'

function expect(element: Element, tag: number, cites: string): void {
  if (element.tag !== tag) throw new FormatError('tlv.unexpected-tag', element.start, cites)
}

/** [X.690 §8.2, §11.1] @throws FormatError der.boolean */
export function readBoolean(element: Element): boolean {
  expect(element, tags.BOOLEAN, 'X.690 §8.2')
  const value = element.input[element.contentStart]
  if (element.length !== 1 || (value !== 0 && value !== 0xff))
    throw new FormatError('der.boolean', element.start, 'X.690 §11.1')
  return value === 0xff
}

/**
 * The octets of an INTEGER, two's complement, as a view; checked to be minimal. The tag is not looked at,
 * so that implicitly tagged and ENUMERATED values can be read too. [X.690 §8.3]
 * @throws FormatError der.integer-empty, der.integer-not-minimal
 */
export function integerOctets(element: Element): Uint8Array {
  const { input, contentStart: at, length } = element
  if (length === 0) throw new FormatError('der.integer-empty', element.start, 'X.690 §8.3.1')
  if (length > 1) {
    const first = input[at]!
    const signOfSecond = input[at + 1]! & 0x80
    if ((first === 0 && signOfSecond === 0) || (first === 0xff && signOfSecond !== 0))
      throw new FormatError('der.integer-not-minimal', element.start, 'X.690 §8.3.2')
  }
  return element.content
}

/**
 * An INTEGER that is not negative and fits 48 bits.
 * @throws FormatError der.integer-negative, der.integer-too-large
 */
export function readSmallInteger(element: Element): number {
  expect(element, tags.INTEGER, 'X.690 §8.3')
  return smallInteger(element)
}

/** As {@link readSmallInteger}, for a value whose tag was replaced (IMPLICIT). */
export function smallInteger(element: Element): number {
  const octets = integerOctets(element)
  if ((octets[0]! & 0x80) !== 0) throw new FormatError('der.integer-negative', element.start, 'X.690 §8.3')
  if (octets.length > 7) throw new FormatError('der.integer-too-large', element.start, 'X.690 §8.3')
  let value = 0
  for (const octet of octets) value = value * 256 + octet
  if (value > Number.MAX_SAFE_INTEGER)
    throw new FormatError('der.integer-too-large', element.start, 'X.690 §8.3')
  return value
}

/**
 * The magnitude of a non-negative INTEGER without its sign octet, big-endian, as a view.
 * @param mostOctets refuses larger ones; 2,048 octets hold the largest RSA modulus met
 * @throws FormatError der.integer-negative, der.integer-too-large
 */
export function readUnsigned(element: Element, mostOctets = 2048): Uint8Array {
  expect(element, tags.INTEGER, 'X.690 §8.3')
  const octets = integerOctets(element)
  if ((octets[0]! & 0x80) !== 0) throw new FormatError('der.integer-negative', element.start, 'X.690 §8.3')
  const magnitude = octets.length > 1 && octets[0] === 0 ? octets.subarray(1) : octets
  if (magnitude.length > mostOctets)
    throw new FormatError('der.integer-too-large', element.start, 'X.690 §8.3')
  return magnitude
}

/** Known object identifiers come again and again; a small table saves most of the work. */
const seenOids = new Map<string, string>()

/**
 * An OBJECT IDENTIFIER in dotted form, at most 64 octets and arcs to 2^31. [X.690 §8.19]
 * @throws FormatError der.oid-*
 */
export function readOid(element: Element): string {
  expect(element, tags.OID, 'X.690 §8.19')
  return oidContent(element)
}

function oidContent(element: Element): string {
  const { input, contentStart, contentEnd, start, length } = element
  if (length === 0) throw new FormatError('der.oid-empty', start, 'X.690 §8.19.2')
  if (length > 64) throw new FormatError('der.oid-too-large', start, 'X.690 §8.19')
  const key = latin1(element.content)
  const seen = seenOids.get(key)
  if (seen !== undefined) return seen
  if ((input[contentEnd - 1]! & 0x80) !== 0)
    throw new FormatError('der.oid-unfinished', start, 'X.690 §8.19.2')
  const arcs: number[] = []
  let arc = 0
  let fresh = true
  for (let at = contentStart; at < contentEnd; at++) {
    const octet = input[at]!
    if (fresh && octet === 0x80) throw new FormatError('der.oid-padded', start, 'X.690 §8.19.2')
    arc = arc * 128 + (octet & 0x7f)
    if (arc > 0x80000000 + 80) throw new FormatError('der.oid-too-large', start, 'X.690 §8.19')
    fresh = (octet & 0x80) === 0
    if (!fresh) continue
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(arc / 40))
      arcs.push(root, arc - root * 40)
    } else arcs.push(arc)
    arc = 0
  }
  const oid = arcs.join('.')
  if (seenOids.size < 512) seenOids.set(key, oid)
  return oid
}

/** [X.690 §8.8] @throws FormatError der.null */
export function readNull(element: Element): void {
  expect(element, tags.NULL, 'X.690 §8.8')
  if (element.length !== 0) throw new FormatError('der.null', element.start, 'X.690 §8.8.2')
}

export interface BitString {
  /** The octets, the last one padded with zero bits. */
  readonly bytes: Uint8Array
  readonly unusedBits: number
}

/** [X.690 §8.6, §11.2] @throws FormatError der.bit-string, der.constructed-string */
export function readBitString(element: Element): BitString {
  if (element.tag === (tags.BIT_STRING | 0x20))
    throw new FormatError('der.constructed-string', element.start, 'X.690 §10.2')
  expect(element, tags.BIT_STRING, 'X.690 §8.6')
  return bitString(element)
}

/** As {@link readBitString}, for a value whose tag was replaced (IMPLICIT). */
export function bitString(element: Element): BitString {
  const { input, contentStart, contentEnd, start } = element
  if (element.length === 0) throw new FormatError('der.bit-string', start, 'X.690 §8.6.2')
  const unusedBits = input[contentStart]!
  if (unusedBits > 7 || (unusedBits > 0 && element.length === 1))
    throw new FormatError('der.bit-string', start, 'X.690 §8.6.2')
  if (unusedBits > 0 && (input[contentEnd - 1]! & ((1 << unusedBits) - 1)) !== 0)
    throw new FormatError('der.bit-string', start, 'X.690 §11.2')
  return { bytes: input.subarray(contentStart + 1, contentEnd), unusedBits }
}

/** The octets of a BIT STRING that holds whole octets: a key, a signature. @throws FormatError der.bit-string */
export function readBitStringOctets(element: Element): Uint8Array {
  const { bytes, unusedBits } = readBitString(element)
  if (unusedBits !== 0) throw new FormatError('der.bit-string', element.start, 'X.690 §8.6')
  return bytes
}

/**
 * The octets of an OCTET STRING: a view, or, where BER rules allow a string in pieces, the pieces joined.
 * [X.690 §8.7, §10.2]
 * @throws FormatError der.constructed-string
 */
export function readOctetString(element: Element): Uint8Array {
  if (element.tag === tags.OCTET_STRING) return element.content
  if (element.tag !== (tags.OCTET_STRING | 0x20))
    throw new FormatError('tlv.unexpected-tag', element.start, 'X.690 §8.7')
  return octetsInPieces(element)
}

/** The content octets of a constructed string, its pieces joined; only under BER rules. [X.690 §8.7.3] */
export function octetsInPieces(element: Element): Uint8Array {
  if (element.rules.lengths === 'der')
    throw new FormatError('der.constructed-string', element.start, 'X.690 §10.2')
  element.rules.onTolerated?.('der.constructed-string', element.start)
  const pieces = childrenOf(element).map(readOctetString)
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf16be = new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true })
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/

/**
 * A character string of any type that names use. T61 (TeletexString) is read as ISO 8859-1, as everyone does.
 * PrintableString is read leniently: real certificates hold `_`, `&` or `@` in it; `pki` lint reports it.
 * @throws FormatError der.string
 */
export function readString(element: Element): string {
  const bad = () => new FormatError('der.string', element.start, 'X.690 §8.23')
  switch (element.tag) {
    case tags.UTF8_STRING:
      // Names are ASCII most of the time, and a decoder costs more than all the rest of reading one.
      if (isAscii(element)) return latin1(element.content)
      try {
        return utf8.decode(element.content)
      } catch {
        throw bad()
      }
    case tags.BMP_STRING:
      if (element.length % 2 !== 0) throw bad()
      try {
        return utf16be.decode(element.content)
      } catch {
        throw bad()
      }
    case tags.PRINTABLE_STRING:
    case tags.IA5_STRING:
    case tags.VISIBLE_STRING:
    case tags.NUMERIC_STRING:
      if (!isAscii(element)) throw bad()
      return latin1(element.content)
    case tags.TELETEX_STRING:
      return latin1(element.content)
    default:
      throw new FormatError('tlv.unexpected-tag', element.start, 'X.690 §8.23')
  }
}

function isAscii({ input, contentStart, contentEnd }: Element): boolean {
  for (let at = contentStart; at < contentEnd; at++) if (input[at]! > 0x7f) return false
  return true
}

/** Whether a text has only the characters of PrintableString. [X.690 §8.23] */
export function isPrintable(text: string): boolean {
  return PRINTABLE.test(text)
}

/**
 * UTCTime (two-digit years: 50–99 are 19xx) or GeneralizedTime, in UTC with seconds and `Z` only.
 * [X.690 §11.7, §11.8] [RFC5280 §4.1.2.5]
 * @throws FormatError der.time
 */
export function readTime(element: Element): Date {
  const short = element.tag === tags.UTC_TIME
  if (!short && element.tag !== tags.GENERALIZED_TIME)
    throw new FormatError('tlv.unexpected-tag', element.start, 'RFC5280 §4.1.2.5')
  return time(element, short)
}

/** As {@link readTime}, for a GeneralizedTime whose tag was replaced (IMPLICIT). */
export function generalizedTime(element: Element): Date {
  return time(element, false)
}

function time(element: Element, short: boolean): Date {
  const bad = () => new FormatError('der.time', element.start, short ? 'X.690 §11.8' : 'X.690 §11.7')
  const { input, contentEnd } = element
  let at = element.contentStart
  if (element.length !== (short ? 13 : 15) || input[contentEnd - 1] !== 0x5a) throw bad()
  const pair = (): number => {
    const tens = input[at++]! - 0x30
    const ones = input[at++]! - 0x30
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw bad()
    return tens * 10 + ones
  }
  let year = pair()
  if (short) year += year >= 50 ? 1900 : 2000
  else year = year * 100 + pair()
  const month = pair()
  const day = pair()
  const hour = pair()
  const minute = pair()
  const second = pair()
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  if (
    date.getUTCFullYear() !== year ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    date.getUTCHours() !== hour ||
    date.getUTCMinutes() !== minute ||
    date.getUTCSeconds() !== second
  )
    throw bad()
  return date
}

/** Whether the elements of a SET OF stand in the order DER asks for. [X.690 §11.6] */
export function inSetOrder(elements: readonly Element[]): boolean {
  for (let i = 1; i < elements.length; i++)
    if (compareBytes(elements[i - 1]!.encoded, elements[i]!.encoded) > 0) return false
  return true
}
