import { describe, expect, test } from 'vitest'
import {
  attribute,
  type CertificateParts,
  certificateWith,
  extension,
  extensions,
  unhex,
} from '../../../../../test/certificate-parts.ts'
import { codesOf, DRAFTS, made, replaced, without } from '../../../../../test/specimen-drafts.ts'
import { date } from '../../../../../test/specimen-pki.ts'
import { write as der } from '../../der/index.ts'
import { encodeElement } from '../../tlv/index.ts'
import { parseCertificate } from '../certificate.ts'
import { curveByName } from '../curves.ts'
import type { CertificateDraft } from '../draft-certificate.ts'
import { OIDS } from '../oids.ts'
import { encodeEcPublicKey, encodeRsaPublicKey } from '../public-key.ts'
import type { Profile } from './profile.ts'
import { RULES_OF_BODY } from './rules-of-body.ts'
import { RULES_OF_EXTENSIONS } from './rules-of-extensions.ts'
import { RULES_OF_KEY } from './rules-of-key.ts'
import { RULES_OF_NAMES } from './rules-of-names.ts'

const covered = new Set<string>()

describe('every rule finds what it is for', () => {
  const name = (...parts: Uint8Array[]) => der.sequence(...parts)
  const country = (value: Uint8Array) => attribute(OIDS.countryName, value)
  const ut = country(der.printableString('UT'))
  const common = attribute(OIDS.commonName, der.utf8String('CSCA'))
  const time = (text: string) => new TextEncoder().encode(text)
  const pair = (type: string, value: string) => attribute(type, der.printableString(value))
  const directory = (...parts: Uint8Array[]) =>
    der.sequence(der.implicit(1, time('a@b')), der.context(4, name(...parts)))
  const period = (from: string, to: string) =>
    der.sequence(der.implicit(0, time(from)), der.implicit(1, time(to)))
  const point = (...parts: Uint8Array[]) => der.sequence(der.sequence(...parts))
  const web = der.context(0, der.context(0, der.implicit(6, time('https://a'))))
  const { p, a, b, x, y, n } = curveByName('P-256')
  const ec = (parameters: readonly Uint8Array[], at = unhex(`04${x}${y}`)) =>
    der.sequence(der.sequence(der.oid(OIDS.ecPublicKey), der.sequence(...parameters)), der.bitString(at))
  const prime = der.sequence(der.oid(OIDS.primeField), der.unsigned(unhex(p)))
  const coefficients = der.sequence(der.octetString(unhex(a)), der.octetString(unhex(b)))
  const base = der.octetString(unhex(`04${x}${y}`))
  const order = der.unsigned(unhex(n))
  const rsa = (octets: number) => encodeRsaPublicKey(new Uint8Array(octets).fill(0xff), unhex('010001'))
  const rsaOctets = der.sequence(der.unsigned(new Uint8Array(384).fill(0xff)), der.integer(65537))
  const sha1 = der.sequence(der.oid('1.2.840.10045.4.1'))
  const pkcs1 = der.sequence(der.oid('1.2.840.113549.1.1.11'))
  const ecdsa = (...parameters: Uint8Array[]) => der.sequence(der.oid('1.2.840.10045.4.3.2'), ...parameters)

  const raw: [string, Partial<CertificateParts>][] = [
    [
      'der',
      {
        subject: name(
          encodeElement(
            0x31,
            der.sequence(der.oid('2.5.4.3'), der.utf8String('b')),
            der.sequence(der.oid('2.5.4.3'), der.utf8String('a')),
          ),
        ),
      },
    ],
    ['version', { version: der.context(0, der.integer(1)), extensions: new Uint8Array(0) }],
    ['serial.positive', { serial: der.integer(0) }],
    ['serial.positive', { serial: unhex('0201b2') }],
    ['serial.length', { serial: encodeElement(0x02, new Uint8Array(21).fill(1)) }],
    ['signature.same', { signature: ecdsa(der.nullValue()) }],
    [
      'signature.algorithm',
      { signature: der.sequence(der.oid('1.2.3')), algorithm: der.sequence(der.oid('1.2.3')) },
    ],
    ['signature.parameters', { signature: ecdsa(der.nullValue()), algorithm: ecdsa(der.nullValue()) }],
    ['signature.parameters', { signature: pkcs1, algorithm: pkcs1 }],
    ['signature.sha1', { signature: sha1, algorithm: sha1 }],
    ['signature.pkcs1', { signature: pkcs1, algorithm: pkcs1 }],
    [
      'validity.order',
      { validity: der.sequence(der.time(date('2026-01-02')), der.time(date('2026-01-01'))) },
    ],
    [
      'validity.time-type',
      { validity: der.sequence(der.generalizedTime(date('2026-01-01')), der.time(date('2041-01-01'))) },
    ],
    ['unique-identifier', { uniqueIds: der.implicit(1, unhex('0001')) }],
    ['unique-identifier', { uniqueIds: der.implicit(2, unhex('0001')) }],
    ['issuer.country', { issuer: name(common) }],
    ['issuer.country', { issuer: name(country(der.printableString('UTO')), common) }],
    ['issuer.country', { issuer: name(ut, ut, common) }],
    ['issuer.common-name', { issuer: name(ut) }],
    ['issuer.country-case', { issuer: name(country(der.printableString('ut')), common) }],
    ['issuer.country-type', { issuer: name(country(der.utf8String('UT')), common) }],
    ['subject.country', { subject: name(common) }],
    ['subject.common-name', { subject: name(ut) }],
    ['subject.country-case', { subject: name(country(der.printableString('uT')), common) }],
    ['subject.country-type', { subject: name(country(der.utf8String('UT')), common) }],
    ['country.same', { subject: name(country(der.printableString('ZZ')), common) }],
    ['name.serial-number', { subject: name(ut, common, attribute(OIDS.serialNumber, der.utf8String('1'))) }],
    ['name.string-type', { subject: name(ut, attribute(OIDS.commonName, encodeElement(0x14, unhex('41')))) }],
    [
      'name.printable-characters',
      { issuer: name(ut, attribute(OIDS.commonName, encodeElement(0x13, time('a_b')))) },
    ],
    [
      'key.algorithm',
      { publicKey: der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(unhex('01'))) },
    ],
    [
      'key.rsa-parameters',
      { publicKey: der.sequence(der.sequence(der.oid(OIDS.rsaEncryption)), der.bitString(rsaOctets)) },
    ],
    ['key.ec-explicit', { publicKey: encodeEcPublicKey(curveByName('P-256'), unhex(`04${x}${y}`), 'named') }],
    ['key.ec-cofactor', { publicKey: ec([der.integer(1), prime, coefficients, base, order]) }],
    [
      'key.ec-field-elements',
      {
        publicKey: ec([
          der.integer(1),
          prime,
          der.sequence(der.octetString(unhex(`00${a}`)), der.octetString(unhex(b))),
          base,
          order,
          der.integer(1),
        ]),
      },
    ],
    [
      'key.ec-base-point',
      {
        publicKey: ec([
          der.integer(1),
          prime,
          coefficients,
          der.octetString(unhex(`03${x}`)),
          order,
          der.integer(1),
        ]),
      },
    ],
    [
      'key.ec-uncompressed',
      { publicKey: ec([der.integer(1), prime, coefficients, base, order, der.integer(1)], unhex(`03${x}`)) },
    ],
    [
      'key.ec-on-curve',
      {
        publicKey: ec(
          [der.integer(1), prime, coefficients, base, order, der.integer(1)],
          unhex(`04${y}${x}`),
        ),
      },
    ],
    [
      'extensions.default-encoded',
      { extensions: extensions(extension('1.2.3', der.nullValue(), der.boolean(false))) },
    ],
    ['extensions.der', { extensions: extensions(extension('1.2.3', unhex('010101'))) }],
    ['extensions.value', { extensions: extensions(extension(OIDS.keyUsage, der.integer(1))) }],
    ['key-usage.trailing-bits', { extensions: extensions(extension(OIDS.keyUsage, unhex('03020006'))) }],
  ]
  test.each(raw)('%s (case %#)', (code, parts) => {
    expect(codesOf(parseCertificate(certificateWith(parts)))).toContain(code)
    expect(codesOf(parseCertificate(certificateWith()))).not.toContain(code)
    covered.add(code)
  })

  const drafted: [string, Profile, (draft: CertificateDraft) => CertificateDraft][] = [
    ['validity.length', 'csca', (draft) => ({ ...draft, notAfter: date('2042-01-01') })],
    ['validity.length', 'document-signer', (draft) => ({ ...draft, notAfter: date('2037-02-02') })],
    [
      'seal-signer.subject',
      'seal-signer',
      (draft) => ({ ...draft, subject: name(ut, attribute(OIDS.commonName, der.utf8String('AA'))) }),
    ],
    [
      'seal-signer.subject',
      'seal-signer',
      (draft) => ({ ...draft, subject: name(ut, pair(OIDS.commonName, 'AAA')) }),
    ],
    [
      'seal-signer.subject',
      'seal-signer',
      (draft) => ({
        ...draft,
        subject: name(ut, pair(OIDS.commonName, 'AA'), pair(OIDS.organizationName, 'x')),
      }),
    ],
    ['key.ecdsa', 'seal-signer', (draft) => ({ ...draft, publicKey: rsa(256) })],
    ['key.rsa-size', 'csca', (draft) => ({ ...draft, publicKey: rsa(256) })],
    ['key.rsa-size', 'document-signer', (draft) => ({ ...draft, publicKey: rsa(255) })],
    ['key.ec-size', 'csca', (draft) => ({ ...draft, publicKey: small('P-224') })],
    ['key.ec-size', 'document-signer', (draft) => ({ ...draft, publicKey: small('P-192') })],
    ['extensions.other-critical', 'csca', (draft) => replaced(draft, '1.2.3', der.nullValue(), true)],
    ['extensions.other', 'seal-signer', (draft) => replaced(draft, '1.2.3', der.nullValue())],
    [
      'authority-key-identifier.key-identifier',
      'csca',
      (draft) => replaced(draft, OIDS.authorityKeyIdentifier, der.sequence()),
    ],
    ['key-usage.bits', 'csca', (draft) => replaced(draft, OIDS.keyUsage, der.namedBits(0, 5, 6))],
    ['key-usage.bits', 'csca-link', (draft) => replaced(draft, OIDS.keyUsage, der.namedBits(5))],
    ['key-usage.bits', 'document-signer', (draft) => replaced(draft, OIDS.keyUsage, der.namedBits(0, 1))],
    ['key-usage.bits', 'master-list-signer', (draft) => replaced(draft, OIDS.keyUsage, der.namedBits(1))],
    [
      'private-key-usage-period.empty',
      'csca',
      (draft) => replaced(draft, OIDS.privateKeyUsagePeriod, der.sequence()),
    ],
    [
      'private-key-usage-period.order',
      'csca',
      (draft) => replaced(draft, OIDS.privateKeyUsagePeriod, period('20270101000000Z', '20260101000000Z')),
    ],
    [
      'private-key-usage-period.outside-validity',
      'csca',
      (draft) => replaced(draft, OIDS.privateKeyUsagePeriod, period('20251231235959Z', '20260101000000Z')),
    ],
    [
      'private-key-usage-period.outside-validity',
      'csca',
      (draft) =>
        replaced(draft, OIDS.privateKeyUsagePeriod, der.sequence(der.implicit(1, time('20410101000001Z')))),
    ],
    [
      'private-key-usage-period.length',
      'csca',
      (draft) => replaced(draft, OIDS.privateKeyUsagePeriod, period('20260101000000Z', '20310101000001Z')),
    ],
    [
      'private-key-usage-period.length',
      'csca',
      (draft) =>
        replaced(draft, OIDS.privateKeyUsagePeriod, der.sequence(der.implicit(0, time('20260101000000Z')))),
    ],
    [
      'private-key-usage-period.length',
      'document-signer',
      (draft) => replaced(draft, OIDS.privateKeyUsagePeriod, period('20260201000000Z', '20260601000001Z')),
    ],
    [
      'subject-alt-name.directory',
      'csca',
      (draft) => replaced(draft, OIDS.subjectAltName, der.sequence(der.implicit(1, time('a@b')))),
    ],
    [
      'subject-alt-name.directory',
      'csca',
      (draft) => replaced(draft, OIDS.subjectAltName, directory(pair(OIDS.localityName, 'Utopia'))),
    ],
    [
      'subject-alt-name.directory',
      'csca',
      (draft) => replaced(draft, OIDS.subjectAltName, directory(pair(OIDS.localityName, 'UTO'), common)),
    ],
    [
      'subject-alt-name.directory',
      'csca',
      (draft) =>
        replaced(
          draft,
          OIDS.subjectAltName,
          directory(pair(OIDS.localityName, 'UTO'), pair(OIDS.stateOrProvinceName, 'uto')),
        ),
    ],
    [
      'subject-alt-name.contact',
      'csca',
      (draft) =>
        replaced(
          draft,
          OIDS.subjectAltName,
          der.sequence(der.context(4, name(pair(OIDS.localityName, 'UTO')))),
        ),
    ],
    [
      'issuer-alt-name.directory',
      'document-signer',
      (draft) => replaced(draft, OIDS.issuerAltName, der.sequence(der.implicit(1, time('a@b')))),
    ],
    [
      'issuer-alt-name.contact',
      'document-signer',
      (draft) =>
        replaced(
          draft,
          OIDS.issuerAltName,
          der.sequence(der.context(4, name(pair(OIDS.localityName, 'UTO')))),
        ),
    ],
    [
      'issuer-alt-name.same',
      'csca',
      (draft) => replaced(draft, OIDS.issuerAltName, directory(pair(OIDS.localityName, 'UTO'))),
    ],
    [
      'basic-constraints.ca',
      'csca',
      (draft) => replaced(draft, OIDS.basicConstraints, der.sequence(der.integer(0))),
    ],
    [
      'basic-constraints.path-length',
      'csca',
      (draft) => replaced(draft, OIDS.basicConstraints, der.sequence(der.boolean(true))),
    ],
    [
      'basic-constraints.path-length',
      'csca-link',
      (draft) => replaced(draft, OIDS.basicConstraints, der.sequence(der.boolean(true), der.integer(1))),
    ],
    [
      'extended-key-usage.purpose',
      'master-list-signer',
      (draft) =>
        replaced(draft, OIDS.extKeyUsage, der.sequence(der.oid(OIDS.masterListSigner), der.oid('1.2.3'))),
    ],
    [
      'extended-key-usage.purpose',
      'seal-signer',
      (draft) => replaced(draft, OIDS.extKeyUsage, der.sequence(der.oid(OIDS.masterListSigner))),
    ],
    [
      'crl-distribution-points.place',
      'csca',
      (draft) => replaced(draft, OIDS.crlDistributionPoints, point()),
    ],
    [
      'crl-distribution-points.place',
      'csca',
      (draft) => replaced(draft, OIDS.crlDistributionPoints, der.sequence()),
    ],
    [
      'crl-distribution-points.place',
      'csca',
      (draft) =>
        replaced(
          draft,
          OIDS.crlDistributionPoints,
          point(der.context(0, der.context(0, der.implicit(6, time('ftp://a'))))),
        ),
    ],
    [
      'crl-distribution-points.reasons',
      'csca',
      (draft) => replaced(draft, OIDS.crlDistributionPoints, point(web, der.implicit(1, unhex('0780')))),
    ],
    [
      'crl-distribution-points.issuer',
      'csca',
      (draft) => replaced(draft, OIDS.crlDistributionPoints, point(web, der.context(2))),
    ],
    ['name-change.missing-in-link', 'csca-link', (draft) => without(draft, OIDS.nameChange)],
    ['name-change.same-name', 'csca-link', (draft) => ({ ...draft, subject: draft.issuer })],
    ['name-change.value', 'csca-link', (draft) => replaced(draft, OIDS.nameChange, der.sequence())],
    [
      'document-type-list.codes',
      'document-signer',
      (draft) => replaced(draft, OIDS.documentTypeList, der.sequence(der.integer(0), der.setOf())),
    ],
    [
      'document-type-list.codes',
      'document-signer',
      (draft) =>
        replaced(
          draft,
          OIDS.documentTypeList,
          der.sequence(der.integer(0), der.setOf(der.printableString('PRX'))),
        ),
    ],
    [
      'document-type-list.codes',
      'document-signer',
      (draft) =>
        replaced(draft, OIDS.documentTypeList, der.sequence(der.integer(0), der.setOf(der.utf8String('P')))),
    ],
    [
      'document-type-list.one-set',
      'document-signer',
      (draft) =>
        replaced(
          draft,
          OIDS.documentTypeList,
          der.sequence(
            der.integer(0),
            der.setOf(der.printableString('P')),
            der.setOf(der.printableString('ID')),
          ),
        ),
    ],
  ]
  const small = (curve: 'P-192' | 'P-224') => {
    const { x: gx, y: gy } = curveByName(curve)
    return encodeEcPublicKey(curveByName(curve), unhex(`04${gx}${gy}`), 'explicit')
  }
  test.each(drafted)('%s (case %#, %s)', (code, profile, change) => {
    expect(codesOf(made(change(DRAFTS[profile])), profile)).toContain(code)
    expect(codesOf(made(DRAFTS[profile]), profile)).not.toContain(code)
    covered.add(code)
  })

  test('and no rule is left that nothing has broken', () => {
    const rules = [...RULES_OF_BODY, ...RULES_OF_NAMES, ...RULES_OF_KEY, ...RULES_OF_EXTENSIONS]
    expect(rules.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([])
  })
})
