import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { unhex } from '../../../../../test/certificate-parts.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../../test/reference-data.ts'
import { date, specimenMasterList, specimenPki } from '../../../../../test/specimen-pki.ts'
import type { SignedData, SignerInfo } from '../../cms/index.ts'
import { write as der } from '../../der/index.ts'
import {
  draftSod,
  encodeLdsSecurityObject,
  type LdsSecurityObject,
  parseSod,
  type Sod,
  sealSod,
} from '../../lds/index.ts'
import { type HashName, parseAlgorithmIdentifier } from '../algorithm.ts'
import { type MasterList, parseMasterList } from '../master-list.ts'
import { OIDS } from '../oids.ts'
import { lintMasterList, lintSod, MASTER_LIST_RULES, SOD_RULES } from './index.ts'

const pki = specimenPki()
const another = specimenPki()
const list = parseMasterList(specimenMasterList(pki, [pki.csca.encoded, another.csca.encoded]))

const withNull = parseAlgorithmIdentifier(der.sequence(der.oid(OIDS.sha256), der.nullValue()))
const sha1 = parseAlgorithmIdentifier(der.sequence(der.oid(OIDS.sha1)))
const sha384 = parseAlgorithmIdentifier(der.sequence(der.oid(OIDS.sha384)))
const rsaWithoutNull = parseAlgorithmIdentifier(der.sequence(der.oid('1.2.840.113549.1.1.11')))
const ecdsaSha1 = parseAlgorithmIdentifier(der.sequence(der.oid('1.2.840.10045.4.1')))

/** Faults are put into what was read, because no writer of ours makes them. */
const changed = <It extends { readonly signedData: SignedData }>(it: It, more: Partial<SignedData>): It => ({
  ...it,
  signedData: { ...it.signedData, ...more },
})
const signer = <It extends { readonly signedData: SignedData }>(it: It, more: Partial<SignerInfo>): It =>
  changed(it, { signers: [{ ...it.signedData.signers[0]!, ...more }] })
const attributes = () => list.signedData.signers[0]!.signedAttributes!

describe('a master list', () => {
  test('of this code has no fault', () => {
    expect(lintMasterList(list)).toEqual([])
  })

  const covered = new Set<string>()
  const { certificates } = list
  const bySerial = {
    by: 'issuer-and-serial',
    issuer: pki.listSigner.issuer,
    serial: pki.listSigner.serial,
  } as const

  test.each<[string, MasterList]>([
    ['der', { ...list, encoded: unhex('3080 020100 0000') }],
    [
      'content.der',
      changed(list, { content: der.sequence(der.encodeElement(0x31, unhex('020102'), unhex('020101'))) }),
    ],
    ['crls.forbidden', changed(list, { hasCrls: true })],
    ['signer.missing', changed(list, { signers: [] })],
    ['signer.several', changed(list, { signers: [...list.signedData.signers, ...list.signedData.signers] })],
    ['signer.by-issuer-and-serial', signer(list, { sid: bySerial })],
    ['signer.certificate-missing', changed(list, { certificates: [pki.csca.encoded] })],
    [
      'signer.profile',
      signer(list, { sid: { by: 'key-identifier', keyIdentifier: pki.cscaKey.keyIdentifier } }),
    ],
    ['signer.issuer-missing', changed(list, { certificates: [pki.listSigner.encoded] })],
    ['signer.attributes-missing', signer(list, { signedAttributes: undefined })],
    ['signer.attributes-order', signer(list, { signedAttributes: { ...attributes(), inOrder: false } })],
    ['signer.signing-time', signer(list, { signedAttributes: { ...attributes(), signingTime: undefined } })],
    ['signer.digest-parameters', signer(list, { digestAlgorithm: withNull })],
    ['signer.digest-parameters', changed(list, { digestAlgorithms: [withNull] })],
    ['signer.signature-parameters', signer(list, { signatureAlgorithm: rsaWithoutNull })],
    ['signer.digest-not-listed', signer(list, { digestAlgorithm: sha384 })],
    ['signer.sha1', signer(list, { digestAlgorithm: sha1 })],
    ['signer.sha1', signer(list, { signatureAlgorithm: ecdsaSha1 })],
    ['certificates.unreadable', { ...list, certificates: [...certificates, unhex('3000')] }],
    ['certificates.twice', { ...list, certificates: [...certificates, certificates[0]!.slice()] }],
    ['certificates.other-kind', { ...list, certificates: [...certificates, pki.documentSigner.encoded] }],
  ])('%s is found (case %#)', (code, broken) => {
    expect(lintMasterList(broken).map((finding): string => finding.code)).toContain(code)
    covered.add(code)
  })

  test('and no rule is left that nothing has broken', () => {
    expect(MASTER_LIST_RULES.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([])
  })
})

describe('a security object', () => {
  const securityObject: LdsSecurityObject = {
    hashAlgorithm: 'sha256',
    hashes: [1, 2].map((number) => ({ number, hash: new Uint8Array(32).fill(number) })),
    versionInfo: { lds: '0108', unicode: '150000' },
  }
  const hash: HashName = 'sha256'
  const drafted = draftSod({
    content: encodeLdsSecurityObject(securityObject),
    contentDigest: new Uint8Array(createHash(hash).update(encodeLdsSecurityObject(securityObject)).digest()),
    hash,
    signatureAlgorithm: pki.documentSignerKey.algorithm,
    documentSigner: pki.documentSigner,
    signingTime: date('2026-03-01'),
  })
  const sod = parseSod(sealSod(drafted, pki.documentSignerKey.sign(drafted.toBeSigned)))
  const deviating = (code: Sod['deviations'][number]['code']): Sod => ({
    ...sod,
    deviations: [{ code, at: 0, cites: '9303-10 §4.6.2' }],
  })

  test('of this code has no fault', () => {
    expect(lintSod(sod)).toEqual([])
  })

  const covered = new Set<string>()
  test.each<[string, Sod]>([
    ['der', deviating('sod.ber')],
    ['content-type', deviating('sod.content-type-other')],
    ['signer.attributes-order', deviating('sod.attributes-unsorted')],
    ['version.v0', { ...sod, securityObject: { hashAlgorithm: 'sha256', hashes: securityObject.hashes } }],
    ['hashes.sha1', { ...sod, securityObject: { ...securityObject, hashAlgorithm: 'sha1' } }],
    ['crls.forbidden', changed(sod, { hasCrls: true })],
    ['certificates.several', { ...sod, certificates: [...sod.certificates, pki.csca.encoded] }],
    ['signer.by-key-identifier', signer(sod, { sid: { by: 'key-identifier', keyIdentifier: unhex('01') } })],
    ['signer.certificate-missing', changed(sod, { certificates: [pki.csca.encoded] })],
    [
      'signer.profile',
      changed(signer(sod, { sid: { by: 'key-identifier', keyIdentifier: pki.cscaKey.keyIdentifier } }), {
        certificates: [pki.csca.encoded],
      }),
    ],
    ['signer.digest-parameters', signer(sod, { digestAlgorithm: withNull })],
    ['signer.signature-parameters', signer(sod, { signatureAlgorithm: rsaWithoutNull })],
    ['signer.digest-not-listed', signer(sod, { digestAlgorithm: sha384 })],
    ['signer.sha1', signer(sod, { digestAlgorithm: sha1 })],
  ])('%s is found', (code, broken) => {
    expect(lintSod(broken).map((finding): string => finding.code)).toContain(code)
    covered.add(code)
  })

  test('and no rule is left that nothing has broken', () => {
    expect(SOD_RULES.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([])
  })
})

describe.skipIf(!haveReferenceData)(`published lists and real security objects ${withReferenceData}`, () => {
  const masterList = (file: string) =>
    lintMasterList(parseMasterList(referenceData('emrtd', 'masterlists', file)))
  const sod = (file: string) => lintSod(parseSod(referenceData('emrtd', 'sod', file))).map(({ code }) => code)

  test('the German list has no fault; the Dutch leaves the CSCA of its signer out', () => {
    expect(masterList('DE_ML_2026-05-28-08-28-45.ml')).toEqual([])
    expect(masterList('NL_ML_2026-07-22.ml')).toMatchObject([
      { code: 'signer.issuer-missing', severity: 'warning' },
    ])
  })

  test.each([
    ['sod-fi.bin', []],
    ['sod-gb-2021.bin', []],
    ['sod-nz-ber.bin', ['der', 'version.v0', 'signer.digest-parameters']],
    ['sod-ru-sha1.bin', ['version.v0', 'hashes.sha1', 'signer.sha1']],
    // The signer is named with the parts of the issuer's name in another order than in the certificate.
    ['sod-my.bin', ['version.v0', 'signer.certificate-missing', 'signer.digest-parameters']],
  ])('%s', (file, codes) => {
    expect(sod(file)).toEqual(codes)
  })
})
