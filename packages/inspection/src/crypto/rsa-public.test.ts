import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import {
  encodePssParameters,
  type HashName,
  hashLength,
  OIDS,
  type PssParameters,
  type PublicKey,
  type SignatureAlgorithm,
} from '@nansen/formats/pki'
import { concat } from '@nansen/formats/tlv'
import { describe, expect, test } from 'vitest'
import { answer, expectSound, message, publicKeyOf } from '../../../../test/crypto-adapters.ts'
import { toInteger, toOctets } from './integers.ts'

const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']

describe('RSA', () => {
  const pkcs1 = (hash: HashName) => ({ scheme: 'rsa-pkcs1', hash }) as const
  const sizes: readonly (readonly [number, number])[] = [
    [1024, 65537],
    [1025, 65537],
    [1030, 3],
    [2047, 0x94f1],
    [2048, 3],
    [2048, 4294967291],
    [3072, 65537],
  ]
  for (const [modulusLength, publicExponent] of sizes) {
    const { privateKey, publicKey } = node.generateKeyPairSync('rsa', { modulusLength, publicExponent })
    const key = publicKeyOf(publicKey)
    test(`PKCS #1 with every hash under ${modulusLength} bits and exponent ${publicExponent}`, async () => {
      for (const hash of HASHES)
        await expectSound({
          algorithm: pkcs1(hash),
          key,
          signature: new Uint8Array(node.sign(hash, message, privateKey)),
        })
    })

    test(`PSS with every hash and four lengths of salt under ${modulusLength} bits and exponent ${publicExponent}`, async () => {
      for (const hash of HASHES)
        for (const saltLength of [
          0,
          20,
          hashLength(hash),
          Math.ceil((modulusLength - 1) / 8) - hashLength(hash) - 2,
        ]) {
          if (Math.ceil((modulusLength - 1) / 8) < hashLength(hash) + saltLength + 2) continue
          const padding = node.constants.RSA_PKCS1_PSS_PADDING
          const signature = new Uint8Array(node.sign(hash, message, { key: privateKey, padding, saltLength }))
          const algorithm = { scheme: 'rsa-pss', hash, mgfHash: hash, saltLength } as const
          await expectSound({ algorithm, key, signature })
          for (const other of [saltLength + 1, saltLength === 0 ? 7 : saltLength - 1, 512])
            expect(await answer({ algorithm: { ...algorithm, saltLength: other }, key, signature })).toBe(
              'invalid',
            )
        }
    })
  }

  const { privateKey, publicKey } = node.generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = publicKeyOf(publicKey)
  if (key.kind !== 'rsa') throw new Error('an RSA key was made')

  /** A signature under PSS parameters that node:crypto takes from a key only. */
  function signPss(algorithm: PssParameters): Uint8Array {
    const pkcs8 = der.sequence(
      der.integer(0),
      der.sequence(der.oid(OIDS.rsaPss), encodePssParameters({ ...algorithm, saltLength: 0 })),
      der.octetString(privateKey.export({ format: 'der', type: 'pkcs1' })),
    )
    const restricted = node.createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    const padding = node.constants.RSA_PKCS1_PSS_PADDING
    const options = { key: restricted, padding, saltLength: algorithm.saltLength }
    return new Uint8Array(node.sign(algorithm.hash, message, options))
  }

  test('PSS with another hash inside MGF1 than over the message, in every combination', async () => {
    for (const hash of HASHES)
      for (const mgfHash of HASHES) {
        const algorithm = { scheme: 'rsa-pss', hash, mgfHash, saltLength: 20 } as const
        const signature = signPss(algorithm)
        await expectSound({ algorithm, key, signature })
        const other = { ...algorithm, mgfHash: mgfHash === 'sha256' ? 'sha1' : 'sha256' } as const
        expect(await answer({ algorithm: other, key, signature })).toBe('invalid')
      }
  })

  test('a key restricted to PSS parameters goes with those, and with a longer salt, and nothing else', async () => {
    const pss = { hash: 'sha256', mgfHash: 'sha384', saltLength: 32 } as const
    const restricted: PublicKey = { ...key, pss }
    const ask = (algorithm: SignatureAlgorithm, signature: Uint8Array) =>
      answer({ algorithm, key: restricted, signature })
    for (const [change, expected] of [
      [{}, 'valid'],
      [{ saltLength: 40 }, 'valid'],
      [{ saltLength: 31 }, 'invalid'],
      [{ mgfHash: 'sha256' }, 'invalid'],
      [{ hash: 'sha384' }, 'invalid'],
    ] as const) {
      const algorithm = { scheme: 'rsa-pss', ...pss, ...change } as const
      expect(await ask(algorithm, signPss(algorithm)), JSON.stringify(change)).toBe(expected)
    }
    expect(await ask(pkcs1('sha256'), new Uint8Array(node.sign('sha256', message, privateKey)))).toBe(
      'invalid',
    )
  })

  test('a signature is as long as the modulus: leading zeros left out or added are refused', async () => {
    const padding = node.constants.RSA_PKCS1_PSS_PADDING
    const pss = { scheme: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 } as const
    for (const algorithm of [pkcs1('sha256'), pss]) {
      const options = algorithm.scheme === 'rsa-pss' ? { padding, saltLength: 32 } : {}
      let text: Uint8Array
      let signature: Uint8Array
      let number = 0
      do {
        text = new TextEncoder().encode(String(number++))
        signature = new Uint8Array(node.sign('sha256', text, { key: privateKey, ...options }))
      } while (signature[0] !== 0)
      expect(await answer({ algorithm, key, signature }, text)).toBe('valid')
      const shorter = signature.subarray(1)
      const longer = concat(Uint8Array.of(0), signature)
      expect(await answer({ algorithm, key, signature: shorter }, text)).toBe('invalid')
      expect(await answer({ algorithm, key, signature: longer }, text)).toBe('invalid')
      expect(await answer({ algorithm, key, signature: new Uint8Array(0) }, text)).toBe('invalid')
    }
  })

  test('a signature with the modulus added to it is refused', async () => {
    const pair = node.generateKeyPairSync('rsa', { modulusLength: 1025 })
    const odd = publicKeyOf(pair.publicKey)
    if (odd.kind !== 'rsa') throw new Error('an RSA key was made')
    const signature = new Uint8Array(node.sign('sha256', message, pair.privateKey))
    const algorithm = pkcs1('sha256')
    expect(await answer({ algorithm, key: odd, signature })).toBe('valid')
    const more = toOctets(toInteger(signature) + toInteger(odd.modulus), signature.length)!
    expect(await answer({ algorithm, key: odd, signature: more })).toBe('invalid')
  })

  test('PKCS #1 opens to one block and no other', async () => {
    const digest = new Uint8Array(node.createHash('sha256').update(message).digest())
    const oid = der.oid(OIDS.sha256)
    const info = der.sequence(der.sequence(oid, der.nullValue()), der.octetString(digest))
    const withoutNull = der.sequence(der.sequence(oid), der.octetString(digest))
    const otherHash = der.sequence(
      der.sequence(der.oid(OIDS.sha384), der.nullValue()),
      der.octetString(digest),
    )
    const length = key.modulus.length
    const block = (tail: Uint8Array, { type = 1, fill = 0xff, first = 0, before = 0 } = {}) =>
      concat(
        Uint8Array.of(first, type),
        new Uint8Array(length - 3 - tail.length - before).fill(fill),
        Uint8Array.of(0),
        tail,
        new Uint8Array(before),
      )
    const refused: readonly (readonly [string, Uint8Array])[] = [
      ['type 2', block(info, { type: 2 })],
      ['type 0', block(info, { type: 0, fill: 0 })],
      ['other padding', block(info, { fill: 0xfe })],
      ['octets after the hash', block(info, { before: 20 })],
      ['no NULL', block(withoutNull)],
      ['the hash without its name', block(digest)],
      ['the name of another hash', block(otherHash)],
      ['a padded length', block(concat(Uint8Array.of(0x30, 0x81, info.length - 2), info.subarray(2)))],
    ]
    const open = (encoded: Uint8Array) =>
      new Uint8Array(
        node.privateEncrypt(
          { key: privateKey, padding: node.constants.RSA_NO_PADDING },
          Buffer.from(encoded),
        ),
      )
    const algorithm = pkcs1('sha256')
    expect(await answer({ algorithm, key, signature: open(block(info)) })).toBe('valid')
    for (const [what, encoded] of refused)
      expect(await answer({ algorithm, key, signature: open(encoded) }), what).toBe('invalid')
  })

  test('a modulus too small for the hash, and exponents out of range, are invalid', async () => {
    const small: PublicKey = {
      ...key,
      modulus: Uint8Array.of(0xc5, 0x01),
      exponent: Uint8Array.of(3),
      bits: 16,
    }
    const one: PublicKey = { ...key, modulus: Uint8Array.of(1), exponent: Uint8Array.of(3), bits: 1 }
    const large: PublicKey = { ...key, exponent: key.modulus }
    for (const odd of [small, one, large])
      for (const algorithm of [
        pkcs1('sha1'),
        { scheme: 'rsa-pss', hash: 'sha1', mgfHash: 'sha1', saltLength: 0 } as const,
      ]) {
        const signature = new Uint8Array(odd.kind === 'rsa' ? odd.modulus.length : 0).fill(1)
        expect(await answer({ algorithm, key: odd, signature })).toBe('invalid')
      }
  })

  test('a long exponent is worked out under a modulus of 3,072 bits and unsupported above', async () => {
    const exponent = new Uint8Array(32).fill(0xff)
    const wide = (octets: number): PublicKey => {
      const modulus = new Uint8Array(octets).fill(0xff)
      return { ...key, modulus, exponent, bits: 8 * octets }
    }
    const ask = (octets: number) =>
      answer({ algorithm: pkcs1('sha256'), key: wide(octets), signature: new Uint8Array(octets).fill(1) })
    expect(await ask(384)).toBe('invalid')
    expect(await ask(385)).toBe('unsupported')
  })
})
