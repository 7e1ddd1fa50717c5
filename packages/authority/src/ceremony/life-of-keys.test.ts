import { X509Certificate } from 'node:crypto'
import {
  type Certificate,
  crlNumber,
  isRevoked,
  privateKeyUsagePeriod,
  revocationsOf,
  subjectKeyIdentifier,
} from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import { openTrust, SIGNS_DOCUMENTS } from '@nansen/inspection'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PowerCut, type TestOffice, testOffice } from '../../../../test/ceremony-office.ts'
import { currentTrust, trustFiles } from './current-trust.ts'
import { heldTrust, issuedUnder } from './held-trust.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { type CeremonyKind, planCeremony } from './plan.ts'
import { numberOctets, publishCrl } from './publish-crl.ts'
import { publishMasterList } from './publish-master-list.ts'
import type { Making } from './subject.ts'

let office: TestOffice
beforeEach(async () => {
  office = await testOffice()
  await hold('first')
}, 60_000)
afterEach(() => office.close())

async function hold(kind: CeremonyKind, making: Partial<Making> = {}, revoke: readonly string[] = []) {
  return holdCeremony(office, await planCeremony(office, kind, making, revoke), 'nansen test')
}

const signedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  new X509Certificate(certificate.encoded).verify(new X509Certificate(issuer.encoded).publicKey)

describe('a new key of the authority', () => {
  test('is certified by itself and, in the link, by the former', async () => {
    const { roots } = await heldTrust(office)
    const { files } = await hold('link')
    const held = await heldTrust(office)
    const [former, root] = held.roots
    const link = held.links.get(2)!
    expect(held.roots.length).toBe(2)
    expect(former!.certificate.encoded).toEqual(roots[0]!.certificate.encoded)
    expect(signedBy(root!.certificate, root!.certificate)).toBe(true)
    expect(signedBy(link, former!.certificate)).toBe(true)
    expect(signedBy(link, root!.certificate)).toBe(false)
    expect(subjectKeyIdentifier(link)).toEqual(subjectKeyIdentifier(root!.certificate))
    expect(link.notAfter.getTime()).toBeLessThanOrEqual(former!.certificate.notAfter.getTime())
    expect(files.map(({ name }) => name)).toEqual([
      'csca-next.cer',
      'csca-link.cer',
      'new-key-notice.txt',
      'masterlist.ml',
    ])
  })

  test('is trusted through the master list by whoever trusted the former', async () => {
    const former = await trustFiles(office)
    await hold('link', { algorithm: 'P-384', atOnce: true })
    await hold('signer', { atOnce: true })
    const { documentSigner, masterList, csca } = await currentTrust(office)
    const { trust, reports } = await openTrust(
      [
        { label: 'pinned', bytes: former[0]!.bytes },
        { label: 'list', bytes: masterList.encoded },
      ],
      office.crypto,
    )
    expect(reports).toMatchObject([
      { used: 'pin' },
      { used: 'master-list', certificates: 3, anchoredBy: 'pinned' },
    ])
    expect(issuedUnder(documentSigner.certificate, csca)).toBe(true)
    expect(csca.encoded).not.toEqual(former[0]!.bytes)
    const { standing } = await trust.certify(documentSigner.certificate, SIGNS_DOCUMENTS, office.crypto)
    expect(standing).toBe('anchored')
  })

  test('signs nothing else before its notice of ninety days has run out', async () => {
    await hold('link')
    const [former, root] = (await heldTrust(office)).roots
    office.at('2027-02-22T09:59:59Z')
    await hold('signer')
    const files = new Map((await trustFiles(office)).map(({ name, bytes }) => [name, bytes]))
    expect(files.get('csca.cer')).toEqual(former!.certificate.encoded)
    expect(files.get('csca-next.cer')).toEqual(root!.certificate.encoded)
    expect(issuedUnder((await currentTrust(office)).documentSigner.certificate, former!.certificate)).toBe(
      true,
    )
    office.at('2027-02-22T10:00:00Z')
    await hold('signer')
    expect(issuedUnder((await currentTrust(office)).documentSigner.certificate, root!.certificate)).toBe(true)
    expect((await trustFiles(office)).map(({ name }) => name)).not.toContain('csca-next.cer')
    expect((await trustFiles(office))[0]!.bytes).toEqual(root!.certificate.encoded)
  })

  test('once used at once, signs the lists too', async () => {
    await hold('link')
    await hold('signer', { atOnce: true })
    const [, root] = (await heldTrust(office)).roots
    const crl = await publishCrl(office)
    expect(hex(crl.issuer.encoded)).toBe(hex(root!.certificate.subject.encoded))
    await hold('crl')
    const { trust } = await openTrust(
      (await trustFiles(office)).map(({ name, bytes }) => ({ label: name, bytes })),
      office.crypto,
    )
    for (const { certificate } of (await heldTrust(office)).documentSigners)
      expect(trust.revocationLists.ask(certificate, office.clock()).revocation).toBe('good')
  })

  test('is told to other states with the fingerprints and the day from which it signs', async () => {
    const { files } = await hold('link')
    const notice = new TextDecoder().decode(files.find(({ name }) => name.endsWith('.txt'))!.bytes)
    expect(notice).toContain('2027-02-22')
    expect(notice.match(/(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/g)?.length).toBe(6)
  })

  test.each(['csca.key', 'csca.recorded', 'csca.stored', 'csca-link.recorded', 'csca-link.signed'])(
    'whose making was broken off after %s is finished by the next such ceremony, and is one',
    async (step) => {
      office.cutAt(step)
      await expect(hold('link')).rejects.toThrow(PowerCut)
      await hold('link')
      const held = await heldTrust(office)
      expect([held.roots.length, held.links.size]).toEqual([2, 1])
      expect([...(await office.signing.keys()).keys()].filter((id) => id.startsWith('csca'))).toEqual([
        'csca-1',
        'csca-2',
      ])
    },
  )

  test('comes too late once the former may not sign any more', async () => {
    office.at('2031-11-24T10:00:00Z')
    await expect(hold('link')).rejects.toThrow('period.root')
  })
})

describe('a new document signer', () => {
  test('signs after the former, and is the one that is used', async () => {
    office.at('2027-02-20T10:00:00Z')
    await hold('signer', { most: 500 })
    const { documentSigner } = await currentTrust(office)
    expect(documentSigner.key).toMatchObject({ id: 'document-signer-2', most: 500 })
    office.at('2027-04-20T10:00:00Z')
    expect((await currentTrust(office)).documentSigner.ordinal).toBe(2)
    office.at('2027-05-20T10:00:00Z')
    await expect(currentTrust(office)).rejects.toThrow('period.document-signer')
  })

  test('may sign no longer than its certificate says', async () => {
    const { documentSigner } = await currentTrust(office)
    const period = privateKeyUsagePeriod(documentSigner.certificate)!
    expect(period.notBefore).toEqual(documentSigner.key.notBefore)
    expect(period.notAfter!.getTime() + 1000).toBe(documentSigner.key.notAfter.getTime())
  })

  test('that would outlive its authority is refused before its key is made', async () => {
    office.at('2031-11-20T10:00:00Z')
    await expect(hold('signer', { documentMonths: 120 })).rejects.toThrow('period.outlives-root')
    expect((await office.signing.keys()).has('document-signer-2')).toBe(false)
  })

  test('whose making was broken off is finished by the next such ceremony', async () => {
    office.cutAt('document-signer.recorded')
    await expect(hold('signer')).rejects.toThrow(PowerCut)
    const [recorded] = await office.store.transaction((tx) =>
      tx.query<{ bytes: Uint8Array }>(
        'select bytes from intent left join signature on intent_id = id where intent_id is null',
      ),
    )
    office.at('2026-12-01T10:00:00Z')
    await hold('signer')
    const { documentSigners } = await heldTrust(office)
    expect(documentSigners.length).toBe(2)
    expect(hex(documentSigners[1]!.certificate.toBeSigned)).toBe(hex(recorded!.bytes))
  })
})

describe('a revocation list', () => {
  const numbers = async () => (await heldTrust(office)).crls.map((crl) => hex(crlNumber(crl)!))

  test('has a higher number than every one before, and keeps what is revoked', async () => {
    const { documentSigner } = await currentTrust(office)
    const serial = documentSigner.certificate.serialHex
    office.at('2026-12-01T10:00:00Z')
    const crl = await publishCrl(office, { revoke: [serial] })
    office.at('2026-12-02T10:00:00Z')
    const later = await publishCrl(office)
    expect(await numbers()).toEqual(['01', '02', '03'])
    expect(isRevoked(crl, documentSigner.certificate.serial)).toBe(true)
    expect(revocationsOf(later)).toEqual([
      { serialHex: serial, date: new Date('2026-12-01T10:00:00Z'), reason: undefined },
    ])
    await expect(currentTrust(office)).rejects.toThrow('period.document-signer')
  })

  test.each([
    [1, '01'],
    [127, '7f'],
    [255, 'ff'],
    [256, '0100'],
    [65_536, '010000'],
  ])('has its number %i as octets', (number, octets) => {
    expect(hex(numberOctets(number))).toBe(octets)
  })

  test('is good for ninety days', async () => {
    const crl = await publishCrl(office)
    expect(crl.nextUpdate!.getTime() - crl.thisUpdate.getTime()).toBe(90 * 86_400_000)
  })

  test('that was recorded and not finished does not swallow a revocation decided since', async () => {
    const { documentSigner } = await currentTrust(office)
    office.cutAt('crl.recorded')
    await expect(publishCrl(office)).rejects.toThrow(PowerCut)
    const crl = await publishCrl(office, { revoke: [documentSigner.certificate.serialHex] })
    expect(isRevoked(crl, documentSigner.certificate.serial)).toBe(true)
    expect(await numbers()).toEqual(['01', '02', '03'])
  })

  test('names certificates that were recorded and given up', async () => {
    office.cutAt('document-signer.recorded')
    await expect(hold('signer')).rejects.toThrow(PowerCut)
    const [intent] = await office.store.transaction((tx) =>
      tx.query<{ id: Uint8Array }>(
        'select id from intent left join signature on intent_id = id where intent_id is null',
      ),
    )
    await office.store.transaction((tx) => office.signing.void(tx, intent!.id, 'never-finishes'))
    await hold('signer')
    const crl = await publishCrl(office)
    const revoked = revocationsOf(crl)
    const { documentSigners } = await heldTrust(office)
    expect(documentSigners.length).toBe(2)
    expect(revoked.length).toBe(1)
    for (const { certificate } of documentSigners) expect(isRevoked(crl, certificate.serial)).toBe(false)
    expect((await currentTrust(office)).documentSigner.ordinal).toBe(2)
  })

  test.each(['00', 'ff', 'not a number'])(
    'for the serial number "%s", which is none of ours, is refused',
    async (serial) => {
      await expect(publishCrl(office, { revoke: [serial] })).rejects.toThrow('revoke.unknown')
      expect(await numbers()).toEqual(['01'])
    },
  )
})

describe('a master list', () => {
  test('that was recorded before a new key came is given up, and the next has both', async () => {
    office.cutAt('master-list.recorded')
    await expect(publishMasterList(office)).rejects.toThrow(PowerCut)
    await hold('link')
    const { masterLists } = await heldTrust(office)
    expect(masterLists.map(({ certificates }) => certificates.length)).toEqual([1, 3])
    const [voided] = await office.store.transaction((tx) => tx.query('select reason from voided'))
    expect(voided).toEqual({ reason: 'never-finishes' })
  })

  test('that was recorded under a key which may not sign any more is given up and made anew', async () => {
    office.cutAt('master-list.recorded')
    await expect(publishMasterList(office)).rejects.toThrow(PowerCut)
    office.at('2027-12-01T10:00:00Z')
    await expect(publishMasterList(office)).rejects.toThrow('period.list-signer')
    await hold('signer')
    await publishCrl(office)
    await hold('list')
    const { masterLists, listSigners } = await heldTrust(office)
    expect([masterLists.length, listSigners.length]).toEqual([2, 2])
  })
})
