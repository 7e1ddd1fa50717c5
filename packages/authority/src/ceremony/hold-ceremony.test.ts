import * as node from 'node:crypto'
import { parseCertificate } from '@nansen/formats/pki'
import { hex, sameBytes } from '@nansen/formats/tlv'
import { inspect, openTrust } from '@nansen/inspection'
import type { KeyAlgorithm } from '@nansen/signing'
import { verifyJournal } from '@nansen/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PowerCut, seeded, type TestOffice, testOffice } from '../../../../test/ceremony-office.ts'
import { currentTrust, trustFiles } from './current-trust.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { planCeremony } from './plan.ts'
import { CeremonyRefusal } from './refusal.ts'
import { CEREMONIES } from './steps.ts'

let office: TestOffice
beforeEach(async () => {
  office = await testOffice()
}, 60_000)
afterEach(() => office.close())

const first = async (of: TestOffice = office) =>
  holdCeremony(of, await planCeremony(of, 'first'), 'nansen test')

const count = async (table: string): Promise<number> => {
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ count: number }>(`select count(*) as count from ${table}`),
  )
  return row!.count
}

describe('the first ceremony', () => {
  test('leaves what is needed to issue, and what a receiver needs', async () => {
    const { files, made } = await first()
    expect(files.map(({ name }) => name)).toEqual(['csca.cer', 'dsc.cer', 'masterlist.ml', 'crl.crl'])
    expect(made.map(({ what }) => what)).toEqual([
      'key csca-1',
      'certificate of csca-1',
      'key document-signer-1',
      'certificate of document-signer-1',
      'key master-list-signer-1',
      'certificate of master-list-signer-1',
      'master list',
      'revocation list',
      'key log-1',
      'key witness-1',
    ])
    const trust = await currentTrust(office)
    expect(trust.documentSigner.key.id).toBe('document-signer-1')
    expect(trust.csca.encoded).toEqual(files[0]!.bytes)
    expect(trust.cscas.length).toBe(1)
    expect((await trustFiles(office)).map(({ name }) => name)).toEqual([
      'csca.cer',
      'dsc.cer',
      'crl.crl',
      'masterlist.ml',
    ])
  })

  test.each<KeyAlgorithm>(['P-256', 'P-384', 'brainpoolP256r1', 'brainpoolP384r1', 'RSA-PSS-3072'])(
    'with keys of kind %s makes what inspection accepts',
    async (algorithm) => {
      const plan = await planCeremony(office, 'first', { algorithm })
      const { files } = await holdCeremony(office, plan, 'nansen test')
      const { trust, reports } = await openTrust(
        files.filter(({ name }) => name !== 'dsc.cer').map(({ name, bytes }) => ({ label: name, bytes })),
        office.crypto,
      )
      expect(reports.map(({ used }) => used)).toEqual(['pin', 'master-list', 'revocation-list'])
      for (const file of files) {
        const { verdict } = await inspect(file.bytes, trust, office.clock(), office.crypto)
        expect({ file: file.name, verdict: verdict.verdict }).toEqual({
          file: file.name,
          verdict: 'accepted',
        })
      }
    },
  )

  test('held again makes nothing anew', async () => {
    const once = await first()
    office.at('2026-11-25T10:00:00Z')
    const again = await first()
    expect(again.made).toEqual(once.made)
    expect(await count('intent')).toBe(5)
  })

  test('leaves a record of every act in journal and log', async () => {
    await first()
    expect(await verifyJournal(office.store)).toEqual([])
    expect(await count('event')).toBe(7)
    expect(await count('log_entry')).toBe(7)
  })

  test('has every key sign what was recorded for it and nothing else', async () => {
    await first()
    const rows = await office.store.transaction((tx) =>
      tx.query<{ purpose: string; bytes: Uint8Array; digest: Uint8Array }>(
        'select purpose, bytes, digest from intent',
      ),
    )
    expect(rows.map(({ purpose }) => purpose).sort()).toEqual([
      'csca',
      'csca',
      'csca',
      'csca',
      'master-list-signer',
    ])
    for (const { bytes, digest } of rows)
      expect(hex(digest)).toBe(node.createHash('sha256').update(bytes).digest('hex'))
    expect(await count('signature')).toBe(5)
  })
})

describe('a ceremony that is broken off', () => {
  test('after any step is taken up again with the same keys, serial numbers and bytes', async () => {
    await first()
    const names = office.steps()
    expect(names.length).toBeGreaterThan(30)
    for (const name of names) {
      const other = await testOffice()
      try {
        other.cutAt(name)
        const plan = await planCeremony(other, 'first')
        await expect(holdCeremony(other, plan, 'nansen test')).rejects.toThrow(PowerCut)
        const recorded = await recordedBytes(other)
        const keys = new Map(await other.signing.keys())
        other.at('2026-11-24T11:30:00Z')
        await holdCeremony(other, plan, 'nansen test')
        const after = await recordedBytes(other)
        for (const [once, bytes] of recorded) expect(after.get(once)).toBe(bytes)
        expect({ name, intents: after.size }).toEqual({ name, intents: 5 })
        for (const [id, key] of keys) expect((await other.signing.keys()).get(id)).toEqual(key)
        expect((await other.signing.keys()).size).toBe(5)
      } finally {
        await other.close()
      }
    }
  })

  test('after every step in turn still ends with one of each', async () => {
    const plan = await planCeremony(office, 'first')
    const cut = new Set<string>()
    const unlucky = {
      ...office,
      step(name: string) {
        if (cut.has(name)) return
        cut.add(name)
        throw new PowerCut(name)
      },
    }
    for (let held = false; !held; ) {
      office.at(new Date(office.clock().getTime() + 60_000))
      held = await holdCeremony(unlucky, plan, 'nansen test').then(
        () => true,
        (error) => {
          if (error instanceof PowerCut) return false
          throw error
        },
      )
    }
    expect(cut.size).toBeGreaterThan(30)
    expect([await count('intent'), await count('signature'), await count('trust_object')]).toEqual([5, 5, 5])
    expect(await count('signing_key')).toBe(5)
    expect(await count('event')).toBe(7)
  })

  test('by somebody who says no stops before the step', async () => {
    const plan = await planCeremony(office, 'first')
    const room = { begin: async ({ name }: { name: string }) => name !== 'document-signer' }
    await expect(holdCeremony(office, plan, 'nansen test', room)).rejects.toThrow(
      new CeremonyRefusal('ceremony.stopped'),
    )
    expect([...(await office.signing.keys()).keys()]).toEqual(['csca-1'])
  })
})

async function recordedBytes(of: TestOffice): Promise<ReadonlyMap<string, string>> {
  const rows = await of.store.transaction((tx) =>
    tx.query<{ once: Uint8Array; bytes: Uint8Array }>('select once, bytes from intent'),
  )
  return new Map(rows.map(({ once, bytes }) => [hex(once), hex(bytes)]))
}

describe('the transcript', () => {
  test('tells every step with time, roles and the fingerprint of what was made', async () => {
    const { transcript, made } = await first()
    for (const { name, who } of CEREMONIES.first.steps) {
      expect(transcript).toMatch(new RegExp(`Step \\d+ {2}${name}\n`))
      expect(transcript).toContain(`2026-11-24T10:00:00Z by ${who.join(', ')}`)
    }
    for (const { bytes } of made) {
      const digest = node.createHash('sha256').update(bytes).digest('hex')
      expect(transcript.replace(/[^0-9a-f]/g, '').includes(digest.slice(0, 32))).toBe(true)
    }
    expect(transcript).toContain('nansen test')
    expect(transcript).toContain('a state that does not exist')
  })

  test('ends with the SHA-256 of itself', async () => {
    const { transcript } = await first()
    const [above, below] = transcript.split('SHA-256 of everything above this line\n')
    expect(below!.replace(/\s/g, '')).toBe(node.createHash('sha256').update(above!).digest('hex'))
  })

  test('of two ceremonies at one time with one chance differs in the fingerprints only', async () => {
    const texts: string[] = []
    for (let i = 0; i < 2; i++) {
      const other = await testOffice({ random: seeded('transcript') })
      texts.push((await first(other)).transcript)
      await other.close()
    }
    const without = (text: string) => text.replace(/(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/g, '…')
    expect(texts[0]).not.toBe(texts[1])
    expect(without(texts[0]!)).toBe(without(texts[1]!))
    expect(without(texts[0]!)).toMatch(/serial number +[4-7][0-9a-f]{39}\n/)
  })
})

test('serial numbers are positive, of twenty octets and by chance', async () => {
  await first()
  const trust = await currentTrust(office)
  const serials = [trust.csca, trust.documentSigner.certificate].map(({ serial }) => serial)
  for (const serial of serials) {
    expect(serial.length).toBe(20)
    expect(serial[0]! & 0xc0).toBe(0x40)
  }
  expect(sameBytes(serials[0]!, serials[1]!)).toBe(false)
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ bytes: Uint8Array; serial: Uint8Array }>(
      `select bytes, serial from trust_object where kind = 'csca'`,
    ),
  )
  expect(row!.serial).toEqual(parseCertificate(row!.bytes).serial)
})
