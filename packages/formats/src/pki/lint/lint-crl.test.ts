import { describe, expect, test } from 'vitest'
import { attribute, ecdsaSha256, extension, someName, unhex } from '../../../../../test/certificate-parts.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../../test/reference-data.ts'
import { date, signed, specimenPki } from '../../../../../test/specimen-pki.ts'
import { write as der } from '../../der/index.ts'
import { encodeElement } from '../../tlv/index.ts'
import { parseCrl } from '../crl.ts'
import { draftCrl, sealCrl } from '../draft-crl.ts'
import { OIDS } from '../oids.ts'
import { CRL_RULES, lintCrl } from './index.ts'

const none = new Uint8Array(0)
const keyIdentifier = extension(OIDS.authorityKeyIdentifier, der.sequence(der.implicit(0, unhex('0102'))))
const number = extension(OIDS.crlNumber, der.integer(64))
const inList = (...list: Uint8Array[]) => der.context(0, der.sequence(...list))
const entry = (...extensions: Uint8Array[]) =>
  der.sequence(der.sequence(der.integer(5), der.time(date('2026-02-01')), der.sequence(...extensions)))

type Part = 'version' | 'signature' | 'algorithm' | 'issuer' | 'updates' | 'entries' | 'extensions'

/** A revocation list without a fault, with some of its parts replaced. */
function crlWith(parts: Partial<Record<Part, Uint8Array>> = {}): Uint8Array {
  const tbs = der.sequence(
    parts.version ?? der.integer(1),
    parts.signature ?? ecdsaSha256,
    parts.issuer ?? someName,
    parts.updates ?? Uint8Array.from([...der.time(date('2026-03-01')), ...der.time(date('2026-05-30'))]),
    parts.entries ?? none,
    parts.extensions ?? inList(keyIdentifier, number),
  )
  return der.sequence(tbs, parts.algorithm ?? ecdsaSha256, der.bitString(unhex('0102')))
}
const codesOf = (parts?: Partial<Record<Part, Uint8Array>>) =>
  lintCrl(parseCrl(crlWith(parts))).map(({ code }): string => code)

test('what this code drafts has no fault', () => {
  const pki = specimenPki()
  const drafted = draftCrl({
    issuer: pki.csca,
    signatureAlgorithm: pki.cscaKey.algorithm,
    thisUpdate: date('2026-03-01'),
    nextUpdate: date('2026-05-30'),
    number: unhex('40'),
    revoked: [{ serial: pki.documentSigner.serial, date: date('2026-02-01') }],
    formerNames: [pki.listSigner.subject],
  })
  expect(lintCrl(parseCrl(signed(pki.cscaKey, drafted, sealCrl)))).toEqual([])
})

describe('every rule finds what it is for', () => {
  const covered = new Set<string>()
  const critical = der.boolean(true)
  const common = attribute(OIDS.commonName, der.utf8String('CSCA'))
  const country = (value: Uint8Array) => der.sequence(attribute(OIDS.countryName, value), common)
  const times = (...list: Uint8Array[]) => Uint8Array.from(list.flatMap((one) => [...one]))
  const both = (algorithm: Uint8Array) => ({ signature: algorithm, algorithm })
  const [march, june] = [date('2026-03-01'), date('2026-06-01')]

  test.each<[string, Partial<Record<Part, Uint8Array>>]>([
    [
      'der',
      {
        issuer: der.sequence(
          encodeElement(
            0x31,
            der.sequence(der.oid('2.5.4.3'), der.utf8String('b')),
            der.sequence(der.oid('2.5.4.3'), der.utf8String('a')),
          ),
        ),
      },
    ],
    ['version', { version: none, extensions: none }],
    ['signature.same', { signature: der.sequence(der.oid('1.2.840.10045.4.3.2'), der.nullValue()) }],
    ['signature.algorithm', both(der.sequence(der.oid('1.2.3')))],
    ['signature.parameters', both(der.sequence(der.oid('1.2.840.113549.1.1.11')))],
    ['signature.sha1', both(der.sequence(der.oid('1.2.840.10045.4.1')))],
    ['issuer.country', { issuer: der.sequence(common) }],
    ['issuer.country-case', { issuer: country(der.printableString('ut')) }],
    ['issuer.country-type', { issuer: country(der.utf8String('UT')) }],
    ['name.serial-number', { issuer: der.sequence(attribute(OIDS.serialNumber, der.utf8String('1'))) }],
    [
      'name.string-type',
      { issuer: der.sequence(attribute(OIDS.commonName, encodeElement(0x14, unhex('41')))) },
    ],
    [
      'name.printable-characters',
      { issuer: der.sequence(attribute(OIDS.commonName, encodeElement(0x13, unhex('5f')))) },
    ],
    ['next-update.missing', { updates: der.time(march) }],
    ['next-update.order', { updates: times(der.time(march), der.time(march)) }],
    ['next-update.late', { updates: times(der.time(march), der.time(june)) }],
    ['updates.time-type', { updates: times(der.generalizedTime(march), der.time(date('2026-04-01'))) }],
    ['updates.time-type', { updates: times(der.time(march), der.generalizedTime(date('2026-04-01'))) }],
    ['authority-key-identifier.missing', { extensions: inList(number) }],
    [
      'authority-key-identifier.key-identifier',
      { extensions: inList(extension(OIDS.authorityKeyIdentifier, der.sequence()), number) },
    ],
    [
      'authority-key-identifier.key-identifier',
      { extensions: inList(extension(OIDS.authorityKeyIdentifier, der.integer(1)), number) },
    ],
    ['crl-number.missing', { extensions: inList(keyIdentifier) }],
    ['crl-number.value', { extensions: inList(extension(OIDS.crlNumber, unhex('0201ff'))) }],
    [
      'crl-number.value',
      { extensions: inList(extension(OIDS.crlNumber, der.unsigned(new Uint8Array(21).fill(1)))) },
    ],
    [
      'delta-crl-indicator.forbidden',
      { extensions: inList(extension(OIDS.deltaCrlIndicator, der.integer(1))) },
    ],
    [
      'issuing-distribution-point.forbidden',
      { extensions: inList(extension(OIDS.issuingDistributionPoint, der.sequence())) },
    ],
    ['freshest-crl.forbidden', { extensions: inList(extension(OIDS.freshestCrl, der.sequence())) }],
    ['extensions.critical', { extensions: inList(extension(OIDS.crlNumber, der.integer(1), critical)) }],
    [
      'extensions.default-encoded',
      { extensions: inList(extension(OIDS.crlNumber, der.integer(1), der.boolean(false))) },
    ],
    ['extensions.der', { extensions: inList(extension('1.2.3', unhex('010101'))) }],
    ['entries.empty', { entries: der.sequence() }],
    ['entries.extensions-forbidden', { entries: entry(extension(OIDS.reasonCode, unhex('0a0101'))) }],
    ['entries.extensions-forbidden', { entries: entry(extension(OIDS.certificateIssuer, der.sequence())) }],
    ['entries.extensions-critical', { entries: entry(extension('1.2.3', none, critical)) }],
  ])('%s (case %#)', (code, parts) => {
    expect(codesOf()).toEqual([])
    expect(codesOf(parts)).toContain(code)
    covered.add(code)
  })

  test('and no rule is left that nothing has broken', () => {
    expect(CRL_RULES.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([])
  })
})

describe.skipIf(!haveReferenceData)(`real and published lists ${withReferenceData}`, () => {
  test('the Australian list of 2021 has no fault', () => {
    expect(lintCrl(parseCrl(referenceData('emrtd', 'vdsnc', 'aus-crl.crl')))).toEqual([])
  })

  test('a list of PKITS, of another profile, has those one would expect', () => {
    const crl = parseCrl(referenceData('security', 'pkits', 'crls', 'deltaCRLCA1deltaCRL.crl'))
    expect(lintCrl(crl).map(({ code }) => code)).toEqual([
      'next-update.late',
      'delta-crl-indicator.forbidden',
      'extensions.critical',
      'entries.extensions-forbidden',
    ])
  })
})
