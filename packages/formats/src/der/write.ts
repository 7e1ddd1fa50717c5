import { compareBytes } from '../tlv/bytes.ts'
import { concat, encodeElement } from '../tlv/write.ts'
import { isPrintable } from './read.ts'
import * as tags from './tags.ts'

/** SEQUENCE of parts already encoded. [X.690 §8.9] */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array =>
  encodeElement(tags.SEQUENCE, ...parts)

/** SET OF: the parts are put into ascending order. [X.690 §11.6] */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  encodeElement(tags.SET, ...[...parts].sort(compareBytes))

/** `[n]` around a value (EXPLICIT), or the content of a constructed IMPLICIT one. */
export const context = (n: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  encodeElement(tags.contextConstructed(n), ...parts)

/** `[n]` in place of a primitive tag (IMPLICIT); `content` is the content octets. */
export const implicit = (n: number, content: Uint8Array): Uint8Array =>
  encodeElement(tags.contextPrimitive(n), content)

export const boolean = (value: boolean): Uint8Array =>
  encodeElement(tags.BOOLEAN, Uint8Array.of(value ? 0xff : 0))

export const nullValue = (): Uint8Array => encodeElement(tags.NULL)

/** A whole number from 0 to 2^53 - 1. [X.690 §8.3] */
export function integer(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('integer: from 0 to 2^53 - 1')
  if (value < 0x80) return Uint8Array.of(tags.INTEGER, 1, value)
  const octets: number[] = []
  let rest = value
  do {
    octets.unshift(rest % 256)
    rest = Math.floor(rest / 256)
  } while (rest > 0)
  return unsigned(Uint8Array.from(octets))
}

/** A non-negative INTEGER from big-endian octets, with or without leading zeros. [X.690 §8.3] */
export function unsigned(magnitude: Uint8Array): Uint8Array {
  let from = 0
  while (from < magnitude.length - 1 && magnitude[from] === 0) from++
  const body = magnitude.subarray(from)
  if (body.length === 0) return encodeElement(tags.INTEGER, Uint8Array.of(0))
  return (body[0]! & 0x80) === 0
    ? encodeElement(tags.INTEGER, body)
    : encodeElement(tags.INTEGER, Uint8Array.of(0), body)
}

/** Those written before: a paper has some thirty of them, always the same. */
const written = new Map<string, Uint8Array>()
const MOST_WRITTEN = 1_000

/** An OBJECT IDENTIFIER from its dotted form. [X.690 §8.19] */
export function oid(dotted: string): Uint8Array {
  const before = written.get(dotted)
  if (before !== undefined) return before.slice()
  const encoded = encodeOid(dotted)
  if (written.size < MOST_WRITTEN) written.set(dotted, encoded.slice())
  return encoded
}

function encodeOid(dotted: string): Uint8Array {
  const arcs = dotted.split('.').map(Number)
  const octets: number[] = []
  const push = (arc: number) => {
    const septets = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
      septets.unshift((rest % 128) | 0x80)
    octets.push(...septets)
  }
  push(arcs[0]! * 40 + arcs[1]!)
  for (const arc of arcs.slice(2)) push(arc)
  return encodeElement(tags.OID, Uint8Array.from(octets))
}

export const octetString = (bytes: Uint8Array): Uint8Array => encodeElement(tags.OCTET_STRING, bytes)

/** A BIT STRING of whole octets, or with `unusedBits` of the last one left out. [X.690 §8.6] */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Uint8Array =>
  encodeElement(tags.BIT_STRING, Uint8Array.of(unusedBits), bytes)

/**
 * A BIT STRING of named bits: the numbers of those that are set; trailing zero bits are left out. [X.690 §11.2.2]
 */
export function namedBits(...set: readonly number[]): Uint8Array {
  if (set.length === 0) return bitString(new Uint8Array(0))
  const highest = Math.max(...set)
  const bytes = new Uint8Array((highest >> 3) + 1)
  for (const bit of set) bytes[bit >> 3]! |= 0x80 >> (bit & 7)
  return bitString(bytes, 7 - (highest & 7))
}

const encoder = new TextEncoder()

export const utf8String = (text: string): Uint8Array => encodeElement(tags.UTF8_STRING, encoder.encode(text))

/** @throws RangeError for a character PrintableString does not have */
export function printableString(text: string): Uint8Array {
  if (!isPrintable(text)) throw new RangeError('printableString: a character outside PrintableString')
  return encodeElement(tags.PRINTABLE_STRING, encoder.encode(text))
}

/** @throws RangeError for a character outside ASCII */
export function ia5String(text: string): Uint8Array {
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) > 0x7f) throw new RangeError('ia5String: a character outside ASCII')
  return encodeElement(tags.IA5_STRING, encoder.encode(text))
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

function stamp(date: Date): string {
  return (
    digits(date.getUTCMonth() + 1, 2) +
    digits(date.getUTCDate(), 2) +
    digits(date.getUTCHours(), 2) +
    digits(date.getUTCMinutes(), 2) +
    digits(date.getUTCSeconds(), 2)
  )
}

/** YYYYMMDDHHMMSSZ; fractions of a second are dropped. [X.690 §11.7] */
export const generalizedTime = (date: Date): Uint8Array =>
  encodeElement(tags.GENERALIZED_TIME, encoder.encode(`${digits(date.getUTCFullYear(), 4)}${stamp(date)}Z`))

/** UTCTime to the end of 2049, GeneralizedTime from 2050 on. [RFC5280 §4.1.2.5] [9303-12 §7.1] */
export function time(date: Date): Uint8Array {
  const year = date.getUTCFullYear()
  if (year < 1950 || year > 2049) return generalizedTime(date)
  return encodeElement(tags.UTC_TIME, encoder.encode(`${digits(year % 100, 2)}${stamp(date)}Z`))
}

export { concat, encodeElement }
