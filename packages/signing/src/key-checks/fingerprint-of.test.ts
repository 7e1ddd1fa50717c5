import { ECDH, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { encodeEcPublicKey, encodeRsaPublicKey, parsePublicKey } from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import { expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint-of.ts'

const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }))

test.each([
  ['P-256', 'prime256v1'],
  ['P-521', 'secp521r1'],
  ['brainpoolP224r1', 'brainpoolP224r1'],
  ['brainpoolP384r1', 'brainpoolP384r1'],
])(
  'a key on %s has one fingerprint, named or explicit, with both coordinates or one',
  (namedCurve, openssl) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve })
    const named = spkiOf(publicKey)
    const key = parsePublicKey(named)
    if (key.kind !== 'ec') throw new Error('no EC key')
    const compressed = new Uint8Array(
      ECDH.convertKey(key.point, openssl, undefined, undefined, 'compressed') as Buffer,
    )
    const forms = [
      named,
      encodeEcPublicKey(key.curve, key.point, 'explicit'),
      encodeEcPublicKey(key.curve, compressed, 'named'),
      encodeEcPublicKey(key.curve, compressed, 'explicit'),
    ]
    expect(new Set(forms.map((form) => hex(fingerprintOf(form)))).size).toBe(1)
    expect(fingerprintOf(named)).toHaveLength(32)
  },
)

test('an RSA key has the same fingerprint with PSS restrictions and without', () => {
  const { publicKey } = generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha256',
    // The types want a text where node wants a number.
    saltLength: 32 as unknown as string,
  })
  const restricted = spkiOf(publicKey)
  const key = parsePublicKey(restricted)
  if (key.kind !== 'rsa') throw new Error('no RSA key')
  expect(key.pss).toBeDefined()
  expect(hex(fingerprintOf(restricted))).toBe(
    hex(fingerprintOf(encodeRsaPublicKey(key.modulus, key.exponent))),
  )
})

test('two keys have two', () => {
  const of = () => hex(fingerprintOf(spkiOf(generateKeyPairSync('ed25519').publicKey)))
  expect(of()).not.toBe(of())
})
