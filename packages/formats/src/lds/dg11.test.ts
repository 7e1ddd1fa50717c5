import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, encodeElement, sameBytes } from '../tlv/index.ts'
import { type Dg11Fields, encodeDg11, parseDg11, partsOf, splitName } from './index.ts'

const text = (tag: number, value: string) => encodeElement(tag, new TextEncoder().encode(value))
const count = (n: number) => encodeElement(0x02, Uint8Array.of(n))
const list = (...tags: number[]) =>
  encodeElement(0x5c, Uint8Array.from(tags.flatMap((tag) => (tag > 0xff ? [tag >> 8, tag & 0xff] : [tag]))))
const dg11 = (...parts: Uint8Array[]) => encodeElement(0x6b, ...parts)
const codes = (bytes: Uint8Array) => parseDg11(bytes).deviations.map(({ code }) => code)

describe('the example of the standard', () => {
  const bytes = dg11(
    list(0x5f0e, 0x5f11, 0x5f42, 0x5f12, 0x5f13),
    text(0x5f0e, 'SMITH<<JOHN<J'),
    text(0x5f11, 'ANYTOWN<MN'),
    text(0x5f42, '123 MAPLE RD<ANYTOWN<MN'),
    text(0x5f12, '16125551212'),
    text(0x5f13, 'TRAVEL<AGENT'),
  )

  test('is read without a deviation, and written again octet for octet', () => {
    const value = parseDg11(bytes)
    expect(value).toMatchObject({ nameOfHolder: 'SMITH<<JOHN<J', telephone: '16125551212', deviations: [] })
    expect(sameBytes(encodeDg11(value), bytes)).toBe(true)
  })

  test('its name and its address come apart', () => {
    expect(splitName('SMITH<<JOHN<J')).toEqual({ primary: 'SMITH', secondary: 'JOHN J' })
    expect(partsOf('123 MAPLE RD<ANYTOWN<MN')).toEqual(['123 MAPLE RD', 'ANYTOWN', 'MN'])
    expect(partsOf('<PARIS<<')).toEqual(['PARIS'])
    expect(splitName('Doe John')).toEqual({ primary: 'Doe John', secondary: '' })
  })
})

describe('names', () => {
  test('stand in their own script', () => {
    for (const name of ['КОВАЛЬ<<ОЛЬГА', 'حسین<<لیلا', '赵斌', 'Ünal<<Çağla', 'ჭავჭავაძე<<ილია', '\ufeffA'])
      expect(parseDg11(encodeDg11({ nameOfHolder: name })).nameOfHolder).toBe(name)
  })

  test('that are not UTF-8 are read as ISO 8859-1 and reported', () => {
    const bytes = dg11(list(0x5f0e), encodeElement(0x5f0e, Uint8Array.of(0x4d, 0xfc, 0x6c)))
    expect(parseDg11(bytes).nameOfHolder).toBe('Mül')
    expect(codes(bytes)).toEqual(['lds.text-not-utf8'])
  })

  test('other names are counted', () => {
    const bytes = encodeDg11({ otherNames: ['A<<B', 'C<<D'] })
    expect(bytes).toEqual(
      dg11(list(0x5f0f), encodeElement(0xa0, count(2), text(0x5f0f, 'A<<B'), text(0x5f0f, 'C<<D'))),
    )
    expect(parseDg11(bytes)).toMatchObject({ otherNames: ['A<<B', 'C<<D'], deviations: [] })
  })

  test.each([
    ['beside their template (China)', [list(0x5f0f), text(0x5f0f, 'A')], ['A'], ['lds.names-unframed']],
    [
      'listed by their template (Belarus)',
      [list(0xa0), encodeElement(0xa0, count(1), text(0x5f0f, 'A'))],
      ['A'],
      ['lds.tag-list-differs'],
    ],
    [
      'fewer than counted',
      [list(0x5f0f), encodeElement(0xa0, count(99), text(0x5f0f, 'A'))],
      ['A'],
      ['lds.count-differs'],
    ],
    [
      'more than counted',
      [list(0x5f0f), encodeElement(0xa0, count(1), text(0x5f0f, 'A'), text(0x5f0f, 'B'))],
      ['A', 'B'],
      ['lds.count-differs'],
    ],
    ['not counted', [list(0x5f0f), encodeElement(0xa0, text(0x5f0f, 'A'))], ['A'], ['lds.count-missing']],
    ['none at all', [list(0x5f0f), encodeElement(0xa0, count(0))], [], ['lds.element-empty']],
    [
      'empty (Belgium)',
      [list(0x5f0f), encodeElement(0xa0, count(1), text(0x5f0f, ''))],
      [''],
      ['lds.element-empty'],
    ],
  ])('other names %s are read and reported', (_, parts, names, expected) => {
    expect(parseDg11(dg11(...parts)).otherNames).toEqual(names)
    expect(codes(dg11(...parts))).toEqual(expected)
  })

  test('a hundred names, or a count in two octets, are refused', () => {
    const many = Array.from({ length: 100 }, () => text(0x5f0f, 'A'))
    expect(() => parseDg11(dg11(list(0x5f0f), encodeElement(0xa0, count(100), ...many)))).toThrow(
      'tlv.too-many',
    )
    const wide = encodeElement(0x02, Uint8Array.of(0, 0x81))
    expect(() => parseDg11(dg11(list(0x5f0f), encodeElement(0xa0, wide)))).toThrow('lds.count')
  })
})

describe('departures in the frame', () => {
  const name = text(0x5f0e, 'A<<B')
  const place = text(0x5f11, 'C')
  test.each([
    ['no list', [name], ['lds.tag-list-missing']],
    ['a list of something else', [list(0x5f11), name], ['lds.tag-list-differs']],
    ['a list cut short', [encodeElement(0x5c, Uint8Array.of(0x5f)), name], ['lds.tag-list-differs']],
    ['a list that stands last', [name, list(0x5f0e)], ['lds.element-order']],
    ['elements in another order', [list(0x5f11, 0x5f0e), place, name], ['lds.element-order']],
    ['an element twice', [list(0x5f0e), name, text(0x5f0e, 'X')], ['lds.element-twice']],
    ['an unknown element', [list(0x5f0e), name, text(0x5f20, 'X')], ['lds.element-unknown']],
    ['an empty element (Belgium)', [list(0x5f0e), text(0x5f0e, '')], ['lds.element-empty']],
  ])('%s is read and reported', (_, parts, expected) => {
    expect(codes(dg11(...parts))).toEqual(expected)
  })

  test('the first of two stands, and an unknown one is kept as it is', () => {
    const unknown = text(0x5f20, 'X')
    const value = parseDg11(dg11(list(0x5f0e), name, text(0x5f0e, 'X'), unknown))
    expect(value.nameOfHolder).toBe('A<<B')
    expect(value.unknown).toEqual([{ tag: 0x5f20, encoded: unknown }])
  })

  test('a padded length is read and reported, the indefinite form is not', () => {
    const padded = concat(Uint8Array.of(0x5f, 0x0e, 0x82, 0, 1), Uint8Array.of(0x41))
    expect(codes(dg11(list(0x5f0e), padded))).toEqual(['lds.length-not-minimal'])
    expect(() => parseDg11(Uint8Array.of(0x6b, 0x80, 0, 0))).toThrow('tlv.length-indefinite')
  })

  test('another group and bytes behind the file are refused', () => {
    expect(() => parseDg11(encodeElement(0x6c))).toThrow('tlv.unexpected-tag')
    expect(() => parseDg11(concat(dg11(list(0x5f0e), name), Uint8Array.of(0)))).toThrow('tlv.trailing-bytes')
  })
})

describe('what is written', () => {
  const words = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  const fields: fc.Arbitrary<Dg11Fields> = fc.record(
    {
      nameOfHolder: words,
      otherNames: fc.array(words, { minLength: 1, maxLength: 5 }),
      personalNumber: words,
      dateOfBirth: fc.record(
        { year: fc.integer({ min: 1, max: 9999 }), month: fc.integer({ min: 1, max: 12 }) },
        { requiredKeys: [] },
      ),
      placeOfBirth: words,
      address: words,
      telephone: words,
      profession: words,
      title: words,
      personalSummary: words,
      proofOfCitizenship: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      otherDocuments: words,
      custody: words,
    },
    { requiredKeys: [] },
  )

  test('reads as the same, without a deviation', () => {
    fc.assert(
      fc.property(fields, (value) => {
        expect(parseDg11(encodeDg11(value))).toEqual({ ...value, unknown: [], deviations: [] })
      }),
    )
  })

  test('an empty text, half a character or a hundred names are refused', () => {
    expect(() => encodeDg11({ nameOfHolder: '' })).toThrow(RangeError)
    expect(() => encodeDg11({ nameOfHolder: 'A\ud800' })).toThrow(RangeError)
    expect(() => encodeDg11({ otherNames: Array(100).fill('A') })).toThrow(RangeError)
  })
})
