import type { SqlValue } from './store.ts'

/**
 * SQL values as text, the same for both drivers, so that neither's own habits (local time, numbers that lose digits,
 * octets as another type) come into what is stored.
 */

/** What a driver sends for a value; octets by themselves stay octets. @throws RangeError for what SQL cannot hold */
export function encodeValue(value: SqlValue): string | Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value
  return Array.isArray(value)
    ? encodeArray(value)
    : encodeScalar(value as Exclude<SqlValue, null | readonly SqlValue[]>)
}

function encodeScalar(value: string | number | bigint | boolean | Uint8Array | Date): string {
  if (typeof value === 'string') return text(value)
  if (value instanceof Uint8Array) return `\\x${viewOf(value).toString('hex')}`
  if (value instanceof Date) return moment(value)
  // The one number that String() does not tell from another.
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  throw new TypeError('no SQL value')
}

function encodeArray(values: readonly SqlValue[]): string {
  const elements = values.map((value) => {
    if (value === null) return 'NULL'
    if (Array.isArray(value)) return encodeArray(value)
    return `"${encodeScalar(value as Exclude<SqlValue, null | readonly SqlValue[]>).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}

/** PostgreSQL has no NUL in text, and half a surrogate pair would come back as another character. */
function text(value: string): string {
  if (/[\0\p{Surrogate}]/u.test(value)) throw new RangeError('text that cannot be stored')
  return value
}

function moment(value: Date): string {
  const year = value.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) throw new RangeError('moment out of range')
  return value.toISOString()
}

export function viewOf(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
}

type Parser = (text: string) => unknown

function octets(value: string): Uint8Array {
  if (!value.startsWith('\\x')) throw new RangeError('octets in another notation')
  const result = new Uint8Array((value.length - 2) / 2)
  viewOf(result).write(value.slice(2), 'hex')
  return result
}

function int8(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError('int8 that a number cannot hold')
  return number
}

/** `2026-11-23 10:00:00.123456+00`: sessions run in UTC, and what is finer than a millisecond is not ours. */
function date(value: string): Date {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\+00$/.exec(value)
  if (match === null) throw new RangeError('moment out of range')
  return new Date(`${match[1]}T${match[2]}${(match[3] ?? '.').padEnd(4, '0').slice(0, 4)}Z`)
}

const SCALARS: Readonly<Record<number, Parser>> = {
  16: (value) => value === 't',
  17: octets,
  20: int8,
  21: Number,
  23: Number,
  25: String,
  700: Number,
  701: Number,
  1043: String,
  1184: date,
}

/** Object identifier of an array type → of its elements. */
const ARRAYS: Readonly<Record<number, number>> = {
  1000: 16,
  1001: 17,
  1016: 20,
  1005: 21,
  1007: 23,
  1009: 25,
  1021: 700,
  1022: 701,
  1015: 1043,
  1185: 1184,
}

/** Reads a value of the type with this object identifier; types that we do not use stay text. */
export function parserOf(type: number): Parser {
  const element = ARRAYS[type]
  if (element !== undefined) return (value) => parseArray(value, SCALARS[element]!)
  return SCALARS[type] ?? String
}

function parseArray(text: string, parse: Parser): unknown[] {
  // Each array being filled, the outermost first; the first stands for what is around it.
  const open: unknown[][] = [[]]
  const tokens = /\{|\}|,|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gsy
  for (const [token, quoted, bare] of text.matchAll(tokens)) {
    if (token === '{') {
      const inner: unknown[] = []
      open.at(-1)!.push(inner)
      open.push(inner)
    } else if (token === '}') open.pop()
    else if (quoted !== undefined) open.at(-1)!.push(parse(quoted.replace(/\\(.)/gs, '$1')))
    else if (bare !== undefined) open.at(-1)!.push(bare === 'NULL' ? null : parse(bare))
  }
  return open[0]![0] as unknown[]
}
