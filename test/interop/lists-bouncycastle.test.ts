import * as node from 'node:crypto'
import { draftSod, encodeLdsSecurityObject, sealSod } from '@nansen/formats/lds'
import {
  type Certificate,
  mergeProvenance,
  nameKey,
  parseCertificate,
  parseMasterList,
} from '@nansen/formats/pki'
import { signedBy } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { describe, expect, test } from 'vitest'
import { haveReferenceData, referenceData, withReferenceData } from '../reference-data.ts'
import { ecKey, makeDocumentSigner, rsaKey, specimenPki, type TestKey } from '../specimen-pki.ts'
import { bouncyCastle, haveBouncyCastle, withBouncyCastle } from './bouncycastle.ts'

const crypto = nodeCrypto(node)
const judge = bouncyCastle()

/** A pair in every so many: BouncyCastle takes some ten milliseconds for one on a curve. */
const EVERY = 3

/** Certificates of the lists, each with one that bears its issuer's name. */
function pairs(): readonly (readonly [Certificate, Certificate])[] {
  const lists = ['DE_ML_2026-05-28-08-28-45.ml', 'NL_ML_2026-07-22.ml']
  const listed = lists.map((name) => ({
    label: name,
    certificates: parseMasterList(referenceData('emrtd', 'masterlists', name)).certificates,
  }))
  const certificates = mergeProvenance(listed).map(({ encoded }) => parseCertificate(encoded))
  const all = certificates.flatMap((certificate) =>
    certificates
      .filter((issuer) => nameKey(issuer.subject) === nameKey(certificate.issuer))
      .map((issuer) => [certificate, issuer] as const),
  )
  return all.filter((_, i) => i % EVERY === 0)
}

describe.skipIf(!haveBouncyCastle || !haveReferenceData)(
  `BouncyCastle on the certificates of two real lists ${withReferenceData}${withBouncyCastle}`,
  () => {
    test('finds the same signatures right and wrong, and all of them DER', async () => {
      const asked = pairs()
      const theirs = judge(asked.map(([{ encoded }, issuer]) => ['certificate', encoded, issuer.encoded]))
      const count: Record<string, number> = {}
      const differ: string[] = []
      for (const [i, [certificate, issuer]] of asked.entries()) {
        const ours = (await signedBy(certificate, issuer, crypto)) === 'valid'
        const line = theirs[i]!
        if (ours !== line.startsWith('signature=true')) differ.push(`${certificate.serialHex}: ${line}`)
        count[line] = (count[line] ?? 0) + 1
      }
      expect(differ).toEqual([])
      // An error is a key of another kind than the signature, for us one more that is wrong.
      expect(count).toEqual({
        'signature=true der=true': 302,
        'signature=false der=true': 476,
        'error CertException': 53,
        'error RuntimeOperatorException': 6,
      })
    }, 300_000)
  },
)

describe.skipIf(!haveBouncyCastle)(`BouncyCastle on keys of other kinds${withBouncyCastle}`, () => {
  const digest = (hash: string, bytes: Uint8Array) =>
    new Uint8Array(node.createHash(hash).update(bytes).digest())

  test.each<[string, () => TestKey, () => TestKey]>([
    ['P-384 under P-256', () => ecKey('P-384'), () => ecKey()],
    ['P-256 under RSA-PSS of 4,096 bits', () => ecKey(), () => rsaKey('rsa-pss', 4096)],
    [
      'RSA of 3,072 bits under brainpoolP256r1',
      () => rsaKey('rsa-pkcs1', 3072),
      () => ecKey('brainpoolP256r1'),
    ],
  ])('a signer of %s', (_, makeSigner, makeCsca) => {
    const signerKey = makeSigner()
    const { csca, cscaKey } = specimenPki(makeCsca())
    const documentSigner = makeDocumentSigner(signerKey, csca, cscaKey)
    const { algorithm } = signerKey
    const hashes = [1, 2, 14].map((number) => ({ number, hash: digest('sha512', Uint8Array.of(number)) }))
    const securityObject = { hashAlgorithm: 'sha512', hashes } as const
    const content = encodeLdsSecurityObject(securityObject)
    const contentDigest = digest(algorithm.hash, content)
    const draft = draftSod({
      content,
      contentDigest,
      hash: algorithm.hash,
      signatureAlgorithm: algorithm,
      documentSigner,
    })
    const sod = sealSod(draft, signerKey.sign(draft.toBeSigned))
    const other = specimenPki(makeCsca()).csca.encoded
    expect(
      judge([
        ['sod', sod, csca.encoded],
        ['sod', sod, other],
      ]),
    ).toEqual([
      'signature=true chain=true type=2.23.136.1.1.1 groups=3 der=true',
      'signature=true chain=false type=2.23.136.1.1.1 groups=3 der=true',
    ])
  })
})
