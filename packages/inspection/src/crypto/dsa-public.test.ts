import * as node from 'node:crypto'
import { write as der, readUnsigned } from '@nansen/formats/der'
import { type HashName, OIDS } from '@nansen/formats/pki'
import { concat, Fields, readOnly } from '@nansen/formats/tlv'
import { describe, expect, test } from 'vitest'
import { answer, expectSound, message, publicKeyOf } from '../../../../test/crypto-adapters.ts'
import { readDsaKey } from './dsa-public.ts'
import { toInteger, toOctets } from './integers.ts'

const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']

describe('DSA', () => {
  const sizes: readonly (readonly [number, number])[] = [
    [1024, 160],
    [2048, 224],
    [2048, 256],
  ]
  for (const [modulusLength, divisorLength] of sizes) {
    const { privateKey, publicKey } = node.generateKeyPairSync('dsa', { modulusLength, divisorLength })
    const key = publicKeyOf(publicKey)
    const sign = (hash: HashName) => new Uint8Array(node.sign(hash, message, privateKey))

    test(`with every hash under ${modulusLength} and ${divisorLength} bits`, async () => {
      for (const hash of HASHES)
        await expectSound({ algorithm: { scheme: 'dsa', hash }, key, signature: sign(hash) })
    })

    test(`of ${modulusLength} bits: another encoding, or numbers out of range, are refused`, async () => {
      const signature = sign('sha256')
      const { q } = readDsaKey(key.encoded)!
      const numbers = new Fields(readOnly(signature), 'RFC3279 §2.2.2')
      const [r, s] = [numbers.any().encoded, numbers.any().encoded]
      const number = (value: bigint) => der.unsigned(toOctets(value, 40)!)
      for (const wrong of [
        concat(signature, Uint8Array.of(0)),
        der.sequence(r, s, s),
        der.sequence(r),
        der.sequence(r, number(0n)),
        der.sequence(number(0n), s),
        der.sequence(r, number(q)),
        der.sequence(number(q), s),
        der.sequence(number(toInteger(readUnsigned(readOnly(r))) + q), s),
        der.sequence(der.encodeElement(2, Uint8Array.of(0, 0), readUnsigned(readOnly(r))), s),
      ])
        expect(await answer({ algorithm: { scheme: 'dsa', hash: 'sha256' }, key, signature: wrong })).toBe(
          'invalid',
        )
    })

    test(`of ${modulusLength} bits: a key under which anyone could sign is no key`, async () => {
      const { p, q, g, y } = readDsaKey(key.encoded)!
      const number = (value: bigint) => der.unsigned(toOctets(value, 512)!)
      const spki = (group: readonly bigint[] | undefined, value: bigint) =>
        der.sequence(
          der.sequence(der.oid(OIDS.dsa), ...(group ? [der.sequence(...group.map(number))] : [])),
          der.bitString(number(value)),
        )
      const ask = (encoded: Uint8Array) =>
        answer({
          algorithm: { scheme: 'dsa', hash: 'sha256' },
          key: { kind: 'dsa', encoded },
          signature: sign('sha256'),
        })
      expect(await ask(spki([p, q, g], y))).toBe('valid')
      for (const encoded of [
        spki(undefined, y),
        spki([p, q], y),
        spki([p, q, g], 0n),
        spki([p, q, g], 1n),
        spki([p, q, g], p + y),
        spki([p, q, 1n], y),
        spki([p, q, 0n], y),
        spki([p, q, g + p], y),
        spki([p, 3n, g], y),
        spki([q, q, g], y),
        Uint8Array.of(0x30, 0),
        new Uint8Array(0),
      ])
        expect(await ask(encoded)).toBe('invalid')
    })
  }
})
