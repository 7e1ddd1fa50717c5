import { write as der } from '@nansen/formats/der'
import { concat } from '@nansen/formats/tlv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toInteger, toOctets } from './integers.ts'
import { pairFromDer, pairFromPlain } from './signature-pair.ts'

// An order of two octets, so that every number near its ends can be named.
const order = Uint8Array.of(0xa5, 0x03)
const encode = (r: number, s: number) => der.sequence(der.integer(r), der.integer(s))
const octets = (value: number) => toOctets(BigInt(value), 2)!

test('numbers from 1 to the order less 1 are read, in either encoding', () => {
  const inRange = fc.integer({ min: 1, max: 0xa502 })
  fc.assert(
    fc.property(inRange, inRange, (r, s) => {
      const plain = concat(octets(r), octets(s))
      expect(pairFromDer(encode(r, s), order)).toEqual(plain)
      expect(pairFromPlain(plain, order)).toEqual(plain)
    }),
  )
})

test('zero, the order and all above it are refused, for either number', () => {
  for (const wrong of [0, 0xa503, 0xa504, 0xa5ff, 0xa601, 0xffff, 0x10000, 0x1a503]) {
    expect(pairFromDer(encode(wrong, 1), order), `r ${wrong}`).toBeUndefined()
    expect(pairFromDer(encode(1, wrong), order), `s ${wrong}`).toBeUndefined()
    if (wrong > 0xffff) continue
    expect(pairFromPlain(concat(octets(wrong), octets(1)), order), `r ${wrong}`).toBeUndefined()
    expect(pairFromPlain(concat(octets(1), octets(wrong)), order), `s ${wrong}`).toBeUndefined()
  }
})

test('the plain form is as wide as two orders, neither less nor more', () => {
  for (const length of [0, 1, 2, 3, 5, 6, 8])
    expect(pairFromPlain(new Uint8Array(length).fill(1), order), `${length} octets`).toBeUndefined()
})

test('what is read as DER is the only encoding of its two numbers', () => {
  const near = fc.tuple(
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 0, max: 0xffff }),
    fc.nat(),
    fc.nat(255),
  )
  fc.assert(
    fc.property(near, ([r, s, at, octet]) => {
      const changed = encode(r, s)
      changed[at % changed.length] = octet
      const pair = pairFromDer(changed, order)
      if (pair === undefined) return
      const number = (from: number) => Number(toInteger(pair.subarray(from, from + 2)))
      expect(encode(number(0), number(2))).toEqual(changed)
    }),
    { numRuns: 2000 },
  )
})
