import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { draftSignedData } from '@nansen/formats/cms'
import { write as der } from '@nansen/formats/der'
import { draftCrl, draftCsca, draftDocumentSigner, draftMasterListSigner, OIDS } from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import {
  cscaContent,
  ecKey,
  makeCsca,
  rsaKey,
  signerContent,
  type TestKey,
} from '../../../test/specimen-pki.ts'
import { keyIdentifier } from './key-identifier.ts'
import { mustNotSign } from './may-sign.ts'
import type { Purpose, SigningKey } from './signing.ts'

const cscaKey = ecKey()
const csca = makeCsca(cscaKey)
const date = (text: string) => new Date(`${text}T00:00:00Z`)

const key = (purpose: Purpose, more: Partial<SigningKey> = {}, of: TestKey = cscaKey): SigningKey => ({
  id: `${purpose}-1`,
  purpose,
  algorithm: 'P-256',
  state: 'UT',
  publicKey: of.publicKey.encoded,
  notBefore: date('2026-01-01'),
  notAfter: date('2031-01-01'),
  most: 100,
  ...more,
})

const attribute = (oid: string, ...values: Uint8Array[]) => der.sequence(der.oid(oid), der.setOf(...values))
const digest = (octets = 32) => attribute(OIDS.messageDigest, der.octetString(randomBytes(octets)))
const type = (oid: string) => attribute(OIDS.contentType, der.oid(oid))
const attributes = (oid: string) =>
  draftSignedData({
    contentType: oid,
    content: new Uint8Array(0),
    contentDigest: randomBytes(32),
    hash: 'sha256',
    signatureAlgorithm: cscaKey.algorithm,
    signer: csca,
    sid: { by: 'issuer-and-serial' },
    certificates: [],
    signingTime: date('2026-03-01'),
  }).toBeSigned

const text = (...lines: string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''))
const root = Buffer.alloc(32, 7).toString('base64')

const signerKey = ecKey()
const signer = { ...signerContent(signerKey, csca, cscaKey, 'DS Utopia 1'), documentTypes: ['PR', 'PT'] }
const crl = {
  issuer: csca,
  signatureAlgorithm: cscaKey.algorithm,
  thisUpdate: date('2026-03-01'),
  nextUpdate: date('2026-05-01'),
  number: Uint8Array.of(1),
  revoked: [],
}

/** What each purpose is for. */
const OWN: Record<Purpose, Uint8Array[]> = {
  csca: [
    draftCsca(cscaContent(cscaKey)).toBeSigned,
    draftCsca({ ...cscaContent(ecKey()), linkedFrom: csca }).toBeSigned,
    draftDocumentSigner(signer).toBeSigned,
    draftMasterListSigner(signer).toBeSigned,
    draftCrl(crl).toBeSigned,
    draftCrl({
      ...crl,
      revoked: [{ serial: Uint8Array.of(5), date: date('2026-02-01') }],
      formerNames: [csca.subject],
    }).toBeSigned,
  ],
  'document-signer': [attributes(OIDS.ldsSecurityObject)],
  'master-list-signer': [attributes(OIDS.cscaMasterList)],
  log: [text('log.utopia.example', '12', root), text('log.utopia.example', '0', root, 'extension')],
  witness: [text('cosignature/v1', 'time 1679315147', 'log.utopia.example', '12', root)],
}
const PURPOSES = Object.keys(OWN) as Purpose[]

describe('a key signs what it is for and nothing else', () => {
  test.each(PURPOSES)('%s', (purpose) => {
    for (const own of OWN[purpose]) expect(mustNotSign(key(purpose), own)).toBeUndefined()
    for (const other of PURPOSES.filter((one) => one !== purpose))
      for (const foreign of OWN[other])
        expect(mustNotSign(key(purpose), foreign), `${purpose} signs for ${other}`).toBe(
          'key.foreign-purpose',
        )
  })

  test.each(PURPOSES)('%s signs nothing cut short, lengthened or empty', (purpose) => {
    for (const own of OWN[purpose]) {
      for (const bytes of [
        own.subarray(0, -1),
        Buffer.concat([own, Buffer.from('x')]),
        new Uint8Array(0),
        // An origin without its first letter is one, too.
        ...(purpose === 'log' ? [] : [own.subarray(1)]),
      ])
        expect(mustNotSign(key(purpose), bytes)).toBe('key.foreign-purpose')
    }
  })

  test.each(PURPOSES)('%s signs nothing for a state that exists', (purpose) => {
    for (const state of ['CH', 'RU', 'DE', 'UTO', 'ut', ''])
      for (const own of OWN[purpose]) expect(mustNotSign(key(purpose, { state }), own)).toBe('key.real-state')
  })
})

describe('a CSCA does not sign', () => {
  const content = cscaContent(cscaKey)
  const elsewhere = { ...content.subject, country: 'CH' }
  const cases: [string, () => Uint8Array][] = [
    ['a certificate of a state that exists', () => draftCsca({ ...content, subject: elsewhere }).toBeSigned],
    [
      'a certificate of another specimen state',
      () => draftCsca({ ...content, subject: { ...content.subject, country: 'QR' } }).toBeSigned,
    ],
    [
      "another state's key into its own name",
      () => draftCsca({ ...cscaContent(ecKey()), subject: elsewhere, linkedFrom: csca }).toBeSigned,
    ],
    [
      "its own name with another state's code beside it",
      () =>
        draftCsca({ ...content, alternativeName: { state: 'CHE', email: 'csca@utopia.example' } }).toBeSigned,
    ],
    ['under the identifier of another key', () => draftCsca(cscaContent(ecKey())).toBeSigned],
    [
      'under an algorithm that is not its own',
      () =>
        draftCsca({ ...content, signatureAlgorithm: { scheme: 'ecdsa', hash: 'sha384', encoding: 'der' } })
          .toBeSigned,
    ],
    ["another CSCA's revocation list", () => draftCrl({ ...crl, issuer: makeCsca(ecKey()) }).toBeSigned],
    [
      "a state's revocation list that exists",
      () => draftCrl({ ...crl, issuer: makeCsca(cscaKey, { subject: elsewhere }) }).toBeSigned,
    ],
    [
      'a list of certificates under a former name of another state',
      () => draftCrl({ ...crl, formerNames: [makeCsca(cscaKey, { subject: elsewhere }).subject] }).toBeSigned,
    ],
  ]
  test.each(cases)('%s', (_, bytes) => {
    expect(mustNotSign(key('csca'), bytes())).toBe('key.foreign-purpose')
  })

  test('with two countries in one name', () => {
    const country = (code: string) =>
      der.setOf(der.sequence(der.oid(OIDS.countryName), der.printableString(code)))
    const own = draftCsca(content).toBeSigned
    const once = Buffer.from(country('UT'))
    const name = (...codes: string[]) => der.sequence(...codes.map(country))
    expect(Buffer.from(own).includes(once)).toBe(true)
    const draft = draftCsca(content).draft
    const fields = [
      der.context(0, der.integer(2)),
      der.unsigned(draft.serial),
      der.sequence(der.oid('1.2.840.10045.4.3.2')),
      name('UT'),
      der.sequence(der.time(draft.notBefore), der.time(draft.notAfter)),
    ]
    const extensions = der.context(
      3,
      der.sequence(
        ...draft.extensions.map(({ oid, value }) => der.sequence(der.oid(oid), der.octetString(value))),
      ),
    )
    const certificate = (subject: Uint8Array) => der.sequence(...fields, subject, draft.publicKey, extensions)
    expect(mustNotSign(key('csca'), certificate(name('UT')))).toBeUndefined()
    expect(mustNotSign(key('csca'), certificate(name('UT', 'CH')))).toBe('key.foreign-purpose')
    expect(mustNotSign(key('csca'), certificate(name()))).toBe('key.foreign-purpose')
  })

  test('with an RSA key, another identifier than the one the profile describes', () => {
    const rsa = rsaKey('rsa-pss')
    const rsaSigningKey = key('csca', { algorithm: 'RSA-PSS-3072', publicKey: rsa.publicKey.encoded })
    const identified = { ...cscaContent(rsa), keyIdentifier: keyIdentifier(rsa.publicKey.encoded) }
    expect(mustNotSign(rsaSigningKey, draftCsca(identified).toBeSigned)).toBeUndefined()
  })
})

describe('a signer does not sign', () => {
  const sod = OIDS.ldsSecurityObject
  const cases: [string, Uint8Array][] = [
    ['without a message digest', der.setOf(type(sod))],
    ['without a content type', der.setOf(digest())],
    ['a digest of another length', der.setOf(type(sod), digest(20))],
    ['a content type that is only data', der.setOf(type(OIDS.data), digest())],
    [
      'two content types in one attribute',
      der.setOf(attribute(OIDS.contentType, der.oid(sod), der.oid(OIDS.data)), digest()),
    ],
    ['an attribute twice', der.setOf(type(sod), type(OIDS.cscaMasterList), digest())],
    ['an attribute of no known meaning', der.setOf(type(sod), digest(), attribute('1.2.3', der.nullValue()))],
    ['the attributes as a sequence', der.sequence(type(sod), digest())],
    [
      'attributes out of order',
      der.encodeElement(0x31, ...[type(sod), digest()].sort((a, b) => b.length - a.length)),
    ],
  ]
  test.each(cases)('%s', (_, bytes) => {
    expect(mustNotSign(key('document-signer'), bytes)).toBe('key.foreign-purpose')
  })

  test('with a key that signs no messages', () => {
    const ed25519 = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
    const wrong = key('document-signer', { algorithm: 'Ed25519', publicKey: new Uint8Array(ed25519) })
    expect(mustNotSign(wrong, attributes(sod))).toBe('key.foreign-purpose')
  })
})

describe('a log does not sign', () => {
  const origin = 'log.utopia.example'
  test.each([
    ['two lines', text(origin, '12')],
    ['no end of line', Buffer.from(`${origin}\n12\n${root}`)],
    ['a size that is no number', text(origin, 'x', root)],
    ['a size with a zero in front', text(origin, '012', root)],
    ['a negative size', text(origin, '-1', root)],
    ['a root of 31 octets', text(origin, '12', Buffer.alloc(31).toString('base64'))],
    ['a root in another spelling', text(origin, '12', root.replace('=', ''))],
    ['no origin', text('', '12', root)],
    ['an origin of two words', text('two words', '12', root)],
    ['an empty line, after which signatures would begin', text(origin, '12', root, '', 'x')],
    ['a carriage return', text(`${origin}\r`, '12', root)],
    ['what is not UTF-8', Buffer.concat([text(origin, '12', root), Buffer.from([0xff, 0x0a])])],
    ['a cosignature', text('cosignature/v1', '12', root)],
  ])('%s', (_, bytes) => {
    expect(mustNotSign(key('log'), bytes)).toBe('key.foreign-purpose')
  })

  test.each([
    ['another version', text('cosignature/v2', 'time 1', origin, '12', root)],
    ['no time', text('cosignature/v1', origin, '12', root)],
    ['a time with a fraction', text('cosignature/v1', 'time 1.5', origin, '12', root)],
    ['a cosignature of a cosignature', text('cosignature/v1', 'time 1', 'cosignature/v1', '1', root)],
  ])('as a witness, %s', (_, bytes) => {
    expect(mustNotSign(key('witness'), bytes)).toBe('key.foreign-purpose')
  })
})
