import { createHash, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unhex } from '../../../../test/certificate-parts.ts'
import { date, signed, specimenPki } from '../../../../test/specimen-pki.ts'
import { hex } from '../tlv/index.ts'
import { signatureAlgorithmOf } from './algorithm.ts'
import { crlNumber, isRevoked, parseCrl, revocationsOf } from './crl.ts'
import { type CrlContent, draftCrl, sealCrl } from './draft-crl.ts'
import { authorityKeyIdentifier, issuerAltName } from './extensions.ts'

const { csca, cscaKey, documentSigner, listSigner } = specimenPki()

const content = (more: Partial<CrlContent> = {}): CrlContent => ({
  issuer: csca,
  signatureAlgorithm: cscaKey.algorithm,
  thisUpdate: date('2026-03-01'),
  nextUpdate: date('2026-05-30'),
  number: Uint8Array.of(1, 0),
  revoked: [
    { serial: documentSigner.serial, date: date('2026-02-15') },
    { serial: listSigner.serial, date: date('2026-02-16') },
  ],
  ...more,
})
const made = (more: Partial<CrlContent> = {}) => parseCrl(signed(cscaKey, draftCrl(content(more)), sealCrl))

describe('a revocation list', () => {
  test('says what was put in', () => {
    const crl = made()
    expect(crl).toMatchObject({
      version: 2,
      thisUpdate: date('2026-03-01'),
      nextUpdate: date('2026-05-30'),
      entryCount: 2,
      unusable: [],
    })
    expect(hex(crl.issuer.encoded)).toBe(hex(csca.subject.encoded))
    expect(hex(crlNumber(crl)!)).toBe('0100')
    expect(authorityKeyIdentifier(crl)).toEqual(cscaKey.keyIdentifier)
    expect(signatureAlgorithmOf(crl.signatureAlgorithm)).toEqual(cscaKey.algorithm)
    expect(isRevoked(crl, documentSigner.serial)).toBe(true)
    expect(isRevoked(crl, listSigner.serial)).toBe(true)
    expect(isRevoked(crl, csca.serial)).toBe(false)
    expect(revocationsOf(crl).every(({ reason }) => reason === undefined)).toBe(true)
  })

  test('is signed over the bytes that were drafted', () => {
    const crl = made()
    const key = { key: cscaKey.privateKey, dsaEncoding: 'der' as const }
    expect(verify('sha256', crl.toBeSigned, key, crl.signature)).toBe(true)
    expect(hex(crl.toBeSigned)).toBe(hex(draftCrl(content()).toBeSigned))
  })

  test('is the same whatever the order of its entries', () => {
    const reversed = content({ revoked: [...content().revoked].reverse() })
    expect(hex(draftCrl(reversed).toBeSigned)).toBe(hex(draftCrl(content()).toBeSigned))
  })

  test('without entries leaves the list of them out', () => {
    const crl = made({ revoked: [] })
    expect(crl.entryCount).toBe(0)
    expect(made().encoded.length - crl.encoded.length).toBeGreaterThan(60)
  })

  test('names the former names of its issuer', () => {
    expect(issuerAltName(made({ formerNames: [documentSigner.subject] }))).toMatchObject([
      { kind: 'directory', name: { encoded: documentSigner.subject.encoded } },
    ])
    expect(issuerAltName(made({ formerNames: [] }))).toBeUndefined()
  })

  test('finds every serial number that was put in, and no other', () => {
    const serial = fc
      .uint8Array({ minLength: 1, maxLength: 19 })
      .filter((octets) => octets.some((octet) => octet > 0))
    fc.assert(
      fc.property(
        fc.uniqueArray(serial, { maxLength: 20, selector: (octets) => BigInt(`0x${hex(octets)}`) }),
        (serials) => {
          const revoked = serials.map((one) => ({ serial: one, date: date('2026-02-01') }))
          const crl = parseCrl(sealCrl(draftCrl(content({ revoked })), unhex('0102')))
          const asRead = revocationsOf(crl).map(({ serialHex }) => BigInt(`0x${serialHex}`))
          expect(asRead.sort()).toEqual(serials.map((one) => BigInt(`0x${hex(one)}`)).sort())
          for (const { serialHex } of revocationsOf(crl)) expect(isRevoked(crl, unhex(serialHex))).toBe(true)
          const other = new Uint8Array(createHash('sha1').update(crl.encoded).digest())
          expect(isRevoked(crl, other)).toBe(false)
        },
      ),
    )
  })
})

test.each([
  [
    'the same certificate twice',
    { revoked: [0, 0].map(() => ({ serial: unhex('05'), date: date('2026-02-01') })) },
  ],
  [
    'the same certificate twice, once with zeros before it',
    { revoked: ['05', '0005'].map((serial) => ({ serial: unhex(serial), date: date('2026-02-01') })) },
  ],
  ['the serial number 0', { revoked: [{ serial: unhex('00'), date: date('2026-02-01') }] }],
  ['an update before this one', { nextUpdate: date('2026-03-01') }],
  ['a number of 21 octets', { number: new Uint8Array(21).fill(1) }],
  [
    'more entries than a reader takes',
    { revoked: Array.from({ length: 200_001 }, () => ({ serial: unhex('05'), date: date('2026-02-01') })) },
  ],
])('%s is refused', (_, more) => {
  expect(() => draftCrl(content(more))).toThrow(RangeError)
})
