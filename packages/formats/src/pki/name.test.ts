import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attribute, refusal, unhex } from '../../../../test/certificate-parts.ts'
import { write as der } from '../der/index.ts'
import { encodeElement, readOnly } from '../tlv/index.ts'
import { encodeName } from './draft-name.ts'
import { attributeOf, countryOf, describeName, type Name, nameKey, readName, sameName } from './name.ts'
import { OIDS } from './oids.ts'

const name = (...parts: Uint8Array[]): Name => readName(readOnly(der.sequence(...parts)))
const country = (code: string) => attribute(OIDS.countryName, der.printableString(code))
const common = (value: Uint8Array) => attribute(OIDS.commonName, value)
const utf8 = der.utf8String
const printable = der.printableString

describe('two names are the same', () => {
  const csca = name(country('UA'), common(printable('CSCA Ukraine')))

  test.each([
    ['byte for byte', name(country('UA'), common(printable('CSCA Ukraine')))],
    ['in another string type', name(country('UA'), common(utf8('CSCA Ukraine')))],
    ['in another letter case', name(country('ua'), common(utf8('csca UKRAINE')))],
    ['with other runs of spaces', name(country('UA'), common(utf8(' CSCA   Ukraine ')))],
    [
      'in another form of the same characters',
      name(
        country('UA'),
        common(encodeElement(0x1e, new Uint8Array(Buffer.from('CSCA Ukraine', 'utf16le').swap16()))),
      ),
    ],
  ])('%s', (_, other) => {
    expect(sameName(csca, other)).toBe(true)
    expect(nameKey(csca)).toBe(nameKey(other))
  })

  test.each([
    ['with another value', name(country('UA'), common(printable('CSCA Ukrainf')))],
    ['with the parts in another order', name(common(printable('CSCA Ukraine')), country('UA'))],
    ['with a part more', name(country('UA'), common(printable('CSCA Ukraine')), common(printable('1')))],
    [
      'with another attribute type',
      name(country('UA'), attribute(OIDS.organizationName, printable('CSCA Ukraine'))),
    ],
    ['with spaces left out', name(country('UA'), common(printable('CSCAUkraine')))],
    [
      'with both attributes in one part',
      readName(
        readOnly(
          der.sequence(
            der.setOf(
              der.sequence(der.oid(OIDS.countryName), printable('UA')),
              der.sequence(der.oid(OIDS.commonName), printable('CSCA Ukraine')),
            ),
          ),
        ),
      ),
    ],
  ])('but not %s', (_, other) => {
    expect(sameName(csca, other)).toBe(false)
  })

  test('attributes of one part in any order', () => {
    const one = der.sequence(der.oid(OIDS.commonName), utf8('a'))
    const two = der.sequence(der.oid(OIDS.organizationName), utf8('b'))
    const set = (...parts: Uint8Array[]) => readName(readOnly(der.sequence(encodeElement(0x31, ...parts))))
    expect(sameName(set(one, two), set(two, one))).toBe(true)
  })

  test('and no text can pose as the border between two parts', () => {
    const apart = name(common(utf8('a')), common(utf8('b')))
    for (const joined of ['a"/2.5.4.3="b', 'a/b', 'a"+2.5.4.3="b'])
      expect(sameName(apart, name(common(utf8(joined))))).toBe(false)
  })
})

test('the country is compared in upper case', () => {
  expect(countryOf(name(country('gb'), common(utf8('x'))))).toBe('GB')
  expect(countryOf(name(common(utf8('x'))))).toBeUndefined()
})

test('a name is described root first, control characters made visible', () => {
  const shown = name(country('UT'), attribute('2.5.4.65', utf8('p')), common(utf8('CSCA\u001b[31m')))
  expect(describeName(shown)).toBe('C=UT, 2.5.4.65=p, CN=CSCA?[31m')
  expect(attributeOf(shown, OIDS.commonName)).toBe('CSCA\u001b[31m')
  expect(attributeOf(shown, OIDS.organizationName)).toBeUndefined()
})

test.each([
  ['a part that is no set', der.sequence(der.sequence()), 'tlv.unexpected-tag'],
  ['an empty part', der.sequence(der.setOf()), 'pki.name-empty'],
  ['an attribute without a value', der.sequence(der.setOf(der.sequence(der.oid('2.5.4.3')))), 'tlv.missing'],
  ['65 parts', der.sequence(...Array.from({ length: 65 }, () => country('UT'))), 'tlv.too-many'],
  ['text that is not UTF-8', der.sequence(common(encodeElement(0x0c, unhex('ff')))), 'der.string'],
])('%s is refused', (_, encoded, code) => {
  expect(refusal(() => readName(readOnly(encoded)))).toBe(code)
})

test('what is drafted is read back, in PrintableString where that suffices', () => {
  const text = fc.string({ minLength: 1, maxLength: 32, unit: 'grapheme' }).filter((one) => one.length <= 64)
  fc.assert(
    fc.property(text, text, (organization, commonName) => {
      const read = readName(readOnly(encodeName({ country: 'UT', organization, commonName })))
      expect(attributeOf(read, OIDS.countryName)).toBe('UT')
      expect(attributeOf(read, OIDS.organizationName)).toBe(organization)
      expect(attributeOf(read, OIDS.commonName)).toBe(commonName)
    }),
  )
})

test.each([
  ['a country in lower case', { country: 'ut', commonName: 'CSCA' }],
  ['a country of three letters', { country: 'UTO', commonName: 'CSCA' }],
  ['an empty common name', { country: 'UT', commonName: '' }],
  ['a common name of 65 characters', { country: 'UT', commonName: 'x'.repeat(65) }],
  ['a serial number that is no PrintableString', { country: 'UT', commonName: 'CSCA', serialNumber: 'é' }],
])('%s is not drafted', (_, draft) => {
  expect(() => encodeName(draft)).toThrow(RangeError)
})
