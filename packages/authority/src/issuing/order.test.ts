import { createHash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { isKnownLanguage } from './languages.ts'
import {
  checkOrder,
  encodeOrder,
  isoDay,
  type Order,
  orderDigest,
  orderProblems,
  parseBirthDate,
  parseDay,
} from './order.ts'

const AT = new Date('2026-06-15T12:00:00Z')

const ORDER: Order = {
  kind: 'specimen',
  state: 'UTO',
  profile: 'booklet-1',
  reference: 'case 17',
  familyName: 'Щербакова',
  givenNames: 'Анна Юрьевна',
  language: 'ru',
  nationality: 'RUS',
  birthDate: '1987-04-XX',
  sex: 'F',
  documentCode: 'PT',
  portrait: 'ab'.repeat(32),
}

/** An order with other values, right or wrong. */
const ordered = (changes: Readonly<Record<string, unknown>>) => ({ ...ORDER, ...changes }) as Order
const problems = (changes: Readonly<Record<string, unknown>>) => orderProblems(ordered(changes), AT)
const codes = (changes: Readonly<Record<string, unknown>>) => problems(changes).map(({ code }) => code)

describe('the octets of an order', () => {
  test('are canonical JSON: names in order, no space, letters as they are', () => {
    expect(new TextDecoder().decode(encodeOrder(ORDER))).toBe(
      `{"birthDate":"1987-04-XX","documentCode":"PT","familyName":"Щербакова","givenNames":"Анна Юрьевна",` +
        `"kind":"specimen","language":"ru","nationality":"RUS","portrait":"${'ab'.repeat(32)}","profile":"booklet-1",` +
        `"reference":"case 17","sex":"F","state":"UTO"}`,
    )
  })

  test('do not depend on how the object was made', () => {
    const turned = Object.fromEntries(Object.entries(ORDER).reverse()) as unknown as Order
    expect(encodeOrder(turned)).toEqual(encodeOrder(ORDER))
    expect(encodeOrder(JSON.parse(JSON.stringify(ORDER)) as Order)).toEqual(encodeOrder(ORDER))
  })

  test('give the digest, with a tag in front', () => {
    const expected = createHash('sha256')
      .update(Buffer.concat([Buffer.from('nansen/order\0'), encodeOrder(ORDER)]))
      .digest('hex')
    expect(hex(orderDigest(ORDER))).toBe(expected)
  })

  test('differ where any field differs', () => {
    const digests = Object.keys(ORDER).map((field) => hex(orderDigest(ordered({ [field]: 'other' }))))
    expect(new Set([...digests, hex(orderDigest(ORDER))]).size).toBe(Object.keys(ORDER).length + 1)
  })

  test('are one for one order: what is read back is the same order', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/\p{Cs}/u.test(value))
    fc.assert(
      fc.property(text, text, text, (reference, familyName, givenNames) => {
        const order = ordered({ reference, familyName, givenNames })
        const octets = encodeOrder(order)
        expect(JSON.parse(new TextDecoder().decode(octets))).toEqual(order)
      }),
    )
  })

  test.each<[string, object]>([
    ['a field too many', { ...ORDER, issued: '2026-06-15' }],
    ['a field missing', Object.fromEntries(Object.entries(ORDER).slice(1))],
    ['another in its place', { ...Object.fromEntries(Object.entries(ORDER).slice(1)), toString: 'x' }],
    ['a value that is no text', { ...ORDER, sex: 1 }],
    ['a value that is not there', { ...ORDER, givenNames: undefined }],
    ['a surrogate alone, which has no UTF-8', { ...ORDER, reference: '\ud800' }],
  ])('are refused with %s', (_, order) => {
    expect(() => encodeOrder(order as Order)).toThrow(new Refusal('order.shape'))
    expect(orderProblems(order as Order, AT)).toEqual([{ code: 'order.shape', field: 'kind' }])
  })
})

describe('a good order', () => {
  test.each<[string, Record<string, unknown>]>([
    ['as it stands', {}],
    ['with one name', { givenNames: '' }],
    ['with nothing known of the birth', { birthDate: 'XXXX-XX-XX' }],
    ['born today', { birthDate: '2026-06-15' }],
    ['of this year, month unknown', { birthDate: '2026-XX-XX' }],
    ['on a leap day', { birthDate: '2000-02-29' }],
    ['of a stateless person', { documentCode: 'PS', nationality: 'XXA' }],
    ['of a refugee of unsaid nationality', { documentCode: 'PR', nationality: 'XXB' }],
    ['of a refugee outside the convention', { documentCode: 'PR', nationality: 'XXC' }],
    ['of a refugee whose nationality is said', { documentCode: 'PR', nationality: 'SYR' }],
    ['of an alien of unspecified nationality', { nationality: 'XXX' }],
    [
      'of a German, who is D in the zone',
      { nationality: 'D', language: 'de', familyName: 'Müller', givenNames: 'Jörg' },
    ],
    ['in Persian with a joiner', { language: 'fa', familyName: 'حسینی‌نژاد', givenNames: 'علی' }],
    ['in Georgian', { language: 'ka', familyName: 'ქავთარაძე', givenNames: 'გიორგი' }],
    ['with a script in the tag', { language: 'sr-Cyrl-RS' }],
    ['with a hundred letters', { familyName: 'Щ'.repeat(100) }],
    ['of Ruritania', { state: 'QRR' }],
  ])('%s has no problem', (_, changes) => {
    expect(problems(changes)).toEqual([])
    expect(() => checkOrder(ordered(changes), AT)).not.toThrow()
  })
})

describe('a problem is told by code and field', () => {
  test.each<[code: string, field: string, changes: Record<string, unknown>]>([
    ['order.real-state', 'kind', { kind: 'real' }],
    ['order.real-state', 'state', { state: 'KGZ' }],
    ['order.real-state', 'state', { state: 'uto' }],
    ['order.profile-unknown', 'profile', { profile: 'booklet-0' }],
    ['order.reference', 'reference', { reference: '' }],
    ['order.reference', 'reference', { reference: ' a' }],
    ['order.reference', 'reference', { reference: 'a\nb' }],
    ['order.reference', 'reference', { reference: 'a\u202eb' }],
    ['order.reference', 'reference', { reference: 'e\u0301' }],
    ['order.reference', 'reference', { reference: 'a'.repeat(101) }],
    ['order.name-missing', 'familyName', { familyName: '' }],
    ['order.name-too-long', 'familyName', { familyName: 'Щ'.repeat(101) }],
    ['order.name-too-long', 'givenNames', { givenNames: '😀'.repeat(101) }],
    ['order.name-character', 'familyName', { familyName: 'Щер\u0000бакова' }],
    ['order.name-character', 'familyName', { familyName: 'Щер\nбакова' }],
    ['order.name-character', 'familyName', { familyName: '\u202eЩербакова' }],
    ['order.name-character', 'familyName', { familyName: 'Щербакова 2' }],
    ['order.name-character', 'familyName', { familyName: '山田' }],
    ['order.name-character', 'givenNames', { givenNames: '😀' }],
    ['order.name-no-letter', 'familyName', { familyName: "-'" }],
    ['order.name-no-letter', 'givenNames', { givenNames: '.' }],
    ['order.name-not-normal', 'familyName', { familyName: ' Щербакова' }],
    ['order.name-not-normal', 'familyName', { familyName: 'Щербакова  Ли' }],
    ['order.name-not-normal', 'familyName', { familyName: 'Щербакова\u00a0Ли' }],
    ['order.name-not-normal', 'givenNames', { givenNames: 'Андре\u0438\u0306' }],
    ['order.language-unknown', 'language', { language: 'xx' }],
    ['order.language-unknown', 'language', { language: '' }],
    ['order.language-unknown', 'language', { language: 'Russian' }],
    ['order.language-unknown', 'language', { language: 'ru_RU' }],
    ['order.nationality-unknown', 'nationality', { nationality: 'RU' }],
    ['order.nationality-unknown', 'nationality', { nationality: 'ANT' }],
    ['order.nationality-unknown', 'nationality', { nationality: 'DEU' }],
    ['order.nationality-unknown', 'nationality', { nationality: 'UNO' }],
    ['order.nationality-unknown', 'nationality', { nationality: 'IAO' }],
    ['order.birth-date', 'birthDate', { birthDate: '' }],
    ['order.birth-date', 'birthDate', { birthDate: '12.04.1987' }],
    ['order.birth-date', 'birthDate', { birthDate: '1987-02-29' }],
    ['order.birth-date', 'birthDate', { birthDate: '1987-13-01' }],
    ['order.birth-date', 'birthDate', { birthDate: '1987-00-10' }],
    ['order.birth-date', 'birthDate', { birthDate: '1987-XX-10' }],
    ['order.birth-date', 'birthDate', { birthDate: 'XXXX-04-12' }],
    ['order.birth-date', 'birthDate', { birthDate: '0087-04-12' }],
    ['order.birth-date', 'birthDate', { birthDate: '1895-04-12' }],
    ['order.birth-date', 'birthDate', { birthDate: '1987-04-12\n' }],
    ['order.birth-date-future', 'birthDate', { birthDate: '2026-06-16' }],
    ['order.birth-date-future', 'birthDate', { birthDate: '2026-07-XX' }],
    ['order.birth-date-future', 'birthDate', { birthDate: '2027-XX-XX' }],
    ['order.sex', 'sex', { sex: 'f' }],
    ['order.sex', 'sex', { sex: '' }],
    ['order.document-code', 'documentCode', { documentCode: 'PP' }],
    ['order.document-code-nationality', 'documentCode', { documentCode: 'PS' }],
    ['order.document-code-nationality', 'documentCode', { documentCode: 'PR', nationality: 'XXA' }],
    ['order.document-code-nationality', 'documentCode', { documentCode: 'PR', nationality: 'XXX' }],
    ['order.document-code-nationality', 'documentCode', { documentCode: 'PT', nationality: 'XXB' }],
    ['order.portrait', 'portrait', { portrait: 'AB'.repeat(32) }],
    ['order.portrait', 'portrait', { portrait: 'ab' }],
  ])('%s for %s %#', (code, field, changes) => {
    expect(problems(changes)).toContainEqual({ code, field })
    expect(() => checkOrder(ordered(changes), AT)).toThrow(Refusal)
  })

  test('all problems are told, and the first is thrown with its field', () => {
    expect(codes({ sex: '', familyName: '', birthDate: '' })).toEqual([
      'order.name-missing',
      'order.birth-date',
      'order.sex',
    ])
    try {
      checkOrder(ordered({ sex: '', familyName: '' }), AT)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'order.name-missing', field: 'familyName' })
      expect((error as Refusal).message).toBe('order.name-missing')
    }
  })

  test('whatever the fields hold, it is an answer and never another error, and tells no value', () => {
    const fields = Object.keys(ORDER)
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (field, value) => {
          for (const problem of problems({ [field]: value }))
            expect(Object.keys(problem)).toEqual(['code', 'field'])
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

test('languages that names are in are known, and others are not', () => {
  for (const tag of [
    'ru',
    'uk',
    'be',
    'ka',
    'hy',
    'ar',
    'el',
    'fa',
    'ckb',
    'kk',
    'uz-Cyrl',
    'zh-Latn',
    'und',
  ])
    expect({ tag, known: isKnownLanguage(tag) }).toEqual({ tag, known: true })
  for (const tag of ['xx', 'russian', 'RU', 'ru-', '-', 'qaa', 'toString'])
    expect({ tag, known: isKnownLanguage(tag) }).toEqual({ tag, known: false })
})

test('days are written as they are read', () => {
  expect(isoDay(parseDay('2026-01-05'))).toBe('2026-01-05')
  expect(parseBirthDate('1987-XX-XX')).toEqual({ year: 1987, month: undefined, day: undefined })
  expect(() => parseDay('2026-01-XX')).toThrow(RangeError)
})
