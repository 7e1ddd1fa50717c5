import { createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  certificateWith,
  ecdsaSha256,
  extension,
  extensions,
  refusal,
  someExtension,
} from '../../../../test/certificate-parts.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { write as der } from '../der/index.ts'
import { concat, encodeElement, hex } from '../tlv/index.ts'
import { extensionOf, MAX_CERTIFICATE, parseCertificate } from './certificate.ts'
import { parseMasterList } from './master-list.ts'

const none = new Uint8Array(0)
const serial = (content: string): Uint8Array =>
  encodeElement(0x02, new Uint8Array(Buffer.from(content, 'hex')))

describe('a certificate', () => {
  test('is read as a view on its bytes', () => {
    const bytes = certificateWith()
    const certificate = parseCertificate(bytes)
    expect(certificate.encoded).toEqual(bytes)
    expect(certificate.toBeSigned.buffer).toBe(bytes.buffer)
    expect(certificate.version).toBe(3)
    expect(certificate.serialHex).toBe('01')
    expect(certificate.notAfter).toEqual(new Date('2041-01-01T00:00:00Z'))
    expect(certificate.publicKey).toMatchObject({ kind: 'ec', parameters: 'explicit' })
    expect(extensionOf(certificate, '2.5.29.15')).toMatchObject({ critical: true, defaultWritten: false })
    expect(extensionOf(certificate, '2.5.29.16')).toBeUndefined()
  })

  test('of versions 1 and 2 has no extensions', () => {
    expect(parseCertificate(certificateWith({ version: none, extensions: none })).version).toBe(1)
    const second = { version: der.context(0, der.integer(1)), extensions: none }
    expect(parseCertificate(certificateWith(second)).version).toBe(2)
  })

  test.each([
    ['zero', '00'],
    ['negative', 'b2'],
    ['longer than 20 octets', '01'.repeat(21)],
  ])('with a serial number that is %s is read, for lint to report', (_, content) => {
    expect(parseCertificate(certificateWith({ serial: serial(content) })).serialHex).toBe(content)
  })

  test('may leave NULL out in one of its two algorithms', () => {
    const rsa = '1.2.840.113549.1.1.11'
    const algorithm = der.sequence(der.oid(rsa), der.nullValue())
    expect(
      parseCertificate(certificateWith({ signature: der.sequence(der.oid(rsa)), algorithm }))
        .signatureAlgorithm.oid,
    ).toBe(rsa)
  })

  test('says which extension wrote critical FALSE out', () => {
    const written = certificateWith({
      extensions: extensions(extension('2.5.29.14', der.octetString(Uint8Array.of(1)), der.boolean(false))),
    })
    expect(parseCertificate(written).extensions[0]).toMatchObject({ critical: false, defaultWritten: true })
  })
})

test.each([
  ['a serial number padded with zeros', { serial: serial('0001') }, 'der.integer-not-minimal'],
  ['a serial number of nothing', { serial: serial('') }, 'der.integer-empty'],
  ['no serial number', { serial: none }, 'tlv.unexpected-tag'],
  ['version 1 written out', { version: der.context(0, der.integer(0)) }, 'der.default-encoded'],
  ['version 4', { version: der.context(0, der.integer(3)) }, 'pki.version'],
  ['extensions in version 2', { version: der.context(0, der.integer(1)) }, 'tlv.trailing-bytes'],
  ['extensions in version 1', { version: none }, 'tlv.trailing-bytes'],
  [
    'another algorithm inside than outside',
    { signature: der.sequence(der.oid('1.2.840.10045.4.3.3')) },
    'pki.algorithm-mismatch',
  ],
  [
    'the same algorithm with other parameters',
    { signature: der.sequence(der.oid('1.2.840.10045.4.3.2'), der.integer(1)) },
    'pki.algorithm-mismatch',
  ],
  [
    'an algorithm with something after its parameters',
    { algorithm: der.sequence(der.oid('1.2.3'), der.nullValue(), der.nullValue()) },
    'tlv.trailing-bytes',
  ],
  ['an extension twice', { extensions: extensions(someExtension, someExtension) }, 'pki.extension-twice'],
  ['an empty list of extensions', { extensions: extensions() }, 'pki.extensions-empty'],
  [
    'critical as 01',
    { extensions: extensions(extension('2.5.29.15', none, encodeElement(1, Uint8Array.of(1)))) },
    'der.boolean',
  ],
  ['a name part without attributes', { issuer: der.sequence(der.setOf()) }, 'pki.name-empty'],
  [
    'a name attribute that is a number',
    { subject: der.sequence(der.setOf(der.sequence(der.oid('2.5.4.3'), der.integer(1)))) },
    'tlv.unexpected-tag',
  ],
  ['one date', { validity: der.sequence(der.time(new Date(0))) }, 'tlv.missing'],
  [
    'three dates',
    { validity: der.sequence(...[1, 2, 3].map((n) => der.time(new Date(n)))) },
    'tlv.trailing-bytes',
  ],
] as const)('%s is refused', (_, parts, code) => {
  expect(refusal(() => parseCertificate(certificateWith(parts)))).toBe(code)
})

test('a certificate is at most 64 KiB', () => {
  const large = extensions(extension('1.2.3', new Uint8Array(MAX_CERTIFICATE)))
  expect(refusal(() => parseCertificate(certificateWith({ extensions: large })))).toBe(
    'pki.certificate-too-large',
  )
})

test('bytes after a certificate, or missing from it, are refused', () => {
  const bytes = certificateWith()
  expect(refusal(() => parseCertificate(concat(bytes, Uint8Array.of(0))))).toBe('tlv.trailing-bytes')
  for (let length = 0; length < bytes.length; length++)
    expect(refusal(() => parseCertificate(bytes.subarray(0, length)))).toBeDefined()
})

test('a signature that is no whole number of octets is refused', () => {
  const bytes = certificateWith({ algorithm: ecdsaSha256 }).slice()
  bytes[bytes.length - 9] = 1
  expect(refusal(() => parseCertificate(bytes))).toBe('der.bit-string')
})

describe.skipIf(!haveReferenceData)(`the certificates of two master lists ${withReferenceData}`, () => {
  test.each([
    ['DE_ML_2026-05-28-08-28-45.ml', 588],
    ['NL_ML_2026-07-22.ml', 411],
  ])('%s: each says what OpenSSL reads in it', (file, count) => {
    const list = parseMasterList(referenceData('emrtd', 'masterlists', file))
    expect(list.certificates).toHaveLength(count)
    for (const encoded of list.certificates) {
      const ours = parseCertificate(encoded)
      const theirs = new X509Certificate(encoded)
      expect(ours.encoded).toEqual(encoded)
      const positive = (ours.serial[0]! & 0x80) === 0
      if (positive) expect(BigInt(`0x${ours.serialHex}`)).toBe(BigInt(`0x${theirs.serialNumber}`))
      expect(ours.notBefore.getTime()).toBe(Date.parse(theirs.validFrom))
      expect(ours.notAfter.getTime()).toBe(Date.parse(theirs.validTo))
      const key = createPublicKey({ key: Buffer.from(ours.publicKey.encoded), format: 'der', type: 'spki' })
      expect(key.equals(theirs.publicKey)).toBe(true)
      expect(hex(ours.toBeSigned)).toBe(hex(encoded).slice(8, 8 + 2 * ours.toBeSigned.length))
    }
  })
})
