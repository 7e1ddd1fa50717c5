import { spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyAlgorithm } from '@nansen/signing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  currentTrust,
  heldTrust,
  holdCeremony,
  type Making,
  planCeremony,
} from '../../packages/authority/src/ceremony/index.ts'
import { type TestOffice, testOffice } from '../ceremony-office.ts'

const found = spawnSync('openssl', ['version'], { encoding: 'utf8' })
const haveOpenssl = found.status === 0 && found.stdout.startsWith('OpenSSL 3')
const withOpenssl = haveOpenssl ? `(${found.stdout.trim()})` : '(skipped: no openssl 3 on this machine)'

describe.skipIf(!haveOpenssl)(`OpenSSL as judge of what a ceremony makes ${withOpenssl}`, () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nansen-ceremony-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function openssl(...args: string[]) {
    const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    return { status, text: stdout + stderr }
  }
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes)
  const pem = (bytes: Uint8Array) => new X509Certificate(bytes).toString()

  /** A first ceremony, then a new key of the authority with a signer and lists under it. */
  async function made(making: Partial<Making>): Promise<TestOffice> {
    const office = await testOffice()
    const hold = async (
      ...[kind, more, revoke]: [Parameters<typeof planCeremony>[1], Partial<Making>?, string[]?]
    ) =>
      holdCeremony(
        office,
        await planCeremony(office, kind, { ...making, ...more }, revoke ?? []),
        'nansen test',
      )
    await hold('first')
    await hold('link')
    await hold('signer', { atOnce: true })
    const [first] = (await heldTrust(office)).documentSigners
    await hold('crl', {}, [first!.certificate.serialHex])
    await hold('list')
    return office
  }

  /** The moment of the ceremony: what ends in three months must stand on any day that this test runs. */
  const at = ['-attime', String(Date.parse('2026-11-24T12:00:00Z') / 1000)]

  test.each<KeyAlgorithm>(['P-256', 'P-384', 'brainpoolP256r1', 'RSA-PSS-3072'])(
    'with named curves and keys of kind %s, chains, link, revocation and master lists stand',
    async (algorithm) => {
      const office = await made({ algorithm, ecParameters: 'named' })
      try {
        const { roots, links, documentSigners, listSigners, crls, masterLists } = await heldTrust(office)
        const [root1, root2] = roots.map(({ certificate }) => pem(certificate.encoded))
        put('root1.pem', root1!)
        put('root2.pem', root2!)
        put('link.pem', pem(links.get(2)!.encoded))
        put('both.pem', root1! + root2!)
        for (const [i, { certificate }] of documentSigners.entries())
          put(`dsc${i + 1}.pem`, pem(certificate.encoded))
        put('mls.pem', pem(listSigners[0]!.certificate.encoded))
        const verify = (...args: string[]) => openssl('verify', ...at, '-x509_strict', ...args).text.trim()
        expect(verify('-CAfile', 'root1.pem', 'root1.pem')).toBe('root1.pem: OK')
        expect(verify('-CAfile', 'root2.pem', 'root2.pem')).toBe('root2.pem: OK')
        expect(verify('-CAfile', 'root1.pem', 'dsc1.pem')).toBe('dsc1.pem: OK')
        expect(verify('-CAfile', 'root2.pem', 'dsc2.pem')).toBe('dsc2.pem: OK')
        expect(verify('-CAfile', 'root1.pem', 'mls.pem')).toBe('mls.pem: OK')
        expect(verify('-CAfile', 'root2.pem', 'dsc1.pem')).not.toContain('OK')
        // Signed by the former key; and whoever trusts only that key comes to the new signer through it.
        expect(verify('-CAfile', 'root1.pem', 'link.pem')).toBe('link.pem: OK')
        expect(verify('-CAfile', 'root1.pem', '-untrusted', 'link.pem', 'dsc2.pem')).toBe('dsc2.pem: OK')

        put('crl.der', crls.at(-1)!.encoded)
        const crl = openssl(
          'crl',
          '-inform',
          'DER',
          '-in',
          'crl.der',
          '-CAfile',
          'root2.pem',
          '-noout',
          '-text',
        )
        expect(crl.text).toContain('verify OK')
        expect(crl.text).toMatch(/X509v3 CRL Number:\s+2\n/)
        expect(crl.text.match(/Serial Number: ([0-9A-F]+)/)?.[1]?.toLowerCase()).toBe(
          documentSigners[0]!.certificate.serialHex,
        )

        put('list.der', masterLists.at(-1)!.encoded)
        const list = openssl(
          'cms',
          '-verify',
          '-inform',
          'DER',
          '-in',
          'list.der',
          '-CAfile',
          'both.pem',
          '-purpose',
          'any',
          ...at,
          '-out',
          'content.der',
        )
        expect(list).toEqual({ status: 0, text: expect.stringContaining('successful') })
      } finally {
        await office.close()
      }
    },
  )

  test('with the profile’s own curve parameters, every structure is read and every signature stands', async () => {
    const office = await made({})
    try {
      const { roots, links, documentSigners, masterLists, objects } = await heldTrust(office)
      for (const { kind, bytes } of objects) {
        put('a.der', bytes)
        const read = openssl('asn1parse', '-inform', 'DER', '-in', 'a.der')
        expect({ kind, status: read.status, error: /error/i.test(read.text) }).toEqual({
          kind,
          status: 0,
          error: false,
        })
      }
      const [root1, root2] = roots.map(({ certificate }) => new X509Certificate(certificate.encoded))
      const [first, second] = documentSigners.map(
        ({ certificate }) => new X509Certificate(certificate.encoded),
      )
      expect(root1!.verify(root1!.publicKey)).toBe(true)
      expect(first!.verify(root1!.publicKey)).toBe(true)
      expect(second!.verify(root2!.publicKey)).toBe(true)
      expect(new X509Certificate(links.get(2)!.encoded).verify(root1!.publicKey)).toBe(true)
      put('list.der', masterLists.at(-1)!.encoded)
      const list = openssl(
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        'list.der',
        '-noverify',
        '-out',
        'content.der',
      )
      expect(list.status).toBe(0)
    } finally {
      await office.close()
    }
  })

  test('the fingerprints that are read aloud are those that others compute', async () => {
    const office = await testOffice()
    try {
      const { transcript } = await holdCeremony(office, await planCeremony(office, 'first'), 'nansen test')
      const { csca } = await currentTrust(office)
      put('csca.cer', csca.encoded)
      const { text } = openssl(
        'x509',
        '-inform',
        'DER',
        '-in',
        'csca.cer',
        '-noout',
        '-fingerprint',
        '-sha256',
      )
      const digest = text.split('=')[1]!.replace(/[:\s]/g, '').toLowerCase()
      expect(digest).toBe(createHash('sha256').update(csca.encoded).digest('hex'))
      expect(transcript.replace(/ /g, '')).toContain(digest.slice(0, 32))
    } finally {
      await office.close()
    }
  })
})
