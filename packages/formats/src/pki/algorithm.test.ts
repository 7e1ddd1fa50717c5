import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusal, unhex } from '../../../../test/certificate-parts.ts'
import { write as der } from '../der/index.ts'
import { hex, readOnly } from '../tlv/index.ts'
import {
  encodeHashAlgorithm,
  encodePssParameters,
  encodeSignatureAlgorithm,
  type HashName,
  hashLength,
  hashOf,
  parseAlgorithmIdentifier,
  readPssParameters,
  type SignatureAlgorithm,
  sameAlgorithm,
  signatureAlgorithmOf,
} from './algorithm.ts'
import { OIDS } from './oids.ts'

const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const identifier = (oid: string, ...parameters: Uint8Array[]) =>
  parseAlgorithmIdentifier(der.sequence(der.oid(oid), ...parameters))

describe('digest algorithms', () => {
  test.each(HASHES)('%s is read with NULL and without, and written without', (hash) => {
    const written = encodeHashAlgorithm(hash)
    const read = parseAlgorithmIdentifier(written)
    expect(read.parameters).toBeUndefined()
    expect(hashOf(read)).toBe(hash)
    expect(hashOf(identifier(read.oid, der.nullValue()))).toBe(hash)
    expect(hashLength(hash)).toBe({ sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }[hash])
  })

  test('MD5 is none, and other parameters than NULL are refused', () => {
    expect(hashOf(identifier('1.2.840.113549.2.5'))).toBeUndefined()
    expect(refusal(() => hashOf(identifier(OIDS.sha256, der.integer(1))))).toBe('pki.algorithm-parameters')
    expect(refusal(() => hashOf(identifier(OIDS.sha256, unhex('050100'))))).toBe('der.null')
  })
})

describe('signature algorithms', () => {
  const every: SignatureAlgorithm[] = HASHES.flatMap((hash): SignatureAlgorithm[] => [
    { scheme: 'rsa-pkcs1', hash },
    { scheme: 'ecdsa', hash, encoding: 'der' },
    { scheme: 'ecdsa', hash, encoding: 'plain' },
    { scheme: 'rsa-pss', hash, mgfHash: hash, saltLength: hashLength(hash) },
  ])

  test.each(every)('%o comes back as it was written', (algorithm) => {
    expect(signatureAlgorithmOf(parseAlgorithmIdentifier(encodeSignatureAlgorithm(algorithm)))).toEqual(
      algorithm,
    )
  })

  test('RSA v1.5 is written with NULL, ECDSA without', () => {
    const parameters = (algorithm: SignatureAlgorithm) =>
      parseAlgorithmIdentifier(encodeSignatureAlgorithm(algorithm)).parameters?.tag
    expect(parameters({ scheme: 'rsa-pkcs1', hash: 'sha256' })).toBe(5)
    expect(parameters({ scheme: 'ecdsa', hash: 'sha256', encoding: 'der' })).toBeUndefined()
  })

  test('an identifier of the key alone takes the hash of the message around it', () => {
    expect(signatureAlgorithmOf(identifier(OIDS.rsaEncryption, der.nullValue()), 'sha384')).toEqual({
      scheme: 'rsa-pkcs1',
      hash: 'sha384',
    })
    expect(signatureAlgorithmOf(identifier(OIDS.rsaEncryption, der.nullValue()))).toBeUndefined()
  })

  test('algorithms that travel documents do not use are named as none', () => {
    for (const oid of ['1.2.840.113549.1.1.4', '1.3.101.112', '1.2.156.10197.1.501'])
      expect(signatureAlgorithmOf(identifier(oid))).toBeUndefined()
  })

  test('DSA with SHA-512 has no identifier', () => {
    expect(() => encodeSignatureAlgorithm({ scheme: 'dsa', hash: 'sha512' })).toThrow(RangeError)
  })
})

describe('PSS parameters', () => {
  const read = (encoded: Uint8Array) => readPssParameters(readOnly(encoded))
  const hash = (oid: string) => der.sequence(der.oid(oid), der.nullValue())

  test('nothing written means SHA-1 in both places and 20 octets of salt', () => {
    expect(read(unhex('3000'))).toEqual({ hash: 'sha1', mgfHash: 'sha1', saltLength: 20 })
    expect(hex(encodePssParameters({ hash: 'sha1', mgfHash: 'sha1', saltLength: 20 }))).toBe('3000')
  })

  test('each of them stands for itself', () => {
    expect(read(der.sequence(der.context(0, hash(OIDS.sha256))))).toEqual({
      hash: 'sha256',
      mgfHash: 'sha1',
      saltLength: 20,
    })
    expect(read(der.sequence(der.context(2, der.integer(0))))).toEqual({
      hash: 'sha1',
      mgfHash: 'sha1',
      saltLength: 0,
    })
  })

  test('a default that is written out, as some do, is read', () => {
    expect(read(der.sequence(der.context(2, der.integer(20)), der.context(3, der.integer(1))))).toEqual({
      hash: 'sha1',
      mgfHash: 'sha1',
      saltLength: 20,
    })
  })

  test('any parameters come back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HASHES),
        fc.constantFrom(...HASHES),
        fc.integer({ min: 0, max: 512 }),
        (one, other, saltLength) => {
          const parameters = { hash: one, mgfHash: other, saltLength }
          expect(read(encodePssParameters(parameters))).toEqual(parameters)
        },
      ),
    )
  })

  test('a hash nobody here knows makes them unknown, not refused', () => {
    expect(read(der.sequence(der.context(0, hash('2.16.840.1.101.3.4.2.8'))))).toBeUndefined()
  })

  test.each([
    ['a trailer field that is not 1', der.sequence(der.context(3, der.integer(2)))],
    ['another mask generation than MGF1', der.sequence(der.context(1, hash('1.2.3')))],
    ['MGF1 without a hash', der.sequence(der.context(1, der.sequence(der.oid(OIDS.mgf1))))],
    ['a salt of 513 octets', der.sequence(der.context(2, der.integer(513)))],
    ['no sequence', der.nullValue()],
  ])('%s is refused', (_, encoded) => {
    expect(refusal(() => read(encoded))).toBe('pki.algorithm-parameters')
  })

  test('fields out of order, or one too many, are refused', () => {
    const late = der.sequence(der.context(2, der.integer(32)), der.context(0, hash(OIDS.sha256)))
    expect(refusal(() => read(late))).toBe('tlv.trailing-bytes')
    expect(refusal(() => read(der.sequence(der.context(2, der.integer(1), der.integer(2)))))).toBe(
      'tlv.trailing-bytes',
    )
  })

  test('an identifier for PSS without parameters is refused', () => {
    expect(refusal(() => signatureAlgorithmOf(identifier(OIDS.rsaPss)))).toBe('pki.algorithm-parameters')
  })
})

test('two identifiers are the same with NULL or without, and never with other parameters', () => {
  const [plain, withNull, other] = [
    identifier(OIDS.sha256),
    identifier(OIDS.sha256, der.nullValue()),
    identifier(OIDS.sha256, der.integer(0)),
  ]
  expect(sameAlgorithm(plain, withNull)).toBe(true)
  expect(sameAlgorithm(plain, other)).toBe(false)
  expect(sameAlgorithm(plain, identifier(OIDS.sha384))).toBe(false)
})
