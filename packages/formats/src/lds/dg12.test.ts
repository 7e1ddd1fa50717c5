import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, encodeElement, sameBytes } from '../tlv/index.ts'
import { type Dg12Fields, encodeDg12, findReturnRight, parseDg12, returnRightText } from './index.ts'

const text = (tag: number, value: string) => encodeElement(tag, new TextEncoder().encode(value))
const list = (...tags: number[]) =>
  encodeElement(0x5c, Uint8Array.from(tags.flatMap((tag) => [tag >> 8, tag & 0xff])))
const dg12 = (...parts: Uint8Array[]) => encodeElement(0x6c, ...parts)
const codes = (bytes: Uint8Array) => parseDg12(bytes).deviations.map(({ code }) => code)

test('the example of the standard is read, and reported only for a name beside its template', () => {
  const bytes = dg12(
    list(0x5f19, 0x5f26, 0x5f1a),
    text(0x5f19, 'UNITED STATES OF AMERICA'),
    text(0x5f26, '20020531'),
    text(0x5f1a, 'SMITH<<BRENDA<P'),
  )
  expect(parseDg12(bytes)).toMatchObject({
    issuingAuthority: 'UNITED STATES OF AMERICA',
    dateOfIssue: { year: 2002, month: 5, day: 31 },
    otherPersons: ['SMITH<<BRENDA<P'],
  })
  expect(codes(bytes)).toEqual(['lds.names-unframed'])
})

test('a return right is written among other observations and found there', () => {
  const right = { kind: 'until-date', until: { year: 2031, month: 5, day: 1 } } as const
  const bytes = encodeDg12({ endorsements: `NOT VALID FOR UTOPIA\n${returnRightText(right)}` })
  expect(findReturnRight(parseDg12(bytes).endorsements!)).toEqual(right)
})

describe('tags of the report of 2004', () => {
  // 5F85 is no tag by the coding rules: a reader that does not know it loses the rest of the file.
  const moment = new TextEncoder().encode('20160115013612')
  const former = concat(Uint8Array.of(0x5f, 0x85, moment.length), moment)
  const system = concat(Uint8Array.of(0x5f, 0x86, 1), Uint8Array.of(0x41))

  test('are read with what stands behind them, and reported (Belgium)', () => {
    const bytes = dg12(list(0x5f19, 0x5f85, 0x5f86), text(0x5f19, 'A'), former, system)
    expect(parseDg12(bytes)).toMatchObject({
      issuingAuthority: 'A',
      personalised: { year: 2016, month: 1, day: 15, hour: 1, minute: 36, second: 12 },
      personalisationSystem: 'A',
      unknown: [],
    })
    expect(codes(bytes)).toEqual(['lds.element-of-lds-1.7', 'lds.element-of-lds-1.7', 'lds.tag-list-differs'])
  })

  test('do not reach beyond the file', () => {
    expect(() => parseDg12(dg12(Uint8Array.of(0x5f, 0x85)))).toThrow('tlv.end-of-input')
    expect(() => parseDg12(dg12(Uint8Array.of(0x5f, 0x85, 3, 1)))).toThrow('tlv.length-past-end')
  })
})

test('an empty image is reported', () => {
  expect(codes(dg12(list(0x5f1d), encodeElement(0x5f1d)))).toEqual(['lds.element-empty'])
})

test('what is written reads as the same, without a deviation, and writes the same', () => {
  const words = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  const picture = fc.uint8Array({ minLength: 1, maxLength: 300 })
  const number = (max: number, min = 0) => fc.integer({ min, max })
  const fields: fc.Arbitrary<Dg12Fields> = fc.record(
    {
      issuingAuthority: words,
      dateOfIssue: fc.record({ year: number(9999, 1), month: number(12, 1), day: number(28, 1) }),
      otherPersons: fc.array(words, { minLength: 1, maxLength: 5 }),
      endorsements: words,
      taxOrExit: words,
      front: picture,
      rear: picture,
      personalised: fc.record({
        year: number(9999, 1),
        month: number(12, 1),
        day: number(28, 1),
        hour: number(23),
        minute: number(59),
        second: number(59),
      }),
      personalisationSystem: words,
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fields, (value) => {
      const bytes = encodeDg12(value)
      const read = parseDg12(bytes)
      expect(read).toEqual({ ...value, unknown: [], deviations: [] })
      expect(sameBytes(encodeDg12(read), bytes)).toBe(true)
    }),
  )
})
