import {
  checkPrimeSync,
  createECDH,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  type KeyObject,
} from 'node:crypto'
import { write } from '@nansen/formats/der'
import {
  CURVES,
  type Curve,
  type CurveName,
  curveByName,
  encodeEcPublicKey,
  encodeRsaPublicKey,
} from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import { describe, expect, test } from 'vitest'
import { checkPublicKey, failedKeyCheck, KEY_CHECKS } from './check-public-key.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import { inverse, mod, modPow, primesBelow } from './integers.ts'
import { ROCA_FALSE_ALARM } from './roca.ts'

const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }))
const octets = (value: bigint): Uint8Array => {
  const digits = value.toString(16)
  return new Uint8Array(Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex'))
}
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const rsa = (modulus: bigint, exponent = 65537n): Uint8Array =>
  encodeRsaPublicKey(octets(modulus), octets(exponent))
const prime = (bits: number): bigint => generatePrimeSync(bits, { bigint: true })
const primeFrom = (from: bigint): bigint => {
  let candidate = from | 1n
  while (!checkPrimeSync(candidate)) candidate += 2n
  return candidate
}
const checkOf = (spki: Uint8Array) => failedKeyCheck(spki)?.name

const STRONG: readonly CurveName[] = [
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP256r1',
  'brainpoolP320r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
]

describe('every key that node makes passes', () => {
  test.each(STRONG)('on %s, thirty of them, named and explicit', (namedCurve) => {
    for (let i = 0; i < 30; i++) {
      const paramEncoding = i % 2 === 0 ? 'named' : 'explicit'
      const { publicKey } = generateKeyPairSync('ec', { namedCurve, paramEncoding })
      expect(failedKeyCheck(spkiOf(publicKey))).toBeUndefined()
    }
  })

  test('Ed25519, a hundred of them', () => {
    for (let i = 0; i < 100; i++)
      expect(failedKeyCheck(spkiOf(generateKeyPairSync('ed25519').publicKey))).toBeUndefined()
  })

  test('RSA and RSA-PSS of 3,072 bits', () => {
    const options = { modulusLength: 3072 }
    expect(failedKeyCheck(spkiOf(generateKeyPairSync('rsa', options).publicKey))).toBeUndefined()
    expect(failedKeyCheck(spkiOf(generateKeyPairSync('rsa-pss', options).publicKey))).toBeUndefined()
  })

  test('RSA of 2,048 bits where that is enough, and nowhere else', () => {
    for (let i = 0; i < 5; i++) {
      const spki = spkiOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)
      expect(checkPublicKey(spki, { leastRsaBits: 2048 })).toBeUndefined()
      expect(failedKeyCheck(spki)).toEqual({ name: 'rsa.size', code: 'key.weak' })
    }
  })
})

describe('EC keys', () => {
  const pointOn = (curve: Curve, privateNumber: bigint): Uint8Array => {
    const ecdh = createECDH(opensslName(curve))
    ecdh.setPrivateKey(Buffer.from(privateNumber.toString(16).padStart(2 * curve.size, '0'), 'hex'))
    return new Uint8Array(ecdh.getPublicKey())
  }
  const named = (curve: Curve, point: Uint8Array) => encodeEcPublicKey(curve, point, 'named')
  const order = ({ n }: Curve) => BigInt(`0x${n}`)

  test.each(STRONG)(
    'k·G on %s is refused for every k to 1,024 and as far below the order, and not beyond',
    (name) => {
      const curve = curveByName(name)
      for (const k of [1n, 2n, 3n, 4n, 5n, 31n, 512n, 513n, 1000n, 1023n, 1024n])
        for (const privateNumber of [k, order(curve) - k])
          expect(checkOf(named(curve, pointOn(curve, privateNumber)))).toBe('ec.small-multiple')
      expect(checkOf(named(curve, pointOn(curve, 1025n)))).toBeUndefined()
      expect(checkOf(named(curve, pointOn(curve, order(curve) - 1025n)))).toBeUndefined()
    },
  )

  test('all 1,024 multiples on P-256 are known, as OpenSSL computes them', () => {
    const curve = curveByName('P-256')
    for (let k = 1n; k <= 1024n; k++) expect(checkPublicKey(named(curve, pointOn(curve, k)))).toBe('key.weak')
  })

  test.each(CURVES.filter(({ size }) => size < 32).map(({ name }) => name))('%s is too small', (name) => {
    const curve = curveByName(name)
    expect(failedKeyCheck(named(curve, unhex(`04${curve.x}${curve.y}`)))).toEqual({
      name: 'ec.size',
      code: 'key.weak',
    })
  })

  test.each(STRONG)('a point beside %s is refused', (name) => {
    const curve = curveByName(name)
    const point = pointOn(curve, 123456789n)
    for (const at of [1, curve.size, curve.size + 1, 2 * curve.size]) {
      const beside = point.slice()
      beside[at]! ^= 1
      expect(checkPublicKey(named(curve, beside))).toBe('key.not-on-curve')
    }
  })

  test('a point of a small subgroup of another curve over the same field is refused', () => {
    // b is not used in the addition of points: (x, 0) is of order two on the curve with b' = -x³ - ax.
    const curve = curveByName('P-256')
    const point = new Uint8Array(65)
    point[0] = 4
    point[32] = 7
    expect(checkPublicKey(named(curve, point))).toBe('key.not-on-curve')
  })

  test('coordinates of p and more are refused though their residues are on the curve', () => {
    const curve = curveByName('brainpoolP256r1')
    const p = BigInt(`0x${curve.p}`)
    // A point with a small x, so that x + p still fits into the octets.
    for (let x = 0n; ; x++) {
      const square = mod(x ** 3n + BigInt(`0x${curve.a}`) * x + BigInt(`0x${curve.b}`), p)
      const y = modPow(square, (p + 1n) / 4n, p)
      if (mod(y * y, p) !== square) continue
      const encoded = (value: bigint) => value.toString(16).padStart(64, '0')
      expect(checkOf(named(curve, unhex(`04${encoded(x)}${encoded(y)}`)))).toBeUndefined()
      expect(checkOf(named(curve, unhex(`04${encoded(x + p)}${encoded(y)}`)))).toBe('ec.on-curve')
      return
    }
  })

  test('infinity, the origin and a compressed point are refused', () => {
    const curve = curveByName('P-256')
    const ecdh = createECDH('prime256v1')
    ecdh.generateKeys()
    for (const point of [
      Uint8Array.of(0),
      new Uint8Array(65).fill(4, 0, 1),
      new Uint8Array(ecdh.getPublicKey(null, 'compressed')),
    ])
      expect(checkPublicKey(named(curve, point))).toBe('key.not-on-curve')
  })

  test('explicit parameters that are almost P-256 are refused', () => {
    const spki = spkiOf(
      generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey,
    )
    const base = hex(spki).indexOf(curveByName('P-256').x) / 2
    spki[base + 3]! ^= 1
    expect(checkPublicKey(spki)).toBe('key.weak')
  })
})

describe('RSA keys', () => {
  test('with the fingerprint of CVE-2017-15361, made as the faulty library did', () => {
    const primorial = primesBelow(702).reduce((product, r) => product * BigInt(r), 1n)
    const faulty = (bits: number, start: bigint) => {
      const k = (3n << BigInt(bits - 2)) / primorial + start
      for (let a = 1n; ; a++) {
        const candidate = k * primorial + modPow(65537n, a, primorial)
        if (checkPrimeSync(candidate)) return candidate
      }
    }
    const modulus = faulty(1536, 12345n) * faulty(1536, 987654321n)
    expect(checkOf(rsa(modulus))).toBe('rsa.roca')
    expect(checkOf(rsa(prime(1536) * prime(1536)))).toBeUndefined()
  })

  test('hardly ever have that fingerprint by chance', () => {
    expect(ROCA_FALSE_ALARM).toBeLessThan(1e-8)
  })

  test('with primes close to each other', () => {
    const p = prime(1536)
    expect(checkOf(rsa(p * primeFrom(p + 2n)))).toBe('rsa.close-factors')
    expect(checkOf(rsa(p * primeFrom(p + (1n << 770n))))).toBe('rsa.close-factors')
  })

  test('that are squares or higher powers', () => {
    expect(checkOf(rsa(prime(1536) ** 2n))).toBe('rsa.close-factors')
    expect(checkOf(rsa(prime(1030) ** 3n))).toBe('rsa.power')
    expect(checkOf(rsa(prime(18) ** 181n))).toBe('rsa.power')
  })

  test('with a small factor, or that are prime themselves', () => {
    const large = prime(3072)
    for (const factor of [3n, 251n, 65521n]) expect(checkOf(rsa(factor * large))).toBe('rsa.small-factor')
    expect(checkOf(rsa(65537n * large))).toBeUndefined()
    expect(checkOf(rsa(large))).toBe('rsa.prime')
  })

  test('with an exponent that is even, below 65,537 or of more than 256 bits', () => {
    const modulus = prime(1536) * prime(1536)
    for (const exponent of [1n, 3n, 17n, 65535n, 65536n, 65538n, (1n << 256n) + 1n])
      expect(checkPublicKey(rsa(modulus, exponent))).toBe('key.weak')
    for (const exponent of [65537n, 65539n, (1n << 256n) - 189n])
      expect(checkPublicKey(rsa(modulus, exponent))).toBeUndefined()
  })

  test('that are even, or one bit too short', () => {
    expect(checkPublicKey(rsa((1n << 3071n) + 2n))).toBe('key.weak')
    expect(checkOf(rsa(primeFrom(1n << 1535n) * primeFrom((1n << 1535n) + (1n << 1500n))))).toBe('rsa.size')
  })
})

describe('Ed25519 keys', () => {
  const P = 2n ** 255n - 19n
  const ED25519 = '1.3.101.112'
  const ed25519 = (key: Uint8Array) =>
    write.sequence(write.sequence(write.oid(ED25519)), write.bitString(key))
  const little = (value: bigint) =>
    Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n))

  test('of small order are refused', () => {
    const root = modPow(2n, (P - 1n) / 4n, P)
    const d = mod(-121665n * inverse(121666n, P), P)
    // Twice a point of order eight has y = 0, so x² = -y² and d·y⁴ + 2y² - 1 = 0 for its own y.
    const eighth = [1n, -1n].flatMap((sign) => {
      const y2 = mod((-1n + sign * squareRoot(1n + d)) * inverse(d, P), P)
      const y = squareRoot(y2)
      return mod(y * y, P) === y2 ? [y, P - y] : []
    })
    expect(eighth).toHaveLength(2)
    for (const y of [1n, P - 1n, 0n, ...eighth]) expect(checkOf(ed25519(little(y)))).toBe('ed25519.order')

    function squareRoot(value: bigint): bigint {
      const wanted = mod(value, P)
      const candidate = modPow(wanted, (P + 3n) / 8n, P)
      return mod(candidate * candidate, P) === wanted ? candidate : mod(candidate * root, P)
    }
  })

  test('that are written in more than one way are refused', () => {
    for (const y of [P, P + 1n, P + 3n, 2n ** 255n - 1n])
      expect(checkOf(ed25519(little(y)))).toBe('ed25519.point')
    // Zero with a sign.
    expect(checkOf(ed25519(little(1n + 2n ** 255n)))).toBe('ed25519.point')
  })

  test('with a part of small order are refused', () => {
    // The negative of both coordinates is the point plus the one of order two.
    const spki = spkiOf(generateKeyPairSync('ed25519').publicKey)
    const value = spki.subarray(12).reduceRight((before, octet) => (before << 8n) | BigInt(octet), 0n)
    const y = value & (2n ** 255n - 1n)
    expect(checkOf(ed25519(little(((value >> 255n) ^ 1n) * 2n ** 255n + (P - y))))).toBe('ed25519.order')
  })

  test('that are no point, too short or too long are refused', () => {
    expect(checkOf(ed25519(little(2n)))).toBe('ed25519.point')
    for (const length of [0, 31, 33, 57])
      expect(checkPublicKey(ed25519(new Uint8Array(length).fill(1)))).toBe('key.not-on-curve')
  })
})

test('other algorithms, octets that are no key, and nothing are refused', () => {
  expect(checkOf(spkiOf(generateKeyPairSync('x25519').publicKey))).toBe('algorithm')
  expect(checkOf(spkiOf(generateKeyPairSync('ed448').publicKey))).toBe('algorithm')
  const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
  expect(checkOf(spkiOf(dsa.publicKey))).toBe('algorithm')
  const good = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)
  for (const spki of [new Uint8Array(), Uint8Array.of(0x30), good.subarray(1), Uint8Array.of(...good, 0)])
    expect(failedKeyCheck(spki)).toEqual({ name: 'encoding', code: 'key.weak' })
})

test('a key of the caller’s list is known to be compromised, however it is written', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
  const compromised = new Set([hex(fingerprintOf(spkiOf(publicKey)))])
  const asNamed = createPublicKey({ format: 'jwk', key: publicKeyAsJwk(spkiOf(publicKey)) })
  for (const spki of [spkiOf(publicKey), spkiOf(asNamed)]) {
    expect(checkPublicKey(spki)).toBeUndefined()
    expect(checkPublicKey(spki, { compromised })).toBe('key.known-compromised')
  }
})

test('the checks have names of their own', () => {
  expect(new Set(KEY_CHECKS.map(({ name }) => name)).size).toBe(KEY_CHECKS.length)
})

function publicKeyAsJwk(spki: Uint8Array) {
  const url = (part: Uint8Array) => Buffer.from(part).toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: url(spki.subarray(-64, -32)), y: url(spki.subarray(-32)) }
}

function opensslName({ name }: Curve): string {
  const names: Partial<Record<CurveName, string>> = {
    'P-256': 'prime256v1',
    'P-384': 'secp384r1',
    'P-521': 'secp521r1',
  }
  return names[name] ?? name
}
