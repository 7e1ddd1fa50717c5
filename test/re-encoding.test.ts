import { createHash } from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { draftSod, encodeLdsSecurityObject, sealSod } from '@nansen/formats/lds'
import {
  CURVES,
  draftCrl,
  encodeEcPublicKey,
  encodeSignatureAlgorithm,
  parseMasterList,
  sealCrl,
} from '@nansen/formats/pki'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeTree, octetChange, sizeOfTree, treeChange } from './mutate.ts'
import { AGAIN, isAgain } from './re-encoding.ts'
import { haveReferenceData, referenceData, withReferenceData } from './reference-data.ts'
import { date, rsaKey, signed, specimenMasterList, specimenPki } from './specimen-pki.ts'

const digest = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

const pki = specimenPki()
const rsa = rsaKey('rsa-pss', 2048)
const { csca, cscaKey, documentSigner, documentSignerKey } = pki

const crl = signed(
  cscaKey,
  draftCrl({
    issuer: csca,
    signatureAlgorithm: cscaKey.algorithm,
    thisUpdate: date('2026-03-01'),
    nextUpdate: date('2026-05-01'),
    number: Uint8Array.of(7),
    revoked: [documentSigner, pki.listSigner].map(({ serial }) => ({ serial, date: date('2026-02-01') })),
  }),
  sealCrl,
)

function securityObject(versionInfo?: { readonly lds: string; readonly unicode: string }): Uint8Array {
  const hashes = [1, 2, 14].map((number) => ({ number, hash: digest(Uint8Array.of(number)) }))
  const content = encodeLdsSecurityObject({
    hashAlgorithm: 'sha256',
    hashes,
    ...(versionInfo && { versionInfo }),
  })
  const draft = draftSod({
    content,
    contentDigest: digest(content),
    hash: 'sha256',
    signatureAlgorithm: documentSignerKey.algorithm,
    documentSigner,
  })
  return sealSod(draft, documentSignerKey.sign(draft.toBeSigned))
}

/** 04 and what need not be a point: its form is read here, the curve is for whoever verifies. */
const point = (size: number): Uint8Array => new Uint8Array(1 + 2 * size).fill(4)

const SAMPLES: readonly (readonly [string, Uint8Array])[] = [
  ['tree', csca.encoded],
  ['name', csca.subject.encoded],
  ...CURVES.flatMap((curve) => [
    ['public key', encodeEcPublicKey(curve, point(curve.size), 'explicit')] as const,
    ['public key', encodeEcPublicKey(curve, point(curve.size), 'named')] as const,
  ]),
  ['public key', rsa.publicKey.encoded],
  ['signature algorithm', encodeSignatureAlgorithm(rsa.algorithm)],
  ['signature algorithm', encodeSignatureAlgorithm({ scheme: 'rsa-pkcs1', hash: 'sha384' })],
  ['signature algorithm', encodeSignatureAlgorithm(cscaKey.algorithm)],
  ['certificate', csca.encoded],
  ['certificate', documentSigner.encoded],
  ['certificate', specimenPki(rsa).documentSigner.encoded],
  ['revocation list', crl],
  ['signed message', specimenMasterList(pki, [csca.encoded])],
  ['master list', specimenMasterList(pki, [csca.encoded, documentSigner.encoded])],
  ['security object', securityObject()],
  ['security object', securityObject({ lds: '0108', unicode: '040000' })],
]

describe('what is read is written as the same bytes, or what is read besides is listed', () => {
  test('what was drafted, with nothing to list', () => {
    for (const [kind, bytes] of SAMPLES) expect(AGAIN[kind]!(bytes), kind).toEqual({ bytes, tolerated: [] })
  })

  test.each(Object.keys(AGAIN))('%s, after any change that leaves it readable', (kind) => {
    const samples = SAMPLES.filter(([of]) => of === kind).map(([, bytes]) => bytes)
    let readable = 0
    const check = (bytes: Uint8Array) => {
      try {
        expect(isAgain(AGAIN[kind]!, bytes)).toBe(true)
        readable++
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
      }
    }
    const sample = fc.constantFrom(...samples)
    fc.assert(
      fc.property(sample, fc.nat(), treeChange, (bytes, nth, change) => {
        check(changeTree(bytes, nth % sizeOfTree(bytes), change))
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(sample, octetChange, (bytes, change) => check(change(bytes))),
      { numRuns: 2000 },
    )
    expect(readable).toBeGreaterThan(150)
  })
})

describe.skipIf(!haveReferenceData)(`real ones ${withReferenceData}`, () => {
  const lists = ['DE_ML_2026-05-28-08-28-45.ml', 'NL_ML_2026-07-22.ml']
  const sods = ['at', 'au', 'de', 'fi', 'fr', 'gb-2021', 'my', 'nz-ber', 'ru-sha1', 'sg-2022-06', 'us']

  /** How often each thing besides was met. */
  function besides(kind: string, all: readonly Uint8Array[]): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const bytes of all) {
      expect(isAgain(AGAIN[kind]!, bytes)).toBe(true)
      for (const reason of AGAIN[kind]!(bytes).tolerated) counts[reason] = (counts[reason] ?? 0) + 1
    }
    return counts
  }

  test('the lists and every certificate in them', () => {
    const files = lists.map((name) => referenceData('emrtd', 'masterlists', name))
    expect(besides('master list', files)).toEqual({})
    const certificates = files.flatMap((bytes) => parseMasterList(bytes).certificates)
    expect(certificates).toHaveLength(999)
    expect(besides('certificate', certificates)).toEqual({ 'a time in four digits of year': 2 })
  })

  test('the security objects', () => {
    const files = sods.map((name) => referenceData('emrtd', 'sod', `sod-${name}.bin`))
    expect(besides('security object', files)).toEqual({ 'NULL beside a hash': 4, 'sod.ber': 1 })
  })
})
