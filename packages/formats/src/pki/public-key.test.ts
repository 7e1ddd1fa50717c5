import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { refusal, somePoint, unhex } from '../../../../test/certificate-parts.ts'
import { write as der } from '../der/index.ts'
import { encodePssParameters } from './algorithm.ts'
import { CURVES, type Curve, curveByName } from './curves.ts'
import { OIDS } from './oids.ts'
import { encodeEcPublicKey, encodeRsaPublicKey, parsePublicKey } from './public-key.ts'

const OPENSSL_NAMES: Readonly<Record<string, string>> = {
  'P-192': 'prime192v1',
  'P-224': 'secp224r1',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

describe.each(CURVES.map((curve) => [curve.name, curve] as const))('%s', (name, curve) => {
  const pair = (paramEncoding: 'named' | 'explicit') =>
    generateKeyPairSync('ec', { namedCurve: OPENSSL_NAMES[name] ?? name, paramEncoding }).publicKey
  const spki = (paramEncoding: 'named' | 'explicit') =>
    new Uint8Array(pair(paramEncoding).export({ type: 'spki', format: 'der' }))

  test('is recognised by the parameters that OpenSSL writes, each of them compared', () => {
    expect(parsePublicKey(spki('explicit'))).toMatchObject({ kind: 'ec', curve, parameters: 'explicit' })
  })

  test('is recognised by its name', () => {
    expect(parsePublicKey(spki('named'))).toMatchObject({ kind: 'ec', curve, parameters: 'named' })
  })

  test('is written so that OpenSSL finds the same key, with explicit parameters and with a name', () => {
    const theirs = pair('named')
    const key = parsePublicKey(new Uint8Array(theirs.export({ type: 'spki', format: 'der' })))
    if (key.kind !== 'ec') throw new Error('no EC key')
    for (const parameters of ['explicit', 'named'] as const) {
      const ours = encodeEcPublicKey(curve, key.point, parameters)
      expect(createPublicKey({ key: Buffer.from(ours), format: 'der', type: 'spki' }).equals(theirs)).toBe(
        true,
      )
      expect(parsePublicKey(ours)).toMatchObject({ curve, parameters, encoded: ours })
    }
  })
})

/** ECParameters of P-256 with some of its parts replaced. */
function explicit(
  parts: Partial<Record<'version' | 'field' | 'a' | 'b' | 'base' | 'order' | 'cofactor', Uint8Array>> = {},
): Uint8Array {
  const { p, a, b, x, y, n }: Curve = curveByName('P-256')
  const parameters = der.sequence(
    parts.version ?? der.integer(1),
    parts.field ?? der.sequence(der.oid(OIDS.primeField), der.unsigned(unhex(p))),
    der.sequence(der.octetString(parts.a ?? unhex(a)), der.octetString(parts.b ?? unhex(b))),
    der.octetString(parts.base ?? unhex(`04${x}${y}`)),
    parts.order ?? der.unsigned(unhex(n)),
    parts.cofactor ?? der.integer(1),
  )
  return der.sequence(der.sequence(der.oid(OIDS.ecPublicKey), parameters), der.bitString(somePoint))
}

const flipped = (text: string): Uint8Array => {
  const octets = unhex(text)
  octets[octets.length - 1]! ^= 1
  return octets
}

describe('explicit parameters of an attacker’s choice (CVE-2020-0601)', () => {
  const { p, a, b, x, y, n } = curveByName('P-256')
  const other = curveByName('brainpoolP256r1')
  const field = (prime: Uint8Array) => der.sequence(der.oid(OIDS.primeField), der.unsigned(prime))

  test.each([
    ['the key itself as base point, so that its private key is 1', { base: flipped(`04${x}${y}`) }],
    ['the base point of another curve', { base: unhex(`04${other.x}${other.y}`) }],
    ['no base point', { base: Uint8Array.of(0) }],
    ['a base point of half its length', { base: unhex(`04${x}`) }],
    ['a compressed base point of the wrong sign', { base: unhex(`02${x}`) }],
    ['another order', { order: der.unsigned(flipped(n)) }],
    ['the order 1', { order: der.integer(1) }],
    ['another a', { a: flipped(a) }],
    ['another b', { b: flipped(b) }],
    ['b and a exchanged', { a: unhex(b), b: unhex(a) }],
    ['an a that is far too long', { a: new Uint8Array(5000) }],
    ['another prime', { field: field(flipped(p)) }],
    ['the prime of another curve', { field: field(unhex(other.p)) }],
    ['a binary field', { field: der.sequence(der.oid('1.2.840.10045.1.2'), der.integer(163)) }],
    ['the cofactor 2', { cofactor: der.integer(2) }],
    ['the cofactor 0', { cofactor: der.integer(0) }],
  ])('%s is refused', (_, parts) => {
    expect(refusal(() => parsePublicKey(explicit(parts)))).toBe('pki.key-curve')
  })

  test('a negative order, and a version that there is not, are refused', () => {
    expect(refusal(() => parsePublicKey(explicit({ order: unhex('0201ff') })))).toBe('der.integer-negative')
    expect(refusal(() => parsePublicKey(explicit({ version: der.integer(0) })))).toBe('pki.version')
    expect(refusal(() => parsePublicKey(explicit({ version: der.integer(4) })))).toBe('pki.version')
  })

  test('what is met in the field is read: no cofactor, leading zeros, a compressed base point', () => {
    const odd = (Number.parseInt(y.slice(-1), 16) & 1) === 1
    for (const parts of [
      {},
      { cofactor: new Uint8Array(0) },
      { a: unhex(`0000${a}`), b: unhex(`00${b}`) },
      { base: unhex(`${odd ? '03' : '02'}${x}`) },
    ])
      expect(parsePublicKey(explicit(parts))).toMatchObject({ kind: 'ec', curve: { name: 'P-256' } })
  })
})

describe('EC keys', () => {
  const withPoint = (point: Uint8Array) => encodeEcPublicKey(curveByName('P-256'), point, 'named')

  test.each([
    ['no point', new Uint8Array(0)],
    ['the point at infinity', Uint8Array.of(0)],
    ['half a point', somePoint.subarray(0, 33)],
    ['a point and one octet more', Uint8Array.from([...somePoint, 0])],
    ['the hybrid form', Uint8Array.from([6, ...somePoint.subarray(1)])],
  ])('%s is refused', (_, point) => {
    expect(refusal(() => parsePublicKey(withPoint(point)))).toBe('pki.key-point')
  })

  test('a curve nobody here knows, or none, is refused', () => {
    const key = (...parameters: Uint8Array[]) =>
      der.sequence(der.sequence(der.oid(OIDS.ecPublicKey), ...parameters), der.bitString(somePoint))
    expect(refusal(() => parsePublicKey(key(der.oid('1.3.132.0.10'))))).toBe('pki.key-curve')
    expect(refusal(() => parsePublicKey(key(der.nullValue())))).toBe('pki.algorithm-parameters')
    expect(refusal(() => parsePublicKey(key()))).toBe('pki.algorithm-parameters')
  })
})

describe('RSA keys', () => {
  const modulus = new Uint8Array(256).fill(0xff)
  const exponent = Uint8Array.of(1, 0, 1)

  test('say how many bits they have', () => {
    for (const [first, bits] of [
      [0xff, 2048],
      [0x7f, 2047],
      [0x01, 2041],
    ] as const) {
      const n = modulus.slice()
      n[0] = first
      expect(parsePublicKey(encodeRsaPublicKey(n, exponent))).toMatchObject({ kind: 'rsa', bits })
    }
  })

  const even = modulus.slice()
  even[255] = 0xfe
  test.each([
    ['an even modulus', even, exponent],
    ['the modulus 0', Uint8Array.of(0), exponent],
    ['the exponent 1, under which everything is its own signature', modulus, Uint8Array.of(1)],
    ['an even exponent', modulus, Uint8Array.of(2)],
    ['the exponent 0', modulus, Uint8Array.of(0)],
  ])('%s is refused', (_, n, e) => {
    expect(refusal(() => parsePublicKey(encodeRsaPublicKey(n, e)))).toBe('pki.key-size')
  })

  test('a modulus over 8,192 bits, or an exponent over 256, is refused', () => {
    expect(refusal(() => parsePublicKey(encodeRsaPublicKey(new Uint8Array(1025).fill(1), exponent)))).toBe(
      'der.integer-too-large',
    )
    expect(refusal(() => parsePublicKey(encodeRsaPublicKey(modulus, new Uint8Array(33).fill(1))))).toBe(
      'der.integer-too-large',
    )
  })

  test('for PSS only say with which parameters', () => {
    const pss = { hash: 'sha384', mgfHash: 'sha256', saltLength: 32 } as const
    const algorithm = der.sequence(der.oid(OIDS.rsaPss), encodePssParameters(pss))
    const octets = der.sequence(der.unsigned(modulus), der.unsigned(exponent))
    const key = parsePublicKey(der.sequence(algorithm, der.bitString(octets)))
    expect(key).toMatchObject({ kind: 'rsa', bits: 2048, pss })
  })
})

test('other algorithms are named, and not refused', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const encoded = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  expect(parsePublicKey(encoded)).toEqual({ kind: 'unknown', oid: '1.3.101.112', encoded })
})
