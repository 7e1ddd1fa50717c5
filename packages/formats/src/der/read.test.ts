import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormatError } from '../format-error.ts'
import { encodeElement, hex, readOnly } from '../tlv/index.ts'
import * as read from './read.ts'
import * as der from './write.ts'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const element = (text: string) => readOnly(bytes(text))

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

describe('numbers', () => {
  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [2 ** 31, '02050080000000'],
    [2 ** 53 - 1, '02071fffffffffffff'],
  ])('%i is %s, both ways', (value, encoded) => {
    expect(hex(der.integer(value))).toBe(encoded)
    expect(read.readSmallInteger(element(encoded))).toBe(value)
  })

  test.each([
    ['02 01 ff', 'der.integer-negative'],
    ['02 07 20000000000000', 'der.integer-too-large'],
    ['02 08 0100000000000000', 'der.integer-too-large'],
    ['04 01 00', 'tlv.unexpected-tag'],
  ])('%s is no small number: %s', (input, code) => {
    expect(codeOf(() => read.readSmallInteger(element(input)))).toBe(code)
  })

  test('a magnitude comes without its sign octet, within a limit', () => {
    expect(hex(read.readUnsigned(element('02020080')))).toBe('80')
    expect(codeOf(() => read.readUnsigned(element('0202ff00')))).toBe('der.integer-negative')
    expect(codeOf(() => read.readUnsigned(element('0203010000'), 2))).toBe('der.integer-too-large')
  })

  test('what is too large or negative is not written', () => {
    expect(() => der.integer(-1)).toThrow(RangeError)
    expect(() => der.integer(2 ** 53)).toThrow(RangeError)
  })

  test('any magnitude comes back without its leading zeros', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (magnitude) => {
        const back = read.readUnsigned(readOnly(der.unsigned(magnitude)))
        expect(BigInt(`0x${hex(back)}`)).toBe(BigInt(`0x${hex(magnitude)}`))
      }),
    )
  })
})

describe('object identifiers', () => {
  test.each([
    ['1.2.840.113549.1.1.11', '06092a864886f70d01010b'],
    ['2.23.136.1.1.6.2', '060767810801010602'],
    ['2.5.4.3', '0603550403'],
    ['0.4.0.127.0.7.1.1.4.1.3', '060a04007f00070101040103'],
    ['2.999.3', '0603883703'],
    ['0.39', '060127'],
    ['2.40', '060178'],
    ['1.2.2147483648', '06062a8880808000'],
  ])('%s is %s, both ways', (dotted, encoded) => {
    expect(hex(der.oid(dotted))).toBe(encoded)
    expect(read.readOid(element(encoded))).toBe(dotted)
  })

  test('what is read is written as the same bytes', () => {
    const arc = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(
      fc.property(
        fc.constantFrom('0', '1', '2'),
        fc.integer({ min: 0, max: 39 }),
        fc.array(arc, { maxLength: 8 }),
        (root, second, rest) => {
          const dotted = [root, second, ...rest].join('.')
          expect(read.readOid(readOnly(der.oid(dotted)))).toBe(dotted)
        },
      ),
    )
  })

  test('an identifier of more than 64 octets is refused', () => {
    expect(codeOf(() => read.readOid(readOnly(encodeElement(6, new Uint8Array(65).fill(1)))))).toBe(
      'der.oid-too-large',
    )
  })
})

describe('bits and octets', () => {
  test('named bits drop the zeros at the end', () => {
    expect(hex(der.namedBits(5, 6))).toBe('03020106')
    expect(hex(der.namedBits(0))).toBe('03020780')
    expect(hex(der.namedBits(8))).toBe('0303070080')
    expect(hex(der.namedBits())).toBe('030100')
  })

  test('a key or a signature is whole octets', () => {
    expect(codeOf(() => read.readBitStringOctets(element('03020780')))).toBe('der.bit-string')
    expect(hex(read.readBitStringOctets(element('03020080')))).toBe('80')
  })

  test('a string in pieces is joined under BER rules, and refused under DER', () => {
    const pieces = bytes('2480 040161 2403 040162 0000')
    expect(hex(read.readOctetString(readOnly(pieces, { lengths: 'ber' })))).toBe('6162')
    expect(codeOf(() => read.readOctetString(element('2403040161')))).toBe('der.constructed-string')
  })
})

describe('times', () => {
  const at = (text: string): Date => new Date(`${text}Z`)

  test.each([
    ['1950-01-01T00:00:00', 0x17],
    ['2049-12-31T23:59:59', 0x17],
    ['2050-01-01T00:00:00', 0x18],
    ['2100-02-28T12:00:00', 0x18],
    ['1949-12-31T23:59:59', 0x18],
  ])('%s is written under tag %i and read back', (text, tag) => {
    const encoded = der.time(at(text))
    expect(encoded[0]).toBe(tag)
    expect(read.readTime(readOnly(encoded))).toEqual(at(text))
  })

  test('two-digit years from 50 on are of the last century', () => {
    expect(read.readTime(element('170d3530303130313030303030305a'))).toEqual(at('1950-01-01T00:00:00'))
    expect(read.readTime(element('170d3439303130313030303030305a'))).toEqual(at('2049-01-01T00:00:00'))
  })

  test('the year 0000 and the 29th of February are what they are', () => {
    expect(read.readTime(element('180f30303030303232393030303030305a')).getUTCFullYear()).toBe(0)
    expect(codeOf(() => read.readTime(element('180f31393030303232393030303030305a')))).toBe('der.time')
  })
})

describe('strings', () => {
  test.each([
    ['0c02 c3a9', 'é'],
    ['1302 4142', 'AB'],
    ['1e04 00e9 0041', 'éA'],
    ['1401 e9', 'é'],
    ['1601 40', '@'],
  ])('%s is %s', (input, text) => {
    expect(read.readString(element(input))).toBe(text)
  })

  test('a byte order mark is a character like others', () => {
    expect(read.readString(element('0c04efbbbf41'))).toBe('\ufeffA')
  })

  test('characters that a type does not have are not written', () => {
    expect(() => der.printableString('a@b')).toThrow(RangeError)
    expect(() => der.ia5String('é')).toThrow(RangeError)
  })
})

test('a set is written in the order of its octets', () => {
  const parts = [bytes('020103'), bytes('0101ff'), bytes('02020080'), bytes('020102')]
  expect(hex(der.setOf(...parts))).toBe('310d0101ff02010202010302020080')
})
