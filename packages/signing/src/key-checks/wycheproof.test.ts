import type { JsonWebKey } from 'node:crypto'
import { type CurveName, curveByName, encodeEcPublicKey } from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import { haveReferenceData, referenceJson, withReferenceData } from '../../../../test/reference-data.ts'
import { checkPublicKey } from './check-public-key.ts'
import { toInteger } from './integers.ts'
import { hasRocaFingerprint } from './roca.ts'
import { hasCloseFactors, hasSmallFactor, isPower } from './rsa-checks.ts'

interface Vectors {
  readonly testGroups: readonly {
    readonly encoding: string
    readonly publicKeyDer?: string
    readonly private?: JsonWebKey & { keys?: JsonWebKey[] }
    readonly tests: readonly {
      readonly tcId: number
      readonly flags: readonly string[]
      readonly public: string
      readonly result: 'valid' | 'invalid' | 'acceptable'
    }[]
  }[]
}

const vectors = (name: string) => referenceJson<Vectors>('security', 'wycheproof', name)
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** Flags of vectors in which the key itself, or how it is written, is at fault. */
const FAULTS_OF_THE_KEY = [
  'InvalidPublic',
  'InvalidCurveAttack',
  'WrongCurve',
  'CompressedPoint',
  'InvalidEncoding',
  'InvalidCompressedPublic',
  'ModifiedPrime',
  'IsomorphicPublicKey',
  'UnnamedCurve',
]

describe.skipIf(!haveReferenceData)(`Wycheproof ${withReferenceData}`, () => {
  test.each<[file: string, curve: CurveName]>([
    ['ecdh_secp256r1_ecpoint_test.json', 'P-256'],
    ['ecdh_brainpoolP256r1_test.json', 'brainpoolP256r1'],
  ])('%s: every key that is at fault is refused, and every good one passes', (file, curve) => {
    const answers = vectors(file).testGroups.flatMap(({ encoding, tests }) =>
      tests.map(({ tcId, flags, public: key, result }) => {
        const bytes = unhex(key)
        const spki = encoding === 'ecpoint' ? encodeEcPublicKey(curveByName(curve), bytes, 'named') : bytes
        return { tcId, flags, result, code: checkPublicKey(spki) }
      }),
    )
    const faulty = answers.filter(
      ({ flags, result }) => result === 'invalid' && flags.some((flag) => FAULTS_OF_THE_KEY.includes(flag)),
    )
    expect(faulty.length).toBeGreaterThan(15)
    // A sound key on another known curve is refused by whoever wants this one; parameters without the cofactor are
    // those of the known curve and read as such.
    const sound = ({ flags }: { flags: readonly string[] }) =>
      flags.some((flag) => ['WrongCurve', 'ModifiedGroup', 'NoCofactor'].includes(flag))
    expect(faulty.filter((it) => it.code === undefined && !sound(it))).toEqual([])
    const good = answers.filter(({ result, flags }) => result === 'valid' && !flags.includes('UnnamedCurve'))
    expect(good.length).toBeGreaterThan(200)
    expect(good.filter(({ code }) => code === 'key.not-on-curve')).toEqual([])
    const weak = good.filter(({ code }) => code !== undefined)
    // Edge cases on purpose: small multiples of the base point.
    expect(weak.length).toBeLessThan(20)
  })

  test.each([
    'rsa_signature_3072_sha256_test.json',
    'rsa_pss_4096_sha512_mgf1_64_test.json',
    'ed25519_test.json',
    'ecdsa_secp384r1_sha384_test.json',
  ])('%s: an honest key passes', (file) => {
    const key = vectors(file).testGroups[0]!.publicKeyDer!
    expect(checkPublicKey(unhex(key))).toBeUndefined()
  })

  test('the key with the fingerprint of CVE-2017-15361 has it, and no other key of the suite has', () => {
    const keys = ['json_web_key_test.json', 'json_web_signature_test.json', 'json_web_encryption_test.json']
      .flatMap((file) => vectors(file).testGroups)
      .flatMap((group) => group.private?.keys ?? [group.private ?? {}])
      .filter(({ kty }) => kty === 'RSA')
    const isFaulty = ({ kid }: JsonWebKey) => kid === 'kid-rsa-roca-sign'
    expect(keys.filter(isFaulty).length).toBeGreaterThan(0)
    for (const key of keys) {
      const modulus = toInteger(new Uint8Array(Buffer.from(String(key.n), 'base64url')))
      expect(hasRocaFingerprint(modulus)).toBe(isFaulty(key))
      expect([hasSmallFactor, hasCloseFactors, isPower].some((check) => check(modulus))).toBe(false)
    }
  })
})
