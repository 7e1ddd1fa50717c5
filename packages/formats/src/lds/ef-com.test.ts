import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeElement, hex } from '../tlv/index.ts'
import { DATA_GROUPS, encodeEfCom, parseEfCom } from './index.ts'

const text = (tag: number, value: string) => encodeElement(tag, new TextEncoder().encode(value))
const lds = text(0x5f01, '0107')
const unicode = text(0x5f36, '040000')
const list = (...tags: number[]) => encodeElement(0x5c, Uint8Array.from(tags))
const com = (...parts: Uint8Array[]) => encodeElement(0x60, ...parts)
const codes = (bytes: Uint8Array) => parseEfCom(bytes).deviations.map(({ code }) => code)

test('the example of the standard: LDS 1.7, Unicode 4.0.0, DG1, DG2, DG4 and DG12', () => {
  const bytes = encodeEfCom({ ldsVersion: '0107', unicodeVersion: '040000', tags: [0x61, 0x75, 0x76, 0x6c] })
  expect(hex(bytes)).toBe('60165f0104303130375f36063034303030305c046175766c')
})

test('what is written reads as the same, without a deviation', () => {
  const fields = fc.record({
    ldsVersion: fc.stringMatching(/^\d{4}$/),
    unicodeVersion: fc.stringMatching(/^\d{6}$/),
    tags: fc.subarray(
      DATA_GROUPS.map(({ tag }) => tag),
      { minLength: 1 },
    ),
  })
  fc.assert(
    fc.property(fields, (value) => {
      expect(parseEfCom(encodeEfCom(value))).toEqual({ ...value, unknown: [], deviations: [] })
    }),
  )
})

describe('departures', () => {
  test.each([
    ['elements in another order', com(unicode, lds, list(0x61)), ['lds.element-order']],
    ['an element twice', com(lds, lds, unicode, list(0x61)), ['lds.element-twice']],
    ['an unknown element', com(lds, unicode, list(0x61), text(0x5f02, 'x')), ['lds.element-unknown']],
    ['a tag that no group has', com(lds, unicode, list(0x61, 0x62)), ['lds.tag-list-differs']],
    ['the tag of the security object', com(lds, unicode, list(0x61, 0x77)), ['lds.tag-list-differs']],
    ['a tag twice', com(lds, unicode, list(0x61, 0x61)), ['lds.element-twice']],
  ])('are read and reported: %s', (_, bytes, expected) => {
    expect(codes(bytes)).toEqual(expected)
  })

  test.each([
    ['no list', com(lds, unicode), 'tlv.missing'],
    ['no version', com(unicode, list(0x61)), 'tlv.missing'],
    ['an empty list', com(lds, unicode, list()), 'lds.com-tag-list'],
    ['a list of 33', com(lds, unicode, encodeElement(0x5c, new Uint8Array(33))), 'lds.com-tag-list'],
    ['a version of letters', com(text(0x5f01, '1.7a'), unicode, list(0x61)), 'lds.com-version'],
    ['a version too long', com(text(0x5f01, '01070'), unicode, list(0x61)), 'lds.com-version'],
    [
      'a version of controls',
      com(text(0x5f01, '\u0001\u0007\u0000\u0000'), unicode, list(0x61)),
      'lds.com-version',
    ],
    ['33 elements', com(...Array.from({ length: 33 }, () => lds)), 'tlv.too-many'],
  ])('are errors: %s', (_, bytes, code) => {
    expect(() => parseEfCom(bytes)).toThrow(code)
  })
})

test('what is no EF.COM is not written', () => {
  const fields = { ldsVersion: '0107', unicodeVersion: '040000', tags: [0x61] }
  expect(() => encodeEfCom({ ...fields, ldsVersion: '1.7' })).toThrow(RangeError)
  expect(() => encodeEfCom({ ...fields, unicodeVersion: '4' })).toThrow(RangeError)
  expect(() => encodeEfCom({ ...fields, tags: [] })).toThrow(RangeError)
  expect(() => encodeEfCom({ ...fields, tags: [0x60] })).toThrow(RangeError)
  expect(() => encodeEfCom({ ...fields, tags: [0x61, 0x61] })).toThrow(RangeError)
})
