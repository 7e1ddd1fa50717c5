import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import { describe, expect, test } from 'vitest'
import { certify, extension } from '../../../../test/crafted-papers.ts'
import { ecKey, specimenMasterList, specimenPki } from '../../../../test/specimen-pki.ts'
import type { Crypto } from '../crypto/crypto.ts'
import { nodeCrypto } from '../crypto/node.ts'
import { openTrust } from './open-trust.ts'
import { SIGNS_DOCUMENTS } from './purpose.ts'

const crypto = nodeCrypto(node)
const [first, second, third] = [specimenPki(), specimenPki(), specimenPki()]
const list = (pki: typeof first, ...of: readonly (typeof first)[]) =>
  specimenMasterList(
    pki,
    of.map(({ csca }) => csca.encoded).sort((a, b) => Buffer.compare(a, b)),
  )
const SOURCES = {
  pin: first.csca.encoded,
  // Signed under the pin, and holds the authority of the next.
  near: list(first, first, second),
  far: list(second, third),
  own: list(third, third),
}
const open = (...labels: readonly (keyof typeof SOURCES)[]) =>
  openTrust(
    labels.map((label) => ({ label, bytes: SOURCES[label] })),
    crypto,
  )
const anchored = async (...labels: readonly (keyof typeof SOURCES)[]) =>
  (await open(...labels)).reports.flatMap((report) =>
    report.used === 'master-list' ? [`${report.label} by ${report.anchoredBy}`] : [],
  )

describe('master lists are taken in whatever order they come', () => {
  test.each([[['pin', 'near', 'far']], [['far', 'near', 'pin']], [['pin', 'far', 'near']]] as const)(
    '%s',
    async (labels) => {
      expect(await anchored(...labels)).toEqual(['near by pin', 'far by near'])
    },
  )

  test('one vouches for itself only where nothing taken before does', async () => {
    expect(await anchored('own', 'far', 'near', 'pin')).toEqual(['near by pin', 'far by near', 'own by far'])
    expect(await anchored('far', 'near')).toEqual(['near by itself', 'far by near'])
    expect(await anchored('far')).toEqual([])
  })
})

describe('what is trusted', () => {
  test('does not change when the memory that it was read from is written to', async () => {
    const bytes = first.csca.encoded.slice()
    const { trust } = await openTrust([{ label: 'pin', bytes }], crypto)
    bytes.fill(0)
    expect(await trust.certify(first.documentSigner, SIGNS_DOCUMENTS, crypto)).toMatchObject({
      standing: 'anchored',
    })
  })

  test('is asked again after an outage of the cryptography', async () => {
    const { trust } = await open('pin')
    const out: Crypto = { ...crypto, verify: () => Promise.reject(new Error('outage')) }
    await expect(trust.certify(first.documentSigner, SIGNS_DOCUMENTS, out)).rejects.toThrow('outage')
    expect(await trust.certify(first.documentSigner, SIGNS_DOCUMENTS, crypto)).toMatchObject({
      standing: 'anchored',
    })
  })

  test('remembers signers of at most sixteen megabytes', async () => {
    const { trust } = await open('pin')
    const genuine = trust.readCertificate(first.documentSigner.encoded)
    expect(trust.readCertificate(first.documentSigner.encoded)).toBe(genuine)
    const name = { country: 'UT', commonName: 'DS' }
    const filler = extension('1.2.3', der.octetString(new Uint8Array(60_000)))
    const large = certify({ subject: name, issuer: name, by: ecKey(), key: ecKey(), extensions: [filler] })
    for (let i = 0; i < 300; i++) {
      const other = large.slice()
      new DataView(other.buffer).setUint32(other.length - 4, i)
      trust.readCertificate(other)
    }
    expect(trust.readCertificate(first.documentSigner.encoded)).not.toBe(genuine)
  })
})
