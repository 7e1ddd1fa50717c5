import { createHmac } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import { expect, test } from 'vitest'
import { blindIndex, type IndexKind } from './blind-index.ts'

const KEY = new Uint8Array(32).fill(7)
const index = (kind: IndexKind, text: string, key = KEY) => hex(blindIndex(key, kind, text))

test('it is an HMAC with the kind in front', () => {
  const expected = createHmac('sha256', KEY)
    .update(Buffer.from('nansen/index/number\0ACDEFGHJK', 'latin1'))
    .digest('hex')
  expect(index('number', 'ACDEFGHJK')).toBe(expected)
})

test('a number is found however it is written', () => {
  for (const text of ['acdefghjk', ' ACD EFG HJK ', 'ACD-EFG-HJK', 'ACDEFGHJK<', 'ＡＣＤＥＦＧＨＪＫ'])
    expect(index('number', text)).toBe(index('number', 'ACDEFGHJK'))
})

test('a reference keeps its case and its signs; only how letters are composed does not count', () => {
  expect(index('reference', 'a-1')).not.toBe(index('reference', 'A-1'))
  expect(index('reference', 'a-1')).not.toBe(index('reference', 'a1'))
  expect(index('reference', 'é')).toBe(index('reference', 'é'))
})

test('another key, another kind or another text gives another index', () => {
  const indexes = [
    index('number', 'ACDEFGHJK'),
    index('number', 'ACDEFGHJL'),
    index('reference', 'ACDEFGHJK'),
    index('order', 'ACDEFGHJK'),
    index('number', 'ACDEFGHJK', new Uint8Array(32).fill(8)),
  ]
  expect(new Set(indexes).size).toBe(5)
})

test('a key of another length is refused, the empty one above all', () => {
  for (const length of [0, 16, 31, 33])
    expect(() => blindIndex(new Uint8Array(length), 'number', 'A')).toThrow(RangeError)
})
