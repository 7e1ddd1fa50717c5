import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, encodeElement } from '../tlv/index.ts'
import { encodeDg1, parseDg1 } from './index.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<']
const zone = (length: number) =>
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: length, maxLength: length })
const dg1 = (content: string) =>
  encodeElement(
    0x61,
    encodeElement(
      0x5f1f,
      Uint8Array.from(content, (c) => c.charCodeAt(0)),
    ),
  )

test('zones of the three sizes read as they were written', () => {
  fc.assert(
    fc.property(fc.oneof(zone(90), zone(72), zone(88)), (mrz) => {
      expect(parseDg1(encodeDg1(mrz))).toEqual({ mrz, deviations: [] })
    }),
  )
})

test('a letter that no zone has is left to the reader of the zone, which goes field by field', () => {
  const mrz = `${'p'.padEnd(87, '<')}6`
  expect(parseDg1(dg1(mrz)).mrz).toBe(mrz)
  expect(() => encodeDg1(mrz)).toThrow(RangeError)
})

describe('a DG1 that is malformed', () => {
  test.each([
    ['87 characters', dg1('A'.repeat(87)), 'lds.mrz-length'],
    ['no characters', dg1(''), 'lds.mrz-length'],
    ['100,000 characters', dg1('A'.repeat(100_000)), 'lds.mrz-length'],
    ['a line end', dg1(`${'A'.repeat(87)}\n`), 'lds.mrz-character'],
    ['an escape', dg1(`${'A'.repeat(87)}\u001b`), 'lds.mrz-character'],
    ['a character outside ASCII', dg1(`${'A'.repeat(87)}\u00c4`), 'lds.mrz-character'],
    ['another element', encodeElement(0x61, encodeElement(0x5f1e)), 'tlv.unexpected-tag'],
    ['nothing inside', encodeElement(0x61), 'tlv.missing'],
    ['something behind', concat(dg1('A'.repeat(88)), Uint8Array.of(0)), 'tlv.trailing-bytes'],
    ['another group', encodeElement(0x75), 'tlv.unexpected-tag'],
    ['no octets', new Uint8Array(0), 'tlv.end-of-input'],
  ])('is an error: %s', (_, bytes, code) => {
    expect(() => parseDg1(bytes)).toThrow(code)
  })

  test('is reported without what it holds', () => {
    try {
      parseDg1(dg1(`P<UTOERIKSSON<<ANNA${'<'.repeat(68)}\n`))
      throw new Error('not reached')
    } catch (error) {
      expect(String(error)).toBe('FormatError: lds.mrz-character at 2 [9303-10 §4.7.1]')
    }
  })
})
