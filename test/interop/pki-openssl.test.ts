import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Certificate,
  draftCrl,
  draftCsca,
  parseCertificate,
  parseMasterList,
  sealCrl,
} from '@nansen/formats/pki'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cscaContent, date, ecKey, rsaKey, signed, specimenMasterList, specimenPki } from '../specimen-pki.ts'

const found = spawnSync('openssl', ['version'], { encoding: 'utf8' })
const haveOpenssl = found.status === 0 && found.stdout.startsWith('OpenSSL 3')
const withOpenssl = haveOpenssl ? `(${found.stdout.trim()})` : '(skipped: no openssl 3 on this machine)'

describe.skipIf(!haveOpenssl)(`OpenSSL as judge of what is drafted and sealed here ${withOpenssl}`, () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nansen-pki-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Runs openssl; the files are written into its folder first. */
  function openssl(files: Readonly<Record<string, Uint8Array | string>>, ...args: string[]) {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    return { status, text: stdout + stderr }
  }

  function pem(label: string, bytes: Uint8Array): string {
    const lines =
      Buffer.from(bytes)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
  }
  const certificatePem = ({ encoded }: Certificate): string => pem('CERTIFICATE', encoded)

  // OpenSSL 3 refuses chains whose keys have explicit curve parameters, which the profile asks for; so the
  // chains it judges have named curves, and the profile's own form is judged as ASN.1 and certificate by
  // certificate.
  const named = specimenPki(ecKey(), { ecParameters: 'named' })
  const explicit = specimenPki()
  const rsa = specimenPki(rsaKey('rsa-pss'), { ecParameters: 'named' })
  const crlOf = (pki: typeof named, ...revoked: Certificate[]) =>
    signed(
      pki.cscaKey,
      draftCrl({
        issuer: pki.csca,
        signatureAlgorithm: pki.cscaKey.algorithm,
        thisUpdate: date('2026-03-01'),
        nextUpdate: date('2026-05-30'),
        number: Uint8Array.of(1, 0),
        revoked: revoked.map(({ serial }) => ({ serial, date: date('2026-02-15') })),
      }),
      sealCrl,
    )

  test('every structure is ASN.1 to the last octet', () => {
    for (const pki of [explicit, named, rsa])
      for (const bytes of [
        ...[pki.csca, pki.documentSigner, pki.listSigner, pki.sealSigner].map(({ encoded }) => encoded),
        crlOf(pki, pki.documentSigner),
        specimenMasterList(pki, [pki.csca.encoded]),
      ]) {
        const { status, text } = openssl({ 'a.der': bytes }, 'asn1parse', '-inform', 'DER', '-in', 'a.der')
        expect({ status, error: /error/i.test(text) }).toEqual({ status: 0, error: false })
      }
  })

  const textOf = (certificate: Certificate): string => {
    const { status, text } = openssl(
      { 'a.der': certificate.encoded },
      'x509',
      '-inform',
      'DER',
      '-in',
      'a.der',
      '-noout',
      '-text',
    )
    expect(status).toBe(0)
    // Spaces and slashes in names differ between versions.
    return text.replace(/\s+/g, ' ').replaceAll(' = ', '=').replaceAll('DirName:/', 'DirName:')
  }

  test('a CSCA says what the profile asks, explicit curve and cofactor among it', () => {
    const text = textOf(explicit.csca)
    for (const part of [
      'Version: 3 (0x2)',
      'Issuer: C=UT, O=Utopia, CN=CSCA Utopia, serialNumber=001',
      'Not Before: Jan 1 00:00:00 2026 GMT Not After : Jan 1 00:00:00 2041 GMT',
      'Field Type: prime-field',
      'Generator (uncompressed):',
      'Cofactor: 1 (0x1)',
      'X509v3 Key Usage: critical Certificate Sign, CRL Sign',
      'X509v3 Private Key Usage Period: Not Before: Jan 1 00:00:00 2026 GMT, Not After: Jan 1 00:00:00 2031 GMT',
      'X509v3 Subject Alternative Name: email:csca@utopia.example, URI:https://pki.utopia.example, DirName:L=UTO',
      'X509v3 Issuer Alternative Name: email:csca@utopia.example, URI:https://pki.utopia.example, DirName:L=UTO',
      'X509v3 Basic Constraints: critical CA:TRUE, pathlen:0',
      'Full Name: URI:https://pki.utopia.example/UTO.crl Full Name: URI:ldap://pki.utopia.example/UTO',
    ])
      expect(text).toContain(part)
  })

  test('signers say what they are for', () => {
    expect(textOf(explicit.documentSigner)).toContain('X509v3 Key Usage: critical Digital Signature')
    expect(textOf(explicit.documentSigner)).toContain('2.23.136.1.1.6.2:')
    expect(textOf(explicit.listSigner)).toContain('X509v3 Extended Key Usage: critical 2.23.136.1.1.3')
    expect(textOf(explicit.sealSigner)).toContain('Subject: C=UT, CN=AA')
    expect(textOf(explicit.sealSigner)).toContain('X509v3 Extended Key Usage: critical 2.23.136.1.1.11.1')
  })

  const at = ['-attime', String(date('2026-03-15').getTime() / 1000)]

  test.each([
    ['ECDSA', () => named],
    ['RSA-PSS', () => rsa],
  ])('each signer is verified under its CSCA, %s', (_, of) => {
    const pki = of()
    for (const certificate of [pki.csca, pki.documentSigner, pki.listSigner, pki.sealSigner]) {
      const files = { 'ca.pem': certificatePem(pki.csca), 'one.pem': certificatePem(certificate) }
      expect(openssl(files, 'verify', ...at, '-x509_strict', '-CAfile', 'ca.pem', 'one.pem').text).toBe(
        'one.pem: OK\n',
      )
    }
  })

  test('a link certificate leads from the old key to a signer of the new one', () => {
    const next = specimenPki(ecKey(), { ecParameters: 'named' })
    const drafted = draftCsca({
      ...cscaContent(next.cscaKey),
      signatureAlgorithm: named.cscaKey.algorithm,
      ecParameters: 'named',
      linkedFrom: named.csca,
    })
    const link = parseCertificate(signed(named.cscaKey, drafted))
    const files = {
      'old.pem': certificatePem(named.csca),
      'link.pem': certificatePem(link),
      'one.pem': certificatePem(next.documentSigner),
    }
    expect(openssl(files, 'verify', ...at, '-CAfile', 'old.pem', 'link.pem').text).toBe('link.pem: OK\n')
    const chain = openssl(files, 'verify', ...at, '-CAfile', 'old.pem', '-untrusted', 'link.pem', 'one.pem')
    expect(chain.text).toBe('one.pem: OK\n')
  })

  test('a revocation list is verified, and revokes the one it names', () => {
    const files = {
      'ca.pem': certificatePem(named.csca),
      'crl.der': crlOf(named, named.documentSigner),
      'crl.pem': pem('X509 CRL', crlOf(named, named.documentSigner)),
      'revoked.pem': certificatePem(named.documentSigner),
      'other.pem': certificatePem(named.listSigner),
    }
    const read = openssl(
      files,
      'crl',
      '-inform',
      'DER',
      '-in',
      'crl.der',
      '-noout',
      '-text',
      '-CAfile',
      'ca.pem',
      '-verify',
    )
    expect(read.text).toContain('verify OK')
    expect(read.text.replace(/\s+/g, ' ')).toContain('X509v3 CRL Number: 256')
    const check = ['verify', ...at, '-x509_strict', '-crl_check', '-CRLfile', 'crl.pem', '-CAfile', 'ca.pem']
    expect(openssl({}, ...check, 'revoked.pem').text).toContain('certificate revoked')
    expect(openssl({}, ...check, 'other.pem').text).toBe('other.pem: OK\n')
  })

  test('a revocation list without entries is verified too', () => {
    const files = { 'ca.pem': certificatePem(rsa.csca), 'crl.der': crlOf(rsa) }
    const { text } = openssl(
      files,
      'crl',
      '-inform',
      'DER',
      '-in',
      'crl.der',
      '-noout',
      '-text',
      '-CAfile',
      'ca.pem',
      '-verify',
    )
    expect(text).toContain('verify OK')
    expect(text).toContain('No Revoked Certificates')
  })

  test('a master list is verified as a signed message, its content to the byte', () => {
    const list = specimenMasterList(named, [named.csca.encoded, explicit.csca.encoded])
    const files = { 'list.ml': list, 'ca.pem': certificatePem(named.csca) }
    const options = ['-inform', 'DER', '-in', 'list.ml', '-purpose', 'any', '-binary', '-out', 'content.der']
    const { status, text } = openssl(files, 'cms', '-verify', ...at, ...options, '-CAfile', 'ca.pem')
    expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('successful') })
    const content = readFileSync(join(folder, 'content.der'))
    expect(Buffer.compare(content, parseMasterList(list).signedData.content)).toBe(0)

    const altered = list.slice()
    altered[list.length - 1]! ^= 1
    const refused = openssl({ 'list.ml': altered }, 'cms', '-verify', ...at, ...options, '-CAfile', 'ca.pem')
    expect(refused.status).not.toBe(0)
  })
})
