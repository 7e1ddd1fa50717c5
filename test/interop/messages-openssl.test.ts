import { spawnSync } from 'node:child_process'
import * as node from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSod } from '@nansen/formats/lds'
import type { Certificate } from '@nansen/formats/pki'
import { childrenOf, readElement } from '@nansen/formats/tlv'
import { Anchors, inspect, RevocationLists, Trust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { haveReferenceData, referenceData, referenceFolder, withReferenceData } from '../reference-data.ts'
import type { KeyKind } from '../specimens/keys.ts'
import { sealChip } from '../specimens/passport.ts'
import { makeSpecimenTrust, UTOPIA } from '../specimens/state.ts'

const found = spawnSync('openssl', ['version'], { encoding: 'utf8' })
const haveOpenssl = found.status === 0 && found.stdout.startsWith('OpenSSL 3')
const withOpenssl = haveOpenssl ? `(${found.stdout.trim()})` : '(skipped: no openssl 3 on this machine)'

const AT = new Date('2026-09-01T12:00:00Z')
const crypto = nodeCrypto(node)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-messages-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function openssl(files: Readonly<Record<string, Uint8Array | string>>, ...args: string[]) {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  return { status, text: stdout + stderr }
}

const pem = ({ encoded }: Certificate): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(encoded).toString('base64')}\n-----END CERTIFICATE-----\n`

/** The signed message inside the tag of the file. */
const messageIn = (sod: Uint8Array): Uint8Array =>
  childrenOf(readElement(sod, 0, sod.length, { lengths: 'ber' }))[0]!.encoded

const ASN1 = ['asn1parse', '-inform', 'DER', '-in', 'file'] as const
const VERIFY = ['cms', '-verify', '-inform', 'DER', '-in', 'message', '-binary', '-out', 'content'] as const

const KINDS: readonly KeyKind[] = ['P-256', 'brainpoolP384r1', 'RSA', 'RSA-PSS']

describe.skipIf(!haveOpenssl)(`OpenSSL as judge of signed messages made here ${withOpenssl}`, () => {
  describe.each(KINDS)('with keys of kind %s', (kind) => {
    let serial = 0
    const state = makeSpecimenTrust(UTOPIA, AT, () => Uint8Array.of(1, ++serial), kind)
    const groups = new Map([1, 2].map((number) => [number, Uint8Array.of(0x60 + number, 0)]))
    const chip = sealChip(groups, state.documentSigner, AT)
    const sod = chip.find(({ name }) => name === 'EF_SOD.bin')!.bytes

    test('everything is ASN.1', () => {
      const { csca, documentSigner, crl, masterList } = state
      const made = [csca.certificate.encoded, documentSigner.certificate.encoded, crl, masterList]
      for (const file of [...chip.map(({ bytes }) => bytes), ...made])
        expect(openssl({ file }, ...ASN1).text).not.toMatch(/error/i)
      expect(openssl({ file: sod.subarray(0, sod.length - 1) }, ...ASN1).text).toMatch(/error/i)
    })

    test('the signatures of security object and master list stand, and the content comes out', () => {
      for (const message of [messageIn(sod), state.masterList]) {
        const { status, text } = openssl({ message }, ...VERIFY, '-noverify')
        expect(text).toContain('erification successful')
        expect(status).toBe(0)
      }
      openssl({ message: messageIn(sod) }, ...VERIFY, '-noverify')
      expect(new Uint8Array(readFileSync(join(folder, 'content')))).toEqual(parseSod(sod).signedData.content)
    })

    test('one bit changed in content or signature does not', () => {
      const message = messageIn(sod)
      const { content } = parseSod(sod).signedData
      const within = Buffer.from(message).indexOf(content) + content.length - 20
      for (const at of [within, message.length - 9]) {
        const altered = message.slice()
        altered[at]! ^= 1
        expect(openssl({ message: altered }, ...VERIFY, '-noverify').status).not.toBe(0)
      }
    })

    // OpenSSL 3 refuses chains whose keys have explicit curve parameters, which the profile asks for.
    test.skipIf(!kind.startsWith('RSA'))(
      `the signer stands under the CSCA and under no other${kind.startsWith('RSA') ? '' : ' (skipped: explicit curve parameters)'}`,
      () => {
        const other = makeSpecimenTrust(UTOPIA, AT, () => Uint8Array.of(2, ++serial), kind)
        const chain = ['-purpose', 'any', '-attime', String(AT.getTime() / 1000), '-CAfile', 'csca.pem']
        const message = messageIn(sod)
        const files = { message, 'csca.pem': pem(state.csca.certificate) }
        expect(openssl(files, ...VERIFY, ...chain).status).toBe(0)
        expect(
          openssl({ message, 'csca.pem': pem(other.csca.certificate) }, ...VERIFY, ...chain).status,
        ).not.toBe(0)
      },
    )
  })
})

describe.skipIf(!haveOpenssl || !haveReferenceData)(
  `OpenSSL and inspection on real and altered security objects ${withReferenceData}`,
  () => {
    const names = haveReferenceData
      ? readdirSync(join(referenceFolder, 'emrtd', 'sod')).filter((name) => name.endsWith('.bin'))
      : []

    test('call the same signatures right', async () => {
      const trust = new Trust(new Anchors(), new RevocationLists())
      const differ: string[] = []
      let right = 0
      for (const name of names) {
        const file = referenceData('emrtd', 'sod', name)
        const { checks } = await inspect(file, trust, AT, crypto)
        const ours = checks.find((check) => check.name === 'sod.signature')?.result === 'passed'
        const theirs = openssl({ message: messageIn(file) }, ...VERIFY, '-noverify').status === 0
        if (ours !== theirs) differ.push(name)
        if (ours) right++
      }
      expect(differ).toEqual([
        // Its signer is spelled in another way than in its certificate, which OpenSSL therefore does not find.
        'sod-my.bin',
        // Its signature is right, but it has a version that a security object cannot have.
        'sod-neg-hjp-signeddata-v2.bin',
      ])
      expect(right).toBe(12)
      expect(names).toHaveLength(16)
    })
  },
)
