import { describe, expect, test } from 'vitest'
import { certificateWith, extension, extensions, refusal, unhex } from '../../../../test/certificate-parts.ts'
import { write as der } from '../der/index.ts'
import { concat, encodeElement } from '../tlv/index.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import * as read from './extensions.ts'
import { OIDS } from './oids.ts'

const having = (oid: string, value: Uint8Array): Certificate =>
  parseCertificate(certificateWith({ extensions: extensions(extension(oid, value)) }))
const bare = parseCertificate(certificateWith())
const time = (text: string) => new TextEncoder().encode(text)
const types = (...codes: string[]) => der.setOf(...codes.map(der.printableString))

test('what is not there is undefined', () => {
  expect(read.subjectKeyIdentifier(bare)).toBeUndefined()
  expect(read.authorityKeyIdentifier(bare)).toBeUndefined()
  expect(read.privateKeyUsagePeriod(bare)).toBeUndefined()
  expect(read.documentTypeList(bare)).toBeUndefined()
  expect(read.hasNameChange(bare)).toBe(false)
})

test('key usages are named bits', () => {
  expect(read.keyUsage(bare)).toEqual(['keyCertSign', 'cRLSign'])
  expect(read.keyUsage(having(OIDS.keyUsage, der.namedBits(0)))).toEqual(['digitalSignature'])
  expect(read.keyUsage(having(OIDS.keyUsage, der.namedBits(1, 8)))).toEqual([
    'nonRepudiation',
    'decipherOnly',
  ])
  expect(read.keyUsage(having(OIDS.keyUsage, der.namedBits()))).toEqual([])
})

test('basic constraints default to no CA and no limit; TRUE as 01 is met in the field and read', () => {
  const constraints = (...parts: Uint8Array[]) =>
    read.basicConstraints(having(OIDS.basicConstraints, der.sequence(...parts)))
  expect(constraints()).toEqual({ ca: false, pathLength: undefined })
  expect(constraints(der.boolean(true), der.integer(0))).toEqual({ ca: true, pathLength: 0 })
  expect(constraints(unhex('010101'))).toEqual({ ca: true, pathLength: undefined })
  expect(constraints(unhex('010100'))).toEqual({ ca: false, pathLength: undefined })
})

test('a key identifier of the issuer may be left out of the extension', () => {
  const keyed = der.sequence(der.implicit(0, unhex('0102')), der.context(1), der.implicit(2, unhex('05')))
  expect(read.authorityKeyIdentifier(having(OIDS.authorityKeyIdentifier, keyed))).toEqual(unhex('0102'))
  expect(read.authorityKeyIdentifier(having(OIDS.authorityKeyIdentifier, der.sequence()))).toBeUndefined()
})

test('a signing period may be open at either end', () => {
  const period = (...parts: Uint8Array[]) =>
    read.privateKeyUsagePeriod(having(OIDS.privateKeyUsagePeriod, der.sequence(...parts)))
  const [from, to] = [der.implicit(0, time('20260101000000Z')), der.implicit(1, time('20260401000000Z'))]
  const [fromDate, toDate] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')]
  expect(period(from, to)).toEqual({ notBefore: fromDate, notAfter: toDate })
  expect(period(from)).toEqual({ notBefore: fromDate, notAfter: undefined })
  expect(period(to)).toEqual({ notBefore: undefined, notAfter: toDate })
})

test('document codes come in one set, or, as some issuers write them, each in its own', () => {
  const list = (...parts: Uint8Array[]) =>
    read.documentTypeList(having(OIDS.documentTypeList, der.sequence(der.integer(0), ...parts)))
  expect(list(types('PT', 'PR', 'PS'))).toEqual(['PR', 'PS', 'PT'])
  expect(list(types('P'), types('ID'))).toEqual(['P', 'ID'])
  expect(list(types())).toEqual([])
})

test('alternative names and distribution points give addresses and directory names', () => {
  const uri = (n: number, text: string) => der.implicit(n, new TextEncoder().encode(text))
  const directory = der.context(
    4,
    der.sequence(der.setOf(der.sequence(der.oid(OIDS.localityName), der.printableString('UTO')))),
  )
  const names = der.sequence(
    uri(1, 'csca@utopia.example'),
    uri(2, 'utopia.example'),
    uri(6, 'https://utopia.example'),
    directory,
    der.implicit(7, unhex('7f000001')),
  )
  expect(read.subjectAltName(having(OIDS.subjectAltName, names))).toMatchObject([
    { kind: 'email', value: 'csca@utopia.example' },
    { kind: 'dns', value: 'utopia.example' },
    { kind: 'uri', value: 'https://utopia.example' },
    { kind: 'directory' },
    { kind: 'other' },
  ])
  const point = (...parts: Uint8Array[]) => der.sequence(der.context(0, der.context(0, ...parts)))
  const points = der.sequence(
    point(uri(6, 'ldap://a'), uri(6, 'http://b')),
    der.sequence(),
    der.sequence(der.context(0, der.context(1))),
    concat(der.sequence(der.context(0, der.context(0, uri(6, 'https://c'))), der.implicit(1, unhex('0780')))),
  )
  expect(read.crlDistributionPoints(having(OIDS.crlDistributionPoints, points))).toMatchObject(
    ['ldap://a', 'http://b', 'https://c'].map((value) => ({ kind: 'uri', value })),
  )
})

describe('an extension that is not what its identifier says is refused', () => {
  test.each([
    [
      'a key identifier that is no octet string',
      OIDS.subjectKeyIdentifier,
      der.integer(1),
      read.subjectKeyIdentifier,
    ],
    [
      'something after a key identifier',
      OIDS.subjectKeyIdentifier,
      concat(der.octetString(unhex('01')), unhex('00')),
      read.subjectKeyIdentifier,
    ],
    ['an empty value', OIDS.keyUsage, new Uint8Array(0), read.keyUsage],
    [
      'a path length below zero',
      OIDS.basicConstraints,
      der.sequence(der.boolean(true), unhex('0201ff')),
      read.basicConstraints,
    ],
    [
      'a path length of two octets too many',
      OIDS.basicConstraints,
      der.sequence(unhex('0203000001')),
      read.basicConstraints,
    ],
    [
      'a signing period in UTCTime',
      OIDS.privateKeyUsagePeriod,
      der.sequence(der.implicit(0, time('260101000000Z'))),
      read.privateKeyUsagePeriod,
    ],
    [
      'another version of the document codes',
      OIDS.documentTypeList,
      der.sequence(der.integer(1), types('P')),
      read.documentTypeList,
    ],
    [
      'document codes without their set',
      OIDS.documentTypeList,
      der.sequence(der.integer(0)),
      read.documentTypeList,
    ],
    [
      'more document codes than there are letters for',
      OIDS.documentTypeList,
      der.sequence(der.integer(0), ...Array.from({ length: 99 }, () => types('P'))),
      read.documentTypeList,
    ],
    [
      'an address that is no ASCII',
      OIDS.subjectAltName,
      der.sequence(der.implicit(6, unhex('c3a9'))),
      read.subjectAltName,
    ],
    [
      'a purpose that is no identifier',
      OIDS.extKeyUsage,
      der.sequence(der.integer(1)),
      read.extendedKeyUsage,
    ],
    [
      '65 purposes',
      OIDS.extKeyUsage,
      der.sequence(...Array.from({ length: 65 }, () => der.oid('1.2.3'))),
      read.extendedKeyUsage,
    ],
    ['lengths of BER', OIDS.extKeyUsage, unhex('308000 00'), read.extendedKeyUsage],
  ] as const)('%s', (_, oid, value, reader) => {
    expect(refusal(() => reader(having(oid, value)))).toBe('pki.extension-value')
  })

  test('at its place in the certificate', () => {
    const bytes = certificateWith({
      extensions: extensions(extension(OIDS.keyUsage, encodeElement(0x02, unhex('05')))),
    })
    const at = Buffer.from(bytes).indexOf(Buffer.from('020105', 'hex'), bytes.length - 40)
    expect(() => read.keyUsage(parseCertificate(bytes))).toThrow(`pki.extension-value at ${at}`)
  })
})
