import { currentTrust } from '@nansen/authority'
import { draftCrl, draftCsca, draftDocumentSigner, draftMasterListSigner, OIDS } from '@nansen/formats/pki'
import { signatureAlgorithmFor } from '@nansen/signing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IssuingOffice, issuingOffice } from './issuing-office.ts'
import { certificateContent, nothingSignedBy, signBy } from './real-state.ts'
import { random, signedAttributes } from './signing-office.ts'
import { ecKey } from './specimen-pki.ts'

let office: IssuingOffice
beforeAll(async () => {
  office = await issuingOffice()
}, 120_000)
afterAll(() => office.close())

describe("Utopia's keys, asked directly", () => {
  /** Each kind of certificate that the authority's key signs, as octets. */
  async function drafts(): Promise<Buffer[]> {
    const { csca } = await currentTrust(office)
    const own = (await office.signing.keys()).get('csca-1')!
    const other = { ...certificateContent(ecKey().publicKey.encoded), issuer: csca }
    return [
      draftCsca(certificateContent(own.publicKey)),
      draftCsca({ ...certificateContent(ecKey().publicKey.encoded), linkedFrom: csca }),
      draftDocumentSigner({ ...other, documentTypes: ['PT'] }),
      draftMasterListSigner(other),
    ].map(({ toBeSigned }) => Buffer.from(toBeSigned))
  }

  /** The same octets with other letters in their names: what our own drafts would refuse to say. */
  function renamed(bytes: Buffer, which: 'issuer' | 'subject' | 'code' | 'all'): Buffer {
    let nth = 0
    const text = bytes
      .toString('latin1')
      .replace(/\x13\x02UT/g, (country) =>
        which === 'all' || which === ['issuer', 'subject'][nth++] ? '\x13\x02CH' : country,
      )
      .replace(/UTO/g, (code) => (which === 'all' || which === 'code' ? 'CHE' : code))
    const other = Buffer.from(text, 'latin1')
    expect(other.equals(bytes)).toBe(false)
    expect(other.length).toBe(bytes.length)
    return other
  }

  test('sign certificates of Utopia', async () => {
    for (const bytes of await drafts())
      expect((await signBy(office, 'csca-1', bytes)).length).toBeGreaterThan(60)
  })

  test.each(['issuer', 'subject', 'code', 'all'] as const)(
    'sign no certificate of a state that exists in its names (%s): root, link, document signer or list signer',
    async (which) => {
      await nothingSignedBy(office, async () => {
        for (const bytes of await drafts())
          await expect(signBy(office, 'csca-1', renamed(bytes, which))).rejects.toMatchObject({
            code: 'key.foreign-purpose',
          })
      })
    },
  )

  test('sign no revocation list of a state that exists', async () => {
    const { csca } = await currentTrust(office)
    const crl = {
      issuer: csca,
      signatureAlgorithm: signatureAlgorithmFor('P-256')!,
      thisUpdate: new Date('2026-11-24T00:00:00Z'),
      nextUpdate: new Date('2027-01-24T00:00:00Z'),
      number: Uint8Array.of(9),
      revoked: [],
    }
    expect((await signBy(office, 'csca-1', draftCrl(crl).toBeSigned)).length).toBeGreaterThan(60)
    await nothingSignedBy(office, async () => {
      for (const which of ['issuer', 'all'] as const)
        await expect(
          signBy(office, 'csca-1', renamed(Buffer.from(draftCrl(crl).toBeSigned), which)),
        ).rejects.toMatchObject({
          code: 'key.foreign-purpose',
        })
    })
  })

  test('sign for one purpose each, so that none stands in for another', async () => {
    const [root] = await drafts()
    await nothingSignedBy(office, async () => {
      for (const [key, bytes] of [
        ['document-signer-1', root!],
        ['master-list-signer-1', root!],
        ['csca-1', signedAttributes()],
        ['master-list-signer-1', signedAttributes()],
        ['document-signer-1', signedAttributes(random(32), OIDS.cscaMasterList)],
        ['log-1', signedAttributes()],
      ] as const)
        await expect(signBy(office, key, bytes)).rejects.toMatchObject({ code: 'key.foreign-purpose' })
    })
  })

  test('sign for no other state after somebody changed the table of keys', async () => {
    const swiss = (await drafts()).map((bytes) => renamed(bytes, 'all'))
    await office.store.transaction((tx) =>
      tx.query("update signing_key set state = 'CH' where id = 'csca-1'"),
    )
    try {
      for (const toBeSigned of swiss)
        await expect(signBy(office, 'csca-1', toBeSigned)).rejects.toMatchObject({
          code: 'key.foreign-purpose',
        })
      // Nor does the table take anything away.
      for (const toBeSigned of await drafts()) await signBy(office, 'csca-1', toBeSigned)
      await office.store.transaction((tx) =>
        tx.query(
          `insert into signing_key (id, purpose, algorithm, state, public_key, not_before, not_after, most)
           select 'csca-CH', purpose, algorithm, 'CH', public_key || '\\x00'::bytea, not_before, not_after, most
           from signing_key where id = 'csca-1'`,
        ),
      )
      await expect(signBy(office, 'csca-CH', swiss[0]!)).rejects.toMatchObject({ code: 'key.unknown' })
    } finally {
      await office.store.transaction((tx) =>
        tx.query("update signing_key set state = 'UT' where id = 'csca-1'"),
      )
    }
  })
})
