import * as node from 'node:crypto'
import { createHash, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { draftSod, encodeLdsSecurityObject, parseSod } from '@nansen/formats/lds'
import { documentTypeList, privateKeyUsagePeriod } from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import {
  date,
  ecKey,
  makeCsca,
  makeDocumentSigner,
  rsaKey,
  type TestKey,
} from '../../../test/specimen-pki.ts'
import { nodeCrypto } from '../../inspection/src/crypto/node.ts'
import { openTrust } from '../../inspection/src/index.ts'
import { makeSpecimenChipKey } from './specimen-chip-key.ts'
import { makeThrowaway } from './throwaway.ts'

const at = date('2026-03-01')
const random = (octets: number) => new Uint8Array(randomBytes(octets))
const cscaKey = ecKey()
const csca = makeCsca(cscaKey)
const real = (key: TestKey = ecKey()) =>
  makeDocumentSigner(key, csca, cscaKey, { documentTypes: ['PR', 'PT'] })
const spec = { state2: 'UT', state3: 'UTO', at, random }

const securityObject = {
  hashAlgorithm: 'sha256',
  hashes: [1, 2].map((number) => ({ number, hash: randomBytes(32) })),
  versionInfo: { lds: '0108', unicode: '040000' },
} as const
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

describe('the signer that signs nothing real', () => {
  test('is like the real one in all that inspection looks at, and says what it is', () => {
    const documentSigner = real()
    const { certificate } = makeThrowaway({ ...spec, documentSigner })
    expect(certificate.notBefore).toEqual(documentSigner.notBefore)
    expect(certificate.notAfter).toEqual(documentSigner.notAfter)
    expect(privateKeyUsagePeriod(certificate)).toEqual(privateKeyUsagePeriod(documentSigner))
    expect(documentTypeList(certificate)).toEqual(['PR', 'PT'])
    expect(JSON.stringify(certificate.subject.parts)).toContain('Lint, signs nothing real')
    expect(certificate.publicKey.encoded).not.toEqual(documentSigner.publicKey.encoded)
  })

  test('is trusted by a list of one, and by nothing else', async () => {
    const throwaway = makeThrowaway({ ...spec, documentSigner: real() })
    const { reports } = await openTrust(throwaway.trust, nodeCrypto(node))
    expect(reports.map(({ used }) => used)).toEqual(['pin', 'revocation-list'])
  })

  test.each([
    ['P-256', () => ecKey()],
    ['P-384', () => ecKey('P-384')],
    ['RSA', () => rsaKey('rsa-pss')],
  ] as const)('%s: signs the very bytes that the real one is to sign', (_, makeKey) => {
    const key = makeKey()
    const documentSigner = real(key)
    const throwaway = makeThrowaway({ ...spec, documentSigner })
    const content = {
      content: encodeLdsSecurityObject(securityObject),
      contentDigest: sha256(encodeLdsSecurityObject(securityObject)),
      hash: 'sha256',
      signatureAlgorithm: key.algorithm,
      documentSigner,
      signingTime: at,
    } as const
    const sealed = throwaway.sealSod(content)
    expect(Buffer.from(sealed.toBeSigned)).toEqual(Buffer.from(draftSod(content).toBeSigned))
    const sod = parseSod(sealed.bytes)
    expect(sod.certificates).toEqual([throwaway.certificate.encoded])
    const answer = nodeCrypto(node).verify(
      key.algorithm,
      throwaway.certificate.publicKey,
      sod.signer.signedAttributes.toBeSigned,
      sod.signer.signature,
    )
    expect(answer).toBe('valid')
  })

  test('is never of a state that exists, or of two', () => {
    const documentSigner = real()
    expect(() => makeThrowaway({ ...spec, state2: 'CH', state3: 'CHE', documentSigner })).toThrow(
      'key.real-state',
    )
    expect(() => makeThrowaway({ ...spec, state3: 'RUS', documentSigner })).toThrow(RangeError)
  })
})

describe('the key of a chip that does not exist', () => {
  test('says so, and can be read by whoever tests a reader', () => {
    const { publicKey, privateKeyPem } = makeSpecimenChipKey()
    expect(privateKeyPem.split('\n')[0]).toBe('SPECIMEN: test key of a chip that does not exist')
    const own = createPublicKey(createPrivateKey(privateKeyPem)).export({ format: 'der', type: 'spki' })
    expect(Buffer.from(publicKey)).toEqual(own)
  })
})
