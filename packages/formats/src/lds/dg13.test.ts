import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as der from '../der/write.ts'
import { encodeElement, hex } from '../tlv/index.ts'
import {
  encodeDg13,
  findReturnRight,
  parseDg13,
  type ReturnRight,
  type ReturnRightRecord,
  returnRightText,
  sameReturnRight,
} from './index.ts'

const day = fc.record({
  year: fc.integer({ min: 1, max: 9999 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
})
const right: fc.Arbitrary<ReturnRight> = fc.oneof(
  fc.constantFrom<ReturnRight>({ kind: 'none' }, { kind: 'while-valid' }, { kind: 'unlimited' }),
  day.map((until) => ({ kind: 'until-date', until }) as const),
)
const record: fc.Arbitrary<ReturnRightRecord> = fc.record(
  {
    returnRight: right,
    status: fc.record({ uri: fc.webUrl({ validSchemes: ['https'] }), index: fc.nat(0x7fffffff) }),
  },
  { requiredKeys: ['returnRight'] },
)

const marker = der.utf8String('nansen.return-right')
const number = (value: number) => der.integer(value)
const kind = (value: number) => encodeElement(0x0a, Uint8Array.of(value))
const digits = (text: string) => encodeElement(0x12, new TextEncoder().encode(text))
const dg13 = (...parts: Uint8Array[]) => encodeElement(0x6d, der.sequence(...parts))

describe('a coded return right', () => {
  test('is written as its definition says', () => {
    const bytes = encodeDg13({
      returnRight: { kind: 'until-date', until: { year: 2031, month: 5, day: 1 } },
      status: { uri: 'https://status.example/1', index: 300 },
    })
    expect(hex(bytes)).toBe(
      '6d47' +
        '3045' +
        `0c13${hex(marker.subarray(2))}` +
        '020101' +
        '0a0101' +
        '12083230333130353031' +
        `301e1618${hex(new TextEncoder().encode('https://status.example/1'))}0202012c`,
    )
  })

  test('reads as it was written, without a deviation', () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(parseDg13(encodeDg13(value))).toEqual({ kind: 'return-right', ...value, deviations: [] })
      }),
    )
  })

  test('of a later version is left to later readers', () => {
    expect(parseDg13(dg13(marker, number(2), kind(9), number(7))).kind).toBe('later-version')
  })

  test.each([
    ['no version', dg13(marker)],
    ['version 0', dg13(marker, number(0), kind(0))],
    ['an unknown right', dg13(marker, number(1), kind(4))],
    ['a date where none belongs', dg13(marker, number(1), kind(0), digits('20310501'))],
    ['no date where one belongs', dg13(marker, number(1), kind(1))],
    ['a date that does not exist', dg13(marker, number(1), kind(1), digits('20310231'))],
    ['an unknown part of a date', dg13(marker, number(1), kind(1), digits('20310500'))],
    ['a date too long', dg13(marker, number(1), kind(1), digits('203105010'))],
    ['something behind', dg13(marker, number(1), kind(0), number(1))],
    [
      'a reference over http',
      dg13(marker, number(1), kind(0), der.sequence(der.ia5String('http://a/'), number(1))),
    ],
    [
      'a reference without index',
      dg13(marker, number(1), kind(0), der.sequence(der.ia5String('https://a/'))),
    ],
    [
      'an index over 2^31',
      dg13(marker, number(1), kind(0), der.sequence(der.ia5String('https://a/'), number(2 ** 31))),
    ],
    ['bytes behind the record', encodeElement(0x6d, der.sequence(marker, number(1), kind(0)), number(1))],
    ['a padded length', encodeElement(0x6d, Uint8Array.of(0x30, 0x81, 27), marker, number(1), kind(0))],
    ['a length beyond the file', encodeElement(0x6d, Uint8Array.of(0x30, 0x40), marker)],
    ['the indefinite form', encodeElement(0x6d, Uint8Array.of(0x30, 0x80), marker, Uint8Array.of(0, 0))],
  ])('that goes wrong after its first octets is an error: %s', (_, bytes) => {
    expect(() => parseDg13(bytes)).toThrow('lds.return-right')
  })

  test('that cannot be is not written', () => {
    const until = { year: 2031, month: 2, day: 29 }
    expect(() => encodeDg13({ returnRight: { kind: 'until-date', until } })).toThrow(RangeError)
    for (const status of [
      { uri: 'http://a/', index: 1 },
      { uri: 'https://a b', index: 1 },
      { uri: `https://${'a'.repeat(2048)}`, index: 1 },
      { uri: 'https://a/', index: -1 },
      { uri: 'https://a/', index: 1.5 },
    ])
      expect(() => encodeDg13({ returnRight: { kind: 'none' }, status })).toThrow(RangeError)
  })
})

describe("another state's own details", () => {
  test('are kept as they are, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
        expect(parseDg13(encodeElement(0x6d, content))).toEqual({ kind: 'foreign', content, deviations: [] })
      }),
    )
  })

  test('are foreign also where they are a sequence, or nearly ours', () => {
    for (const content of [
      der.sequence(),
      der.sequence(number(1)),
      der.sequence(der.utf8String('nansen.return-righ')),
      der.sequence(der.utf8String('nansen.return-rights')),
      Uint8Array.of(0x30),
      marker,
    ])
      expect(parseDg13(encodeElement(0x6d, content)).kind).toBe('foreign')
  })
})

describe('a return right as text', () => {
  test('is found as it was written, alone or among other lines', () => {
    fc.assert(
      fc.property(right, fc.constantFrom('', 'SEE PAGE 5\n', 'A<B<', '\r\n'), (value, before) => {
        expect(findReturnRight(`${before}${returnRightText(value)}`)).toEqual(value)
        expect(findReturnRight(`${returnRightText(value)}\n${before}`)).toEqual(value)
      }),
    )
  })

  test('is found whatever the case and the spaces', () => {
    const until = { year: 2031, month: 5, day: 1 }
    expect(findReturnRight(' Return  right:   until 2031-05-01 ')).toEqual({ kind: 'until-date', until })
  })

  test('is not found in other observations', () => {
    for (const text of ['', 'SEE PAGE 51', 'THE RETURN RIGHT: UNLIMITED', 'RETURN RIGHT UNLIMITED'])
      expect(findReturnRight(text)).toBeUndefined()
  })

  test.each([
    'RETURN RIGHT:',
    'RETURN RIGHT: FOR EVER',
    'RETURN RIGHT: UNTIL 2031-02-29',
    'RETURN RIGHT: UNTIL 01.05.2031',
    'RETURN RIGHT: NONE\nRETURN RIGHT: UNLIMITED',
    'RETURN RIGHT: UNLIMITED\nRETURN RIGHT: PERHAPS',
  ])('that cannot be read, or says two things, is no right: %j', (text) => {
    expect(findReturnRight(text)).toBe('unreadable')
  })

  test('is compared by kind and day', () => {
    fc.assert(
      fc.property(right, right, (a, b) => {
        expect(sameReturnRight(a, a)).toBe(true)
        expect(sameReturnRight(a, b)).toBe(returnRightText(a) === returnRightText(b))
      }),
    )
    const until = { year: 2031, month: 2, day: 29 }
    expect(() => returnRightText({ kind: 'until-date', until })).toThrow(RangeError)
  })
})
