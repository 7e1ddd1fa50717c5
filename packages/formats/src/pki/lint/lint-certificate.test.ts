import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { certificateWith, extension, extensions } from '../../../../../test/certificate-parts.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../../test/reference-data.ts'
import { codesOf, DRAFTS, made, PROFILES } from '../../../../../test/specimen-drafts.ts'
import { ecKey, rsaKey, specimenPki } from '../../../../../test/specimen-pki.ts'
import { write as der } from '../../der/index.ts'
import { parseCertificate } from '../certificate.ts'
import { parseMasterList } from '../master-list.ts'
import { countryOf } from '../name.ts'
import { OIDS } from '../oids.ts'
import { lintCertificate, profileOf } from './index.ts'

describe('what this code drafts has no fault', () => {
  test.each(PROFILES)('%s', (profile) => {
    const certificate = made(DRAFTS[profile])
    expect(profileOf(certificate)).toBe(profile)
    expect(lintCertificate(certificate)).toEqual([])
  })

  test.each([
    ['RSA-PSS', rsaKey('rsa-pss'), []],
    ['RSA v1.5, which is allowed and not recommended', rsaKey('rsa-pkcs1'), ['signature.pkcs1']],
    ['brainpoolP256r1', ecKey('brainpoolP256r1'), []],
  ])('under a CSCA with %s', (_, cscaKey, codes) => {
    const pki = specimenPki(cscaKey)
    for (const certificate of [pki.csca, pki.documentSigner, pki.listSigner, pki.sealSigner])
      expect(codesOf(certificate)).toEqual(codes)
  })

  test('named curves, where they are configured, are the one departure', () => {
    const pki = specimenPki(ecKey(), { ecParameters: 'named' })
    for (const certificate of [pki.csca, pki.documentSigner, pki.listSigner, pki.sealSigner])
      expect(codesOf(certificate)).toEqual(['key.ec-explicit'])
  })
})

describe('the kind of a certificate', () => {
  test('is unknown for one that is for something else, which only the common rules judge', () => {
    const tls = parseCertificate(
      certificateWith({
        extensions: extensions(
          extension(OIDS.keyUsage, der.namedBits(0), der.boolean(true)),
          extension(OIDS.extKeyUsage, der.sequence(der.oid('1.3.6.1.5.5.7.3.1'))),
        ),
      }),
    )
    expect(profileOf(tls)).toBeUndefined()
    expect(lintCertificate(tls)).toEqual([])
    expect(codesOf(tls, 'document-signer')).toContain('extended-key-usage.forbidden')
  })

  test('is guessed from what can be read where something cannot', () => {
    const odd = parseCertificate(
      certificateWith({ extensions: extensions(extension(OIDS.basicConstraints, der.integer(1))) }),
    )
    expect(profileOf(odd)).toBeUndefined()
    expect(codesOf(odd)).toEqual(['extensions.value'])
  })
})

test('a finding names the place, the rule and how much it weighs', () => {
  const certificate = made(DRAFTS['seal-signer'])
  const [finding] = lintCertificate(certificate, 'document-signer').filter(
    ({ code }) => code === 'extended-key-usage.forbidden',
  )
  const { value } = certificate.extensions.find(({ oid }) => oid === OIDS.extKeyUsage)!
  expect(finding).toEqual({
    code: 'extended-key-usage.forbidden',
    severity: 'error',
    at: value.byteOffset - certificate.encoded.byteOffset,
    cites: '9303-12 table 6',
    earlierProfile: false,
  })
})

describe.skipIf(!haveReferenceData)(`the certificates of two master lists ${withReferenceData}`, () => {
  const certificates = (file: string) =>
    parseMasterList(referenceData('emrtd', 'masterlists', file)).certificates.map((one) =>
      parseCertificate(one),
    )
  const german = haveReferenceData ? certificates('DE_ML_2026-05-28-08-28-45.ml') : []
  const dutch = haveReferenceData ? certificates('NL_ML_2026-07-22.ml') : []
  const having = (list: typeof german, code: string) => list.filter((one) => codesOf(one).includes(code))

  test('are linted without an exception, and every finding lies inside its certificate', () => {
    for (const certificate of [...german, ...dutch])
      for (const { at, cites } of lintCertificate(certificate)) {
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThan(certificate.encoded.length)
        expect(cites).toMatch(/^[\w.-]+ (?:§[\d.]+|table \d+)$/)
      }
  })

  test('eleven in the German and ten in the Dutch list write their country in lower case', () => {
    expect(having(german, 'subject.country-case')).toHaveLength(11)
    expect(having(dutch, 'subject.country-case')).toHaveLength(10)
    expect(
      [...new Set(having(german, 'subject.country-case').map(({ subject }) => countryOf(subject)))].sort(),
    ).toEqual(['AL', 'GB', 'RO', 'SI'])
  })

  test('34 in the German list are signed with SHA-1', () => {
    expect(having(german, 'signature.sha1')).toHaveLength(34)
  })

  test('Bermuda and the United Kingdom certify each other, against the rule of one country', () => {
    expect(
      having(german, 'country.same')
        .map(({ subject }) => countryOf(subject))
        .sort(),
    ).toEqual(['BM', 'GB'])
  })

  test('one writes TRUE as 01, and seven links do not say that they are CAs', () => {
    expect(having(german, 'extensions.der').map(({ subject }) => countryOf(subject))).toEqual(['UA'])
    expect(having(german, 'basic-constraints.ca')).toHaveLength(7)
  })

  test('a serial number of zero, and negative ones', () => {
    expect(
      having(german, 'serial.positive')
        .map(({ serialHex }) => serialHex)
        .sort(),
    ).toEqual(['00', 'b2'])
    expect(having(dutch, 'serial.positive')).toHaveLength(4)
  })

  test('roots and links are told apart as by their signatures', () => {
    for (const certificate of [...german, ...dutch]) {
      const theirs = new X509Certificate(certificate.encoded)
      const selfSigned = theirs.verify(theirs.publicKey)
      expect(profileOf(certificate)).toBe(selfSigned ? 'csca' : 'csca-link')
    }
    expect(german.filter((one) => profileOf(one) === 'csca')).toHaveLength(375)
  })

  test('three in four keep to one of the two editions of the profile', () => {
    const clean = german.filter((one) =>
      lintCertificate(one).every(({ severity, earlierProfile }) => severity !== 'error' || earlierProfile),
    )
    expect(clean.length / german.length).toBeGreaterThan(0.7)
  })
})
