import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormatError } from '../format-error.ts'
import { childrenOf, concat, encodeElement, Fields, hex, type Rules, readElement, readOnly } from './index.ts'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const BER: Rules = { lengths: 'ber' }

/** The code of the error that a reading ends with. */
function codeOf(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

describe('one element', () => {
  test.each([
    ['30 00', 0x30, ''],
    ['04 01 61', 0x04, '61'],
    ['5f1f 02 4142', 0x5f1f, '4142'],
    ['7f61 00', 0x7f61, ''],
    ['04 8180', 0x04, '00'.repeat(128)],
    ['04 820100', 0x04, '00'.repeat(256)],
  ])('%s is read with its tag and content', (start, tag, content) => {
    const element = readOnly(bytes(start + (start.endsWith(content) ? '' : content)))
    expect(element.tag).toBe(tag)
    expect(hex(element.content)).toBe(content)
  })

  test.each([
    ['', 'tlv.end-of-input'],
    ['30', 'tlv.end-of-input'],
    ['5f', 'tlv.end-of-input'],
    ['30 82 01', 'tlv.end-of-input'],
    ['04 02 61', 'tlv.length-past-end'],
    ['04 84 7fffffff 01', 'tlv.length-past-end'],
    ['04 81 01 61', 'tlv.length-not-minimal'],
    ['04 82 0081 00', 'tlv.length-not-minimal'],
    ['30 80 0000', 'tlv.length-indefinite'],
    ['04 ff 00', 'tlv.length-reserved'],
    ['04 85 0100000000 00', 'tlv.length-reserved'],
    ['5f80 01 00', 'tlv.tag-not-minimal'],
    ['5f818181 01 00', 'tlv.tag-too-long'],
    ['04 01 61 00', 'tlv.trailing-bytes'],
  ])('%s is refused with %s', (input, code) => {
    expect(codeOf(() => readOnly(bytes(input)))).toBe(code)
  })

  test('a window on the input, nothing copied', () => {
    const input = bytes('3003 0201 05')
    const inner = childrenOf(readOnly(input))[0]!
    expect(inner.content.buffer).toBe(input.buffer)
    expect([inner.start, inner.contentStart, inner.contentEnd, inner.end]).toEqual([2, 4, 5, 5])
  })

  test('an element never reaches past the one around it', () => {
    expect(codeOf(() => childrenOf(readOnly(bytes('3003 0402 05'))))).toBe('tlv.length-past-end')
    expect(codeOf(() => childrenOf(readOnly(bytes('3005 0401 05 04 02'))))).toBe('tlv.length-past-end')
  })
})

describe('BER lengths, where a caller allows them', () => {
  test('the indefinite form ends at its two zeros, nested ones included, and is reported', () => {
    const seen: string[] = []
    const rules: Rules = { lengths: 'ber', onTolerated: (code, at) => seen.push(`${code} at ${at}`) }
    const outer = readOnly(bytes('3080 3080 020105 0000 0000'), rules)
    expect(hex(outer.content)).toBe('30800201050000')
    const [inner] = childrenOf(outer)
    expect(hex(inner!.content)).toBe('020105')
    expect(inner!.end).toBe(9)
    expect(seen).toEqual(['tlv.length-indefinite at 0', 'tlv.length-indefinite at 2'])
  })

  test('padded lengths are read and reported', () => {
    const seen: string[] = []
    const rules: Rules = { lengths: 'ber', onTolerated: (code) => seen.push(code) }
    expect(hex(readOnly(bytes('04 82 0001 61'), rules).content)).toBe('61')
    expect(seen).toEqual(['tlv.length-not-minimal'])
  })

  test.each([
    ['3080 020105', 'tlv.end-of-input'],
    ['3080 020105 00', 'tlv.end-of-input'],
    ['3080'.repeat(40), 'tlv.too-deep'],
  ])('%s is refused with %s', (input, code) => {
    expect(codeOf(() => readOnly(bytes(input), BER))).toBe(code)
  })
})

describe('limits', () => {
  test('nesting is bounded', () => {
    const nested = Array.from({ length: 40 }).reduce<Uint8Array>(
      (inner) => encodeElement(0x30, inner),
      bytes('0500'),
    )
    const descend = (): void => {
      let element = readOnly(nested)
      for (;;) element = childrenOf(element)[0]!
    }
    expect(codeOf(descend)).toBe('tlv.too-deep')
  })

  test('children are bounded', () => {
    const many = encodeElement(0x30, ...Array.from({ length: 11 }, () => bytes('0500')))
    expect(codeOf(() => childrenOf(readOnly(many), 10))).toBe('tlv.too-many')
    expect(childrenOf(readOnly(many), 11)).toHaveLength(11)
  })
})

describe('fields in order', () => {
  const sequence = readOnly(bytes('3008 020105 04016a 0500'))

  test('are taken, peeked at and left out', () => {
    const fields = new Fields(sequence, 'X.690 §8.9')
    expect(fields.optional(0x04)).toBeUndefined()
    expect(fields.take(0x02).length).toBe(1)
    expect(fields.peek()?.tag).toBe(0x04)
    expect(fields.optional(0x04)?.length).toBe(1)
    expect(fields.any().tag).toBe(0x05)
    expect(fields.peek()).toBeUndefined()
    fields.end()
  })

  test.each([
    ['another tag', 'tlv.unexpected-tag', (fields: Fields) => fields.take(0x04)],
    ['something left over', 'tlv.trailing-bytes', (fields: Fields) => fields.end()],
    [
      'one more than there is',
      'tlv.missing',
      (fields: Fields) => [fields.any(), fields.any(), fields.any(), fields.any()],
    ],
  ])('%s is refused with %s', (_, code, read) => {
    expect(codeOf(() => read(new Fields(sequence, 'X.690 §8.9')))).toBe(code)
  })

  test('a primitive element has no fields', () => {
    expect(codeOf(() => new Fields(readOnly(bytes('020105')), 'X.690 §8.9'))).toBe('tlv.unexpected-tag')
  })
})

describe('properties', () => {
  const tags = fc.constantFrom(0x04, 0x30, 0xa0, 0x5f1f, 0x7f61, 0x5f8101)

  test('what is encoded is read back', () => {
    fc.assert(
      fc.property(tags, fc.uint8Array({ maxLength: 400 }), (tag, content) => {
        const element = readOnly(encodeElement(tag, content))
        expect(element.tag).toBe(tag)
        expect(hex(element.content)).toBe(hex(content))
      }),
    )
  })

  test('any bytes are an element or a FormatError, and what DER reads encodes to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (input) => {
        const code = codeOf(() => {
          const element = readElement(input)
          expect(hex(encodeElement(element.tag, element.content))).toBe(hex(input.subarray(0, element.end)))
        })
        expect(code === undefined || code.startsWith('tlv.')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('under BER rules too, nothing but a FormatError escapes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('3080', '0000', '0201', '04', '24', '8200', '05'), { maxLength: 40 }),
        (parts) => {
          codeOf(() => childrenOf(readElement(concat(...parts.map(bytes)), 0, undefined, BER)))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
