import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { refusal, unhex } from '../../../../test/certificate-parts.ts'
import {
  cscaContent,
  date,
  ecKey,
  rsaKey,
  signed,
  signerContent,
  specimenPki,
} from '../../../../test/specimen-pki.ts'
import { hex } from '../tlv/index.ts'
import { signatureAlgorithmOf } from './algorithm.ts'
import { extensionOf, parseCertificate } from './certificate.ts'
import { draftCertificate, encodeSerial, sealCertificate } from './draft-certificate.ts'
import * as read from './extensions.ts'
import { attributeOf, describeName, sameName } from './name.ts'
import { OIDS } from './oids.ts'
import { draftCsca } from './profiles/csca.ts'
import { draftDocumentSigner } from './profiles/document-signer.ts'
import { draftMasterListSigner } from './profiles/master-list-signer.ts'
import { draftSealSigner } from './profiles/seal-signer.ts'

const pki = specimenPki()
const { csca, cscaKey, documentSigner, documentSignerKey, listSigner, sealSigner } = pki
const oids = (certificate: typeof csca): string[] => certificate.extensions.map(({ oid }) => oid)

describe('a self-signed CSCA', () => {
  test('says what was put in', () => {
    const content = cscaContent(cscaKey)
    const made = parseCertificate(signed(cscaKey, draftCsca(content)))
    expect(made).toMatchObject({
      version: 3,
      serialHex: hex(content.serial),
      notBefore: content.notBefore,
      notAfter: content.notAfter,
      publicKey: { kind: 'ec', parameters: 'explicit', curve: { name: 'P-256' } },
    })
    expect(describeName(made.subject)).toBe('C=UT, O=Utopia, CN=CSCA Utopia, serialNumber=001')
    expect(hex(made.issuer.encoded)).toBe(hex(made.subject.encoded))
    expect(signatureAlgorithmOf(made.signatureAlgorithm)).toEqual(cscaKey.algorithm)
    expect(read.subjectKeyIdentifier(made)).toEqual(content.keyIdentifier)
    expect(read.authorityKeyIdentifier(made)).toEqual(content.keyIdentifier)
    expect(read.keyUsage(made)).toEqual(['keyCertSign', 'cRLSign'])
    expect(read.basicConstraints(made)).toEqual({ ca: true, pathLength: 0 })
    expect(read.privateKeyUsagePeriod(made)).toEqual(content.signingPeriod)
    expect(read.crlDistributionPoints(made)).toMatchObject(
      content.crlUris.map((value) => ({ kind: 'uri', value })),
    )
    expect(read.hasNameChange(made)).toBe(false)
    const names = read.subjectAltName(made)!
    expect(names).toMatchObject([{ kind: 'email' }, { kind: 'uri' }, { kind: 'directory' }])
    const directory = names[2]!
    if (directory.kind !== 'directory') throw new Error('no directory name')
    expect(attributeOf(directory.name, OIDS.localityName)).toBe('UTO')
    expect(extensionOf(made, OIDS.issuerAltName)?.value).toEqual(
      extensionOf(made, OIDS.subjectAltName)?.value,
    )
  })

  test('is verified by OpenSSL with its own key', () => {
    const theirs = new X509Certificate(csca.encoded)
    expect(theirs.verify(theirs.publicKey)).toBe(true)
  })

  test('has its codes in two parts where the state stands for several issuers, and policies where asked', () => {
    const content = {
      ...cscaContent(cscaKey),
      alternativeName: { state: 'CHN', issuer: 'HKG', dns: 'csca.example' },
      policies: ['0.4.0.127.0.7.3.1.1.1'],
      renamed: true,
    }
    const made = parseCertificate(signed(cscaKey, draftCsca(content)))
    const directory = read.subjectAltName(made)!.find(({ kind }) => kind === 'directory')
    if (directory?.kind !== 'directory') throw new Error('no directory name')
    expect(describeName(directory.name)).toBe('L=CHN, ST=HKG')
    expect(oids(made)).toContain(OIDS.certificatePolicies)
    expect(read.hasNameChange(made)).toBe(true)
  })

  test.each([
    ['RSA-PSS', rsaKey('rsa-pss')],
    ['RSA v1.5', rsaKey('rsa-pkcs1')],
    ['brainpoolP256r1', ecKey('brainpoolP256r1')],
    ['P-384', ecKey('P-384')],
  ])('may have a key of kind %s', (_, key) => {
    const made = parseCertificate(signed(key, draftCsca(cscaContent(key))))
    const theirs = new X509Certificate(made.encoded)
    expect(theirs.verify(theirs.publicKey)).toBe(true)
  })

  test('names its curve instead where that is configured', () => {
    const drafted = draftCsca({ ...cscaContent(cscaKey), ecParameters: 'named' })
    const made = parseCertificate(signed(cscaKey, drafted))
    expect(made.publicKey).toMatchObject({ parameters: 'named' })
    expect(hex(made.encoded)).not.toContain('2a8648ce3d0101')
  })
})

describe('a link certificate', () => {
  const nextKey = ecKey('P-384')
  const link = (commonName: string) =>
    parseCertificate(
      signed(
        cscaKey,
        draftCsca({
          ...cscaContent(nextKey),
          subject: { country: 'UT', organization: 'Utopia', commonName, serialNumber: '001' },
          signatureAlgorithm: cscaKey.algorithm,
          alternativeName: { state: 'UTO', email: 'new@utopia.example' },
          linkedFrom: csca,
        }),
      ),
    )

  test('certifies the new key under the old, and keeps both addresses', () => {
    const made = link('CSCA Utopia')
    expect(new X509Certificate(made.encoded).verify(new X509Certificate(csca.encoded).publicKey)).toBe(true)
    expect(sameName(made.issuer, made.subject)).toBe(true)
    expect(read.authorityKeyIdentifier(made)).toEqual(cscaKey.keyIdentifier)
    expect(read.subjectKeyIdentifier(made)).toEqual(nextKey.keyIdentifier)
    expect(read.issuerAltName(made)).toEqual(read.subjectAltName(csca))
    expect(read.subjectAltName(made)?.[0]).toEqual({ kind: 'email', value: 'new@utopia.example' })
    expect(read.hasNameChange(made)).toBe(false)
  })

  test('says so where it changes the name', () => {
    const made = link('CSCA New Utopia')
    expect(hex(made.issuer.encoded)).toBe(hex(csca.subject.encoded))
    expect(describeName(made.subject)).toBe('C=UT, O=Utopia, CN=CSCA New Utopia, serialNumber=001')
    expect(read.hasNameChange(made)).toBe(true)
  })
})

describe('a document signer', () => {
  test('says what was put in, and names its issuer byte for byte', () => {
    expect(hex(documentSigner.issuer.encoded)).toBe(hex(csca.subject.encoded))
    expect(read.authorityKeyIdentifier(documentSigner)).toEqual(cscaKey.keyIdentifier)
    expect(read.subjectKeyIdentifier(documentSigner)).toEqual(documentSignerKey.keyIdentifier)
    expect(read.keyUsage(documentSigner)).toEqual(['digitalSignature'])
    expect(read.documentTypeList(documentSigner)).toEqual(['PR', 'PS', 'PT'])
    expect(extensionOf(documentSigner, OIDS.documentTypeList)?.critical).toBe(false)
    expect(read.privateKeyUsagePeriod(documentSigner)).toEqual({
      notBefore: date('2026-02-01'),
      notAfter: date('2026-05-01'),
    })
    expect(oids(documentSigner)).not.toContain(OIDS.basicConstraints)
    expect(oids(documentSigner)).not.toContain(OIDS.extKeyUsage)
  })

  test('is verified by OpenSSL with the key of the CSCA', () => {
    expect(
      new X509Certificate(documentSigner.encoded).verify(new X509Certificate(csca.encoded).publicKey),
    ).toBe(true)
  })
})

test('a master list signer is for that and nothing else', () => {
  expect(read.extendedKeyUsage(listSigner)).toEqual([OIDS.masterListSigner])
  expect(extensionOf(listSigner, OIDS.extKeyUsage)?.critical).toBe(true)
  expect(read.keyUsage(listSigner)).toEqual(['digitalSignature'])
  expect(oids(listSigner)).not.toContain(OIDS.documentTypeList)
})

test('a seal signer says as little as it may', () => {
  expect(describeName(sealSigner.subject)).toBe('C=UT, CN=AA')
  expect(sealSigner.serialHex).toBe('5b')
  expect(oids(sealSigner)).toEqual([OIDS.authorityKeyIdentifier, OIDS.extKeyUsage])
  expect(read.extendedKeyUsage(sealSigner)).toEqual([OIDS.barcodeSigner])
  const { issuer, serial, publicKey, notBefore, notAfter, signatureAlgorithm } = signerContent(
    ecKey(),
    csca,
    cscaKey,
    '',
  )
  const signer = { country: 'UT', letters: 'AB' }
  const limited = draftSealSigner({
    issuer,
    serial,
    publicKey,
    notBefore,
    notAfter,
    signatureAlgorithm,
    signer,
    documentTypes: ['V'],
  })
  expect(read.documentTypeList(parseCertificate(signed(cscaKey, limited)))).toEqual(['V'])
})

describe('the bytes', () => {
  test('of a draft are the same every time, and are what the certificate holds', () => {
    const content = cscaContent(cscaKey)
    const [one, two] = [draftCsca(content), draftCsca(content)]
    expect(hex(one.toBeSigned)).toBe(hex(two.toBeSigned))
    expect(hex(parseCertificate(sealCertificate(one, unhex('0102'))).toBeSigned)).toBe(hex(one.toBeSigned))
  })

  test('suffice for sealing, without the draft', () => {
    const { toBeSigned } = draftCsca(cscaContent(cscaKey))
    const sealed = parseCertificate(sealCertificate({ toBeSigned }, unhex('0102')))
    expect(signatureAlgorithmOf(sealed.signatureAlgorithm)).toEqual(cscaKey.algorithm)
    expect(hex(sealed.signature)).toBe('0102')
  })

  test('are sealed only if they are of a certificate', () => {
    expect(refusal(() => sealCertificate({ toBeSigned: unhex('3003020101') }, unhex('0102')))).toBe(
      'tlv.unexpected-tag',
    )
  })

  test('have dates of 2050 and later in the long form', () => {
    const made = signed(cscaKey, draftCsca({ ...cscaContent(cscaKey), notAfter: date('2050-01-01') }))
    expect(hex(made)).toContain(`180f${hex(new TextEncoder().encode('20500101000000Z'))}`)
    expect(parseCertificate(made).notAfter).toEqual(date('2050-01-01'))
  })
})

describe('serial numbers', () => {
  test.each([
    ['01', '020101'],
    ['0001', '020101'],
    ['80', '02020080'],
    [`7f${'ff'.repeat(19)}`, `02147f${'ff'.repeat(19)}`],
  ])('%s is written as %s', (serial, encoded) => {
    expect(hex(encodeSerial(unhex(serial)))).toBe(encoded)
  })

  test.each([['00'], [''], ['0000'], [`80${'00'.repeat(19)}`], ['01'.repeat(21)]])(
    '"%s" is refused',
    (serial) => {
      expect(() => encodeSerial(unhex(serial))).toThrow(RangeError)
    },
  )
})

describe('a draft that no profile allows is refused', () => {
  const key = ecKey()
  const root = () => cscaContent(key)
  const under = () => ({ ...signerContent(key, csca, cscaKey, 'DS'), documentTypes: ['P'] })
  const seal = () => {
    const { issuer, serial, publicKey, notBefore, notAfter, signatureAlgorithm } = under()
    return {
      issuer,
      serial,
      publicKey,
      notBefore,
      notAfter,
      signatureAlgorithm,
      signer: { country: 'UT', letters: 'AA' },
    }
  }
  const point = key.publicKey.kind === 'ec' ? key.publicKey.point : unhex('')
  const compressed = {
    ...key.publicKey,
    point: Uint8Array.of(2, ...point.subarray(1, 33)),
  } as typeof key.publicKey
  const nameless = { ...csca, extensions: [] }
  const bare = {
    serial: unhex('01'),
    signatureAlgorithm: key.algorithm,
    issuer: csca.subject.encoded,
    subject: csca.subject.encoded,
    notBefore: csca.notBefore,
    notAfter: csca.notAfter,
    publicKey: key.publicKey.encoded,
    extensions: [],
  }

  test.each([
    ['a validity that ends before it begins', () => draftCsca({ ...root(), notAfter: date('2025-12-31') })],
    [
      'a signing period that ends before it begins',
      () =>
        draftCsca({
          ...root(),
          signingPeriod: { notBefore: date('2026-02-02'), notAfter: date('2026-02-01') },
        }),
    ],
    ['no extensions', () => draftCertificate(bare)],
    ['no place for revocation lists', () => draftCsca({ ...root(), crlUris: [] })],
    [
      'a place for revocation lists by ftp',
      () => draftCsca({ ...root(), crlUris: ['ftp://utopia.example'] }),
    ],
    [
      'an address with a line break',
      () => draftCsca({ ...root(), alternativeName: { state: 'UTO', email: 'a\nb' } }),
    ],
    ['a state in lower case', () => draftCsca({ ...root(), alternativeName: { state: 'uto' } })],
    ['no key identifier', () => draftCsca({ ...root(), keyIdentifier: unhex('') })],
    ['a compressed point', () => draftCsca({ ...root(), publicKey: compressed })],
    [
      'a key of another kind',
      () => draftCsca({ ...root(), publicKey: { kind: 'unknown', oid: '1.3.101.112', encoded: unhex('') } }),
    ],
    [
      'a signer of another country',
      () => draftDocumentSigner({ ...under(), subject: { country: 'ZZ', commonName: 'DS' } }),
    ],
    [
      'a list signer of another country',
      () => draftMasterListSigner({ ...under(), subject: { country: 'ZZ', commonName: 'MLS' } }),
    ],
    ['no document types', () => draftDocumentSigner({ ...under(), documentTypes: [] })],
    ['a document type of three letters', () => draftDocumentSigner({ ...under(), documentTypes: ['PRX'] })],
    ['a document type twice', () => draftDocumentSigner({ ...under(), documentTypes: ['P', 'P'] })],
    ['an issuer without a key identifier', () => draftDocumentSigner({ ...under(), issuer: nameless })],
    [
      'a seal signer of three letters',
      () => draftSealSigner({ ...seal(), signer: { country: 'UT', letters: 'AAA' } }),
    ],
    [
      'a seal signer with an RSA key',
      () => draftSealSigner({ ...seal(), publicKey: rsaKey('rsa-pss', 2048).publicKey }),
    ],
    [
      'a seal signer of another country',
      () => draftSealSigner({ ...seal(), signer: { country: 'ZZ', letters: 'AA' } }),
    ],
  ])('%s', (_, draft) => {
    expect(draft).toThrow(RangeError)
  })

  test('and an issuer of the sixth edition, without alternative name, needs one handed in', () => {
    const old = { ...csca, extensions: csca.extensions.filter(({ oid }) => oid !== OIDS.subjectAltName) }
    expect(() => draftDocumentSigner({ ...under(), issuer: old })).toThrow(RangeError)
    const issuerAlternativeName = { state: 'UTO', dns: 'old.utopia.example' }
    const made = parseCertificate(
      signed(cscaKey, draftDocumentSigner({ ...under(), issuer: old, issuerAlternativeName })),
    )
    expect(read.issuerAltName(made)?.[0]).toEqual({ kind: 'dns', value: 'old.utopia.example' })
  })
})
