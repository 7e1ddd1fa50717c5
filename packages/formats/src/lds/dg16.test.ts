import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeElement, sameBytes } from '../tlv/index.ts'
import { encodeDg16, parseDg16 } from './index.ts'

const text = (tag: number, value: string) => encodeElement(tag, new TextEncoder().encode(value))
const count = (n: number) => encodeElement(0x02, Uint8Array.of(n))
const dg16 = (...parts: Uint8Array[]) => encodeElement(0x70, ...parts)
const codes = (bytes: Uint8Array) => parseDg16(bytes).deviations.map(({ code }) => code)

test('the example of the standard is read without a deviation, and written again octet for octet', () => {
  const bytes = dg16(
    count(2),
    encodeElement(
      0xa1,
      text(0x5f50, '20020101'),
      text(0x5f51, 'SMITH<<CHARLES<R'),
      text(0x5f52, '19525551212'),
      text(0x5f53, '123 MAPLE RD<ANYTOWN<MN<55100'),
    ),
    encodeElement(
      0xa2,
      text(0x5f50, '20020315'),
      text(0x5f51, 'BROWN<<MARY<J'),
      text(0x5f52, '14155551212'),
      text(0x5f53, '49 REDWOOD LN<OCEAN BREEZE<CA<94000'),
    ),
  )
  const { persons, deviations } = parseDg16(bytes)
  expect(deviations).toEqual([])
  expect(persons[1]).toEqual({
    recorded: { year: 2002, month: 3, day: 15 },
    name: 'BROWN<<MARY<J',
    telephone: '14155551212',
    address: '49 REDWOOD LN<OCEAN BREEZE<CA<94000',
  })
  expect(sameBytes(encodeDg16(persons), bytes)).toBe(true)
})

test('what is written reads as the same, without a deviation', () => {
  const words = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  const person = fc.record(
    {
      recorded: fc.record({
        year: fc.integer({ min: 1, max: 9999 }),
        month: fc.integer({ min: 1, max: 12 }),
      }),
      name: words,
      telephone: words,
      address: words,
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 15 }), (persons) => {
      expect(parseDg16(encodeDg16(persons))).toEqual({ persons, unknown: [], deviations: [] })
    }),
  )
})

describe('departures', () => {
  const name = text(0x5f51, 'A<<B')
  test.each([
    ['no count', dg16(encodeElement(0xa1, name)), ['lds.count-missing']],
    ['another count', dg16(count(2), encodeElement(0xa1, name)), ['lds.count-differs']],
    ['a count of 255', dg16(count(255), encodeElement(0xa1, name)), ['lds.count-differs']],
    ['a count behind', dg16(encodeElement(0xa1, name), count(1)), ['lds.element-order']],
    ['a person out of turn', dg16(count(1), encodeElement(0xa2, name)), ['lds.element-order']],
    [
      'fields in another order',
      dg16(count(1), encodeElement(0xa1, name, text(0x5f50, '20020101'))),
      ['lds.element-order'],
    ],
    ['a field twice', dg16(count(1), encodeElement(0xa1, name, name)), ['lds.element-twice']],
    ['an unknown field', dg16(count(1), encodeElement(0xa1, text(0x5f54, 'x'))), ['lds.element-unknown']],
    [
      'an unknown element',
      dg16(count(1), encodeElement(0xa1, name), encodeElement(0xb1)),
      ['lds.element-unknown'],
    ],
    ['nobody', dg16(count(0)), ['lds.element-empty']],
    ['an empty name', dg16(count(1), encodeElement(0xa1, text(0x5f51, ''))), ['lds.element-empty']],
    [
      'a packed date',
      dg16(count(1), encodeElement(0xa1, encodeElement(0x5f50, Uint8Array.of(0x20, 2, 3, 4)))),
      ['lds.date-bcd'],
    ],
  ])('are read and reported: %s', (_, bytes, expected) => {
    expect(codes(bytes)).toEqual(expected)
  })

  test('eighteen persons are refused', () => {
    const many = Array.from({ length: 18 }, () => encodeElement(0xa1, name))
    expect(() => parseDg16(dg16(count(18), ...many))).toThrow('tlv.too-many')
  })
})

test('none, sixteen, or one without a text are not written', () => {
  expect(() => encodeDg16([])).toThrow(RangeError)
  expect(() => encodeDg16(Array(16).fill({ name: 'A' }))).toThrow(RangeError)
  expect(() => encodeDg16([{ name: '' }])).toThrow(RangeError)
})
