import { hex } from '@nansen/formats/tlv'
import { SigningRefusal } from '@nansen/signing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PowerCut, type TestOffice, testOffice } from '../../../../test/ceremony-office.ts'
import type { IssuingState } from '../office.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { makeLink } from './make-link.ts'
import { makeLogKey } from './make-log-key.ts'
import { makeRoot } from './make-root.ts'
import { makeDocumentSigner, makeListSigner } from './make-signer.ts'
import { MAKING, planCeremony } from './plan.ts'
import { publishCrl } from './publish-crl.ts'
import { publishMasterList } from './publish-master-list.ts'

let office: TestOffice
beforeEach(async () => {
  office = await testOffice()
}, 60_000)
afterEach(() => office.close())

const signatures = async () => {
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ count: number }>('select count(*) as count from signature'),
  )
  return row!.count
}

describe('a state that exists', () => {
  const REAL = [
    { code3: 'ISL', code2: 'IS', name: 'Iceland' },
    // Half of it right is wrong.
    { code3: 'UTO', code2: 'IS', name: 'Utopia' },
    { code3: 'ISL', code2: 'UT', name: 'Utopia' },
    { code3: 'UTO', code2: 'QR', name: 'Utopia' },
  ] as unknown as readonly IssuingState[]

  test.each(REAL)('gets no key and no certificate: $code3 $code2', async (state) => {
    const real = { ...office, state }
    const plan = await planCeremony(office, 'first')
    for (const act of [
      () => makeRoot(real, MAKING),
      () => makeLink(real, MAKING, 2),
      () => makeDocumentSigner(real, MAKING, 1),
      () => makeListSigner(real, MAKING, 1),
      () => publishCrl(real),
      () => publishMasterList(real),
      () => makeLogKey(real, 'log'),
      () => planCeremony(real, 'first'),
      () => holdCeremony(real, plan, 'nansen test'),
    ])
      await expect(act()).rejects.toThrow('state.real')
    expect((await office.signing.keys()).size).toBe(0)
  })

  test('gets none from the room with the keys either, whoever asks it', async () => {
    const spec = {
      id: 'csca-1',
      purpose: 'csca',
      algorithm: 'P-256',
      state: 'IS',
      notBefore: office.clock(),
      notAfter: new Date('2030-01-01'),
      most: 10,
    } as const
    await expect(office.signing.makeKey(spec)).rejects.toThrow(new SigningRefusal('key.real-state'))
    expect((await office.signing.keys()).size).toBe(0)
  })
})

describe('before the key signs', () => {
  test('a draft that breaks a rule is refused, and nothing is recorded or signed', async () => {
    // A name that no certificate can have: the profile wants one to sixty-four characters, printable.
    const odd = { ...office, state: { ...office.state, name: 'Utopia'.repeat(20) } }
    await expect(makeRoot(odd, MAKING)).rejects.toThrow(RangeError)
    expect(await signatures()).toBe(0)
  })

  test('what was recorded breaks a rule of this office and is refused, unsigned', async () => {
    office.cutAt('csca.recorded')
    await expect(makeRoot(office, { ...MAKING, ecParameters: 'named' })).rejects.toThrow(PowerCut)
    await expect(makeRoot(office, MAKING)).rejects.toThrow('draft.lint key.ec-explicit')
    expect(await signatures()).toBe(0)
    await makeRoot(office, { ...MAKING, ecParameters: 'named' })
    expect(await signatures()).toBe(1)
  })

  test('bytes that were changed after they were recorded are not signed', async () => {
    office.cutAt('csca.recorded')
    await expect(makeRoot(office, MAKING)).rejects.toThrow(PowerCut)
    const [intent] = await office.store.transaction((tx) =>
      tx.query<{ id: Uint8Array; bytes: Uint8Array }>('select id, bytes from intent'),
    )
    // Within the serial number.
    const changed = intent!.bytes.slice()
    changed[16]! ^= 1
    await office.store.transaction((tx) =>
      tx.query('update intent set bytes = $2 where id = $1', [intent!.id, changed]),
    )
    await expect(makeRoot(office, MAKING)).rejects.toThrow('intent.altered')
    expect(await signatures()).toBe(0)
  })

  test('Ed25519 is no algorithm of travel documents', async () => {
    await expect(makeRoot(office, { ...MAKING, algorithm: 'Ed25519' })).rejects.toThrow(
      'algorithm.not-for-documents',
    )
    await expect(planCeremony(office, 'first', { algorithm: 'Ed25519' })).rejects.toThrow(
      'algorithm.not-for-documents',
    )
    expect((await office.signing.keys()).size).toBe(0)
  })

  test('a number that skips one is refused', async () => {
    await makeRoot(office, MAKING)
    await expect(makeDocumentSigner(office, MAKING, 2)).rejects.toThrow('ordinal.not-next')
    await expect(makeLink(office, MAKING, 3)).rejects.toThrow('ordinal.not-next')
    await expect(publishCrl(office, { ordinal: 2 })).rejects.toThrow('ordinal.not-next')
  })

  test('everything under a root wants the root first', async () => {
    await expect(makeDocumentSigner(office, MAKING, 1)).rejects.toThrow('trust.no-root')
    await expect(makeLink(office, MAKING, 2)).rejects.toThrow('trust.no-root')
    await expect(publishCrl(office)).rejects.toThrow('trust.no-root')
    await expect(publishMasterList(office)).rejects.toThrow('trust.no-list-signer')
    await expect(planCeremony(office, 'signer')).rejects.toThrow('trust.no-root')
  })
})

describe('after the key signed', () => {
  test('a certificate whose signature is not by the named key is void and not kept', async () => {
    const wrong = {
      ...office,
      signing: {
        ...office.signing,
        finish: async (ids: readonly Uint8Array[]) => {
          const signatures = await office.signing.finish(ids)
          return signatures.map((signature) => {
            const other = signature.slice()
            other[other.length - 1]! ^= 1
            return other
          })
        },
      },
    }
    await expect(makeRoot(wrong, MAKING)).rejects.toThrow('sealed.signature')
    const kept = await office.store.transaction((tx) => tx.query('select 1 as one from trust_object'))
    const voided = await office.store.transaction((tx) => tx.query('select reason from voided'))
    expect([kept, voided]).toEqual([[], [{ reason: 'inspection-refused' }]])
    const { certificate, key } = await makeRoot(office, MAKING)
    expect(key.id).toBe('csca-1')
    expect(hex(certificate.serial)).toHaveLength(40)
    expect((await office.signing.keys()).size).toBe(1)
  })
})
