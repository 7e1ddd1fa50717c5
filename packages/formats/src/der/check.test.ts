import { describe, expect, test } from 'vitest'
import { haveReferenceData, referenceJson, withReferenceData } from '../../../../test/reference-data.ts'
import { FormatError } from '../format-error.ts'
import { encodeElement } from '../tlv/index.ts'
import { checkDer, write as der } from './index.ts'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

function codeOf(input: Uint8Array, most?: number): string | undefined {
  try {
    checkDer(input, most)
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

test.each([
  ['integers', '300a 020100 0201ff 02020080'],
  ['a set in order', '3106 020102 020103'],
  ['a set of one kind by length', '3107 0401ff 04020001'],
  ['times', '300f 170d3439313233313233353935395a'],
  ['a context tag with anything in it', 'a003 8201ff'],
  ['a private bit string', '0302 07 80'],
])('%s are DER', (_, input) => {
  expect(codeOf(bytes(input))).toBeUndefined()
})

test.each([
  ['an integer padded with zeros', '02020001', 'der.integer-not-minimal'],
  ['an integer padded with ones', '0202ff80', 'der.integer-not-minimal'],
  ['an integer of nothing', '0200', 'der.integer-empty'],
  ['TRUE as 01', '010101', 'der.boolean'],
  ['a boolean of two octets', '01020000', 'der.boolean'],
  ['an object identifier padded', '06032a8001', 'der.oid-padded'],
  ['an object identifier without an end', '06022a80', 'der.oid-unfinished'],
  ['an object identifier of nothing', '0600', 'der.oid-empty'],
  ['an arc over 2^31', '06072a9fffffffff7f', 'der.oid-too-large'],
  ['NULL with content', '050100', 'der.null'],
  ['unused bits that are set', '03020101', 'der.bit-string'],
  ['eight unused bits', '03020800', 'der.bit-string'],
  ['unused bits of nothing', '030101', 'der.bit-string'],
  ['a string in pieces', '2403040161', 'der.constructed-string'],
  ['a set out of order', '3106020103020102', 'der.set-order'],
  ['a time without seconds', '170b343931323331323335395a', 'der.time'],
  ['a time with an offset', '1711323630313031303030302b30303030', 'tlv.length-past-end'],
  ['the 30th of February', '170d3236303233303030303030305a', 'der.time'],
  ['second 60', '170d3236303131303030303036305a', 'der.time'],
  ['UTF-8 that is none', '0c02c328', 'der.string'],
  ['half a BMP character', '1e0141', 'der.string'],
  ['a surrogate without its other half', '1e02d800', 'der.string'],
  ['an eighth bit in a PrintableString', '1301ff', 'der.string'],
  ['an end of contents without a beginning', '30020000', 'tlv.unexpected-tag'],
  ['a sequence that is called primitive', '1000', 'tlv.unexpected-tag'],
])('%s is refused', (_, input, code) => {
  expect(codeOf(bytes(input))).toBe(code)
})

test('the number of elements is bounded, by a limit of the caller where one is given', () => {
  const many = encodeElement(0x30, ...Array.from({ length: 300 }, () => der.nullValue()))
  expect(codeOf(many)).toBeUndefined()
  expect(codeOf(many, 300)).toBe('tlv.too-many')
  expect(codeOf(many, 301)).toBeUndefined()
})

describe.skipIf(!haveReferenceData)(`hostile inputs ${withReferenceData}`, () => {
  interface Hostile {
    readonly id: string
    readonly kind: string
    readonly b64: string
  }
  const cases = haveReferenceData
    ? referenceJson<{ cases: Hostile[] }>('security', 'hostile-input', 'cases.json').cases
    : []

  test.each(cases.filter(({ kind }) => kind === 'der').map((one) => [one.id, one] as const))(
    '%s is a typed error in under 50 ms',
    (_, { b64 }) => {
      const input = new Uint8Array(Buffer.from(b64, 'base64'))
      const start = performance.now()
      expect(codeOf(input)).toMatch(/^(?:tlv|der)\./)
      expect(performance.now() - start).toBeLessThan(50)
    },
  )
})
