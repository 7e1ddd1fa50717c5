import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import { CURVES, type Curve, type HashName } from '@nansen/formats/pki'
import { concat } from '@nansen/formats/tlv'
import { describe, expect, test } from 'vitest'
import { answer, expectSound, flipped, message, publicKeyOf } from '../../../../test/crypto-adapters.ts'
import { toInteger, toOctets } from './integers.ts'

const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const OPENSSL_NAMES: Readonly<Record<string, string>> = { 'P-192': 'prime192v1', 'P-224': 'secp224r1' }

/** A key pair on a curve, with the public key as the formats read it. */
function ecKeys(curve: Curve) {
  const pair = node.generateKeyPairSync('ec', { namedCurve: OPENSSL_NAMES[curve.name] ?? curve.name })
  const key = publicKeyOf(pair.publicKey)
  if (key.kind !== 'ec') throw new Error('an EC key was made')
  return { privateKey: pair.privateKey, key }
}

describe('ECDSA', () => {
  for (const curve of CURVES) {
    test(`on ${curve.name} with every hash, longer and shorter than the order, in both encodings`, async () => {
      const { privateKey, key } = ecKeys(curve)
      for (const hash of HASHES)
        for (const encoding of ['der', 'plain'] as const) {
          const dsaEncoding = encoding === 'der' ? 'der' : 'ieee-p1363'
          const signature = new Uint8Array(node.sign(hash, message, { key: privateKey, dsaEncoding }))
          await expectSound({ algorithm: { scheme: 'ecdsa', hash, encoding }, key, signature })
        }
    })

    test(`on ${curve.name} with a compressed point, and with points that are not on it`, async () => {
      const { privateKey, key } = ecKeys(curve)
      const algorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' } as const
      const signature = new Uint8Array(node.sign('sha256', message, privateKey))
      const x = key.point.subarray(1, 1 + curve.size)
      const odd = key.point[2 * curve.size]! & 1
      const compressed = concat(Uint8Array.of(2 + odd), x)
      await expectSound({ algorithm, key: { ...key, point: compressed }, signature })
      const wrong = [
        concat(Uint8Array.of(3 - odd), x),
        flipped(key.point, 8 * key.point.length - 1),
        concat(Uint8Array.of(4), new Uint8Array(2 * curve.size)),
        concat(Uint8Array.of(4), new Uint8Array(2 * curve.size).fill(0xff)),
        concat(Uint8Array.of(2), new Uint8Array(curve.size).fill(0xff)),
      ]
      for (const point of wrong)
        expect(await answer({ algorithm, key: { ...key, point }, signature })).toBe('invalid')
    })
  }

  for (const name of ['P-256', 'brainpoolP256r1', 'P-521']) {
    const curve = CURVES.find((known) => known.name === name)!
    const { privateKey, key } = ecKeys(curve)
    const width = curve.n.length / 2
    const plain = new Uint8Array(node.sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
    const r = plain.subarray(0, width)
    const s = plain.subarray(width)
    const order = toOctets(BigInt(`0x${curve.n}`), width)!
    const plus = (value: Uint8Array, more: bigint) => toOctets(toInteger(value) + more, width + 1)!
    const zeros = new Uint8Array(width)
    const raw = (tag: number, ...parts: readonly Uint8Array[]) => der.encodeElement(tag, ...parts)
    const padded = (value: Uint8Array) => raw(2, Uint8Array.of(0, 0), value)
    const whole = der.sequence(der.unsigned(r), der.unsigned(s))
    const header = whole[1] === 0x81 ? 3 : 2
    const content = whole.subarray(header)

    const refused: readonly (readonly [string, Uint8Array])[] = [
      ['no octets', new Uint8Array(0)],
      ['an r of zero', der.sequence(der.unsigned(zeros), der.unsigned(s))],
      ['an s of zero', der.sequence(der.unsigned(r), der.unsigned(zeros))],
      ['the order as r', der.sequence(der.unsigned(order), der.unsigned(s))],
      ['the order as s', der.sequence(der.unsigned(r), der.unsigned(order))],
      ['r with the order added', der.sequence(der.unsigned(plus(r, toInteger(order))), der.unsigned(s))],
      ['s with the order added', der.sequence(der.unsigned(r), der.unsigned(plus(s, toInteger(order))))],
      ['r with needless zeros', der.sequence(padded(r), der.unsigned(s))],
      ['s with needless zeros', der.sequence(der.unsigned(r), padded(s))],
      ['a negative r', der.sequence(raw(2, Uint8Array.of(0xff), r), der.unsigned(s))],
      ['an empty r', der.sequence(raw(2), der.unsigned(s))],
      ['a third number', der.sequence(der.unsigned(r), der.unsigned(s), der.unsigned(s))],
      ['one number', der.sequence(der.unsigned(r))],
      ['octets after the sequence', concat(whole, Uint8Array.of(0))],
      ['octets missing at the end', whole.subarray(0, whole.length - 1)],
      ['a SET', raw(0x31, content)],
      ['an OCTET STRING for r', der.sequence(der.octetString(r), der.unsigned(s))],
      [
        'a length in more octets than it needs',
        concat(Uint8Array.of(0x30, 0x82, 0, content.length), content),
      ],
      ['an indefinite length', concat(Uint8Array.of(0x30, 0x80), content, Uint8Array.of(0, 0))],
      ['the plain form', plain],
    ]
    test(`on ${name} a DER signature has one encoding: ${refused.length} others are refused`, async () => {
      const algorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' } as const
      expect(await answer({ algorithm, key, signature: whole })).toBe('valid')
      for (const [what, signature] of refused)
        expect(await answer({ algorithm, key, signature }), what).toBe('invalid')
    })

    test(`on ${name} a plain signature is exactly twice as wide as the order`, async () => {
      const algorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'plain' } as const
      await expectSound({ algorithm, key, signature: plain })
      const wrong = [
        new Uint8Array(0),
        plain.subarray(1),
        concat(plain, Uint8Array.of(0)),
        concat(Uint8Array.of(0), r, Uint8Array.of(0), s),
        concat(zeros, s),
        concat(r, zeros),
        concat(order, s),
        concat(r, order),
        new Uint8Array(2 * width),
        whole,
      ]
      for (const signature of wrong) expect(await answer({ algorithm, key, signature })).toBe('invalid')
    })

    test(`on ${name} the negative of s is a signature too`, async () => {
      const algorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'plain' } as const
      const negative = toOctets(toInteger(order) - toInteger(s), width)!
      expect(await answer({ algorithm, key, signature: concat(r, negative) })).toBe('valid')
    })
  }
})
