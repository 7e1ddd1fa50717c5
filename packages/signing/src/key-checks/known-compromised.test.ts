import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import { describe, expect, test } from 'vitest'
import {
  haveReferenceData,
  referenceData,
  referenceJson,
  withReferenceData,
} from '../../../../test/reference-data.ts'
import { checkPublicKey, failedKeyCheck } from './check-public-key.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import { KNOWN_COMPROMISED } from './known-compromised.ts'

const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }))
const nameOf = (spki: Uint8Array) => KNOWN_COMPROMISED.get(hex(fingerprintOf(spki)))

test.each([
  [
    'RFC6979 A.2.5',
    'P-256',
    'prime256v1',
    'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721',
  ],
  [
    'RFC6979 A.2.6',
    'P-384',
    'secp384r1',
    '6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5',
  ],
  [
    'RFC6979 A.2.7',
    'P-521',
    'secp521r1',
    '00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538',
  ],
  [
    'RFC9500 testECCP256',
    'P-256',
    'prime256v1',
    'e6cb5bdd80aa45ae9c95e8c15476679ffec953c16851e711e743939589c64fc1',
  ],
])('the published private number of %s gives a key that is refused', (name, crv, curve, privateNumber) => {
  const ecdh = createECDH(curve)
  ecdh.setPrivateKey(Buffer.from(privateNumber, 'hex'))
  const point = ecdh.getPublicKey()
  const size = (point.length - 1) / 2
  const url = (from: number) => point.subarray(from, from + size).toString('base64url')
  const spki = spkiOf(
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x: url(1), y: url(1 + size) } }),
  )
  expect(nameOf(spki)).toBe(name)
  expect(failedKeyCheck(spki)).toEqual({ name: 'known-compromised', code: 'key.known-compromised' })
})

test.each([
  ['TEST 1', '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'],
  ['TEST 2', '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'],
  ['TEST 3', 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7'],
  ['TEST 1024', 'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5'],
  ['TEST SHA(abc)', '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42'],
])('so does that of RFC8032, %s', (name, seed) => {
  const key = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
  const spki = spkiOf(createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' })))
  expect(nameOf(spki)).toBe(`RFC8032 7.1 ${name}`)
  expect(checkPublicKey(spki)).toBe('key.known-compromised')
})

interface KeySets {
  readonly testGroups: readonly {
    readonly comment: string
    readonly private?: JsonWebKey & { keys?: JsonWebKey[] }
  }[]
}

const keySets = haveReferenceData
  ? ['web_crypto', 'web_encryption', 'web_key', 'web_signature'].flatMap((name) =>
      referenceJson<KeySets>('security', 'wycheproof', `json_${name}_test.json`).testGroups.flatMap((group) =>
        (group.private?.keys ?? [group.private ?? {}])
          .filter(({ kty, d }) => d !== undefined && (kty === 'EC' || kty === 'RSA'))
          .map((key) => ({ comment: group.comment, key })),
      ),
    )
  : []

describe.skipIf(!haveReferenceData)(`keys of specimens and test suites ${withReferenceData}`, () => {
  test.each(['DG14', 'DG15'])('the key of %s, whose private half lies beside the specimen', (group) => {
    const key = Buffer.from(referenceData('emrtd', 'lds-bsi-hjp2013', `${group}_sk.pkcs8`))
    const spki = spkiOf(createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' })))
    expect(checkPublicKey(spki)).toBe('key.known-compromised')
  })

  test('the signer of specimen seals', () => {
    const { publicKey } = new X509Certificate(
      Buffer.from(referenceData('emrtd', 'vds', 'sealgen_UTTS5B.crt')),
    )
    expect(checkPublicKey(spkiOf(publicKey))).toBe('key.known-compromised')
  })

  test('every private key of the JSON Web Key vectors, and those that are no keys', () => {
    expect(keySets.length).toBeGreaterThan(40)
    const refused = keySets.map(({ comment, key }) => {
      try {
        return checkPublicKey(spkiOf(createPublicKey({ format: 'jwk', key })))
      } catch {
        // A point that is not on the curve, which node refuses to make a key of.
        return ['invalid_point', 'wrong_curve'].includes(comment) ? 'no-key' : comment
      }
    })
    expect(new Set(refused)).toEqual(new Set(['key.known-compromised', 'no-key']))
  })
})
