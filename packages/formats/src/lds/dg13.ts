import { smallInteger, tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { FormatError } from '../format-error.ts'
import { type Element, encodeElement, Fields, latin1, readElement, sameBytes } from '../tlv/index.ts'
import { type CalendarDate, dateDigits, isCalendarDate } from './dates.ts'
import type { Deviation } from './deviation.ts'
import { openFile } from './file.ts'
import type { ReturnRight } from './return-right.ts'

const CITES = '9303-10 §4.7.13'

/*
 * DG13 is for what the issuing state decides, so its content is ours to define:
 *
 *   6D { ReturnRightRecord }
 *
 *   ReturnRightRecord ::= SEQUENCE {
 *     marker       UTF8String ("nansen.return-right"),
 *     version      INTEGER (1),
 *     returnRight  ENUMERATED { none(0), untilDate(1), whileValid(2), unlimited(3) },
 *     returnUntil  NumericString (SIZE (8)) OPTIONAL,   -- YYYYMMDD, there exactly with untilDate
 *     status       StatusReference OPTIONAL }
 *
 *   StatusReference ::= SEQUENCE {
 *     uri          IA5String (SIZE (1..2048)),          -- https, where the status list is published
 *     index        INTEGER (0..2147483647) }            -- place of this document in it
 *
 * Other states put anything at all into DG13, not always in tags, so the record must say what it is in its
 * first octets. An object identifier would need an arc, and nobody has given this project one; a name needs
 * none. Twenty-one octets of tag, length and name cannot come about by chance, and nobody else has a reason
 * to write them. A DG13 without them is foreign: it is kept as it is and is never an error.
 */
const MARKER = der.utf8String('nansen.return-right')
const VERSION = 1
const MAX_URI = 2048
const MAX_INDEX = 0x7fffffff
const KINDS = ['none', 'until-date', 'while-valid', 'unlimited'] as const

/** Where the present state of the document is published. */
export interface StatusReference {
  /** https. Whoever fetches it decides first which hosts it fetches from. */
  readonly uri: string
  readonly index: number
}

export interface ReturnRightRecord {
  readonly returnRight: ReturnRight
  readonly status?: StatusReference | undefined
}

export type Dg13 =
  | (ReturnRightRecord & { readonly kind: 'return-right'; readonly deviations: readonly Deviation[] })
  /** Ours, of a later version than this code. */
  | {
      readonly kind: 'later-version'
      readonly content: Uint8Array
      readonly deviations: readonly Deviation[]
    }
  /** Another state's own details, as they are. */
  | { readonly kind: 'foreign'; readonly content: Uint8Array; readonly deviations: readonly Deviation[] }

/**
 * DG13, optional details: a coded return right, or whatever another state put there. [9303-10 §4.7.13]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.return-right where it begins as a return right and does not go on as one; tlv.*
 */
export function parseDg13(bytes: Uint8Array): Dg13 {
  const { file, deviations } = openFile(bytes, 0x6d, CITES)
  const found = deviations.list
  if (!isOurs(file)) return { kind: 'foreign', content: file.content, deviations: found }
  try {
    const record = readElement(bytes, file.contentStart, file.contentEnd)
    const fields = new Fields(record, CITES)
    fields.take(tags.UTF8_STRING)
    const version = smallInteger(fields.take(tags.INTEGER))
    if (version > VERSION) return { kind: 'later-version', content: file.content, deviations: found }
    if (version !== VERSION || record.end !== file.contentEnd) throw bad(record)
    const value = readRecord(fields, record)
    fields.end()
    return { kind: 'return-right', ...value, deviations: found }
  } catch (error) {
    if (!(error instanceof FormatError) || error.code === 'lds.return-right') throw error
    throw new FormatError('lds.return-right', error.at, CITES)
  }
}

const bad = (at: Element): FormatError => new FormatError('lds.return-right', at.start, CITES)

/** Whether the content is a SEQUENCE, with a length in any form, whose first element is the marker. */
function isOurs(file: Element): boolean {
  const { input, contentStart, contentEnd } = file
  if (input[contentStart] !== tags.SEQUENCE || file.length < 2) return false
  const first = input[contentStart + 1]!
  const at = contentStart + 2 + (first > 0x80 && first < 0x85 ? first - 0x80 : 0)
  return at + MARKER.length <= contentEnd && sameBytes(input.subarray(at, at + MARKER.length), MARKER)
}

function readRecord(fields: Fields, record: Element): ReturnRightRecord {
  const kind = KINDS[smallInteger(fields.take(tags.ENUMERATED))]
  const until = fields.optional(tags.NUMERIC_STRING)
  const reference = fields.optional(tags.SEQUENCE)
  if (kind === undefined || (kind === 'until-date') !== (until !== undefined)) throw bad(record)
  const returnRight: ReturnRight =
    until === undefined
      ? { kind: kind as Exclude<typeof kind, 'until-date'> }
      : { kind: 'until-date', until: readDay(until) }
  return { returnRight, ...(reference && { status: readReference(reference) }) }
}

function readDay(element: Element): CalendarDate {
  const digits = latin1(element.content.subarray(0, 9))
  const day = {
    year: Number(digits.slice(0, 4)),
    month: Number(digits.slice(4, 6)),
    day: Number(digits.slice(6)),
  }
  if (!/^\d{8}$/.test(digits) || !isCalendarDate(day)) throw bad(element)
  return day
}

function readReference(element: Element): StatusReference {
  const fields = new Fields(element, CITES)
  const uri = fields.take(tags.IA5_STRING)
  const index = smallInteger(fields.take(tags.INTEGER))
  fields.end()
  const text = latin1(uri.content.subarray(0, MAX_URI + 1))
  if (!isUri(text) || index > MAX_INDEX) throw bad(element)
  return { uri: text, index }
}

const isUri = (text: string): boolean => text.length <= MAX_URI && /^https:\/\/[!-~]+$/.test(text)

/**
 * A DG13 with a coded return right.
 * @throws RangeError for a day that does not exist, an address that is not https, or an index out of range
 */
export function encodeDg13({ returnRight, status }: ReturnRightRecord): Uint8Array {
  const parts = [MARKER, der.integer(VERSION), enumerated(KINDS.indexOf(returnRight.kind))]
  if (returnRight.kind === 'until-date') {
    if (!isCalendarDate(returnRight.until)) throw new RangeError('encodeDg13: no such date')
    parts.push(encodeElement(tags.NUMERIC_STRING, ascii(dateDigits(returnRight.until))))
  }
  if (status !== undefined) {
    if (!isUri(status.uri)) throw new RangeError('encodeDg13: an https address')
    if (!Number.isInteger(status.index) || status.index < 0 || status.index > MAX_INDEX)
      throw new RangeError('encodeDg13: index from 0 to 2147483647')
    parts.push(der.sequence(der.ia5String(status.uri), der.integer(status.index)))
  }
  return encodeElement(0x6d, der.sequence(...parts))
}

const enumerated = (value: number): Uint8Array => encodeElement(tags.ENUMERATED, Uint8Array.of(value))
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
