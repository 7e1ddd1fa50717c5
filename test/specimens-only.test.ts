import { holdCeremony, planCeremony, SPECIMEN_STATES } from '@nansen/authority'
import { codeOf } from '@nansen/formats/mrz'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { specimenCode } from '../packages/signing/src/states.ts'
import {
  type ApprovingOffice,
  type IssuingOffice,
  issueApproved as issue,
  issuingOffice,
  requestFor,
} from './issuing-office.ts'
import { nothingSignedBy, rowsOf, SWITZERLAND, turning, verdictOf } from './real-state.ts'

let office: IssuingOffice
beforeAll(async () => {
  office = await issuingOffice()
}, 120_000)
afterAll(() => office.close())

describe('the states that there are', () => {
  test('exist nowhere, and the office and the room with the keys mean the same ones', () => {
    expect(SPECIMEN_STATES.map(({ code3 }) => code3)).toEqual(['UTO', 'QRR', 'QZZ'])
    for (const { code2, code3 } of SPECIMEN_STATES) {
      expect(codeOf(code3)).toMatchObject({ kind: 'specimen', code2 })
      expect(specimenCode(code2)).toBe(code3)
    }
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const known = letters
      .flatMap((a) => letters.map((b) => a + b))
      .filter((code) => specimenCode(code) !== undefined)
    expect(known.sort()).toEqual(['QR', 'QZ', 'UT'])
    for (const near of ['', 'ut', 'UT ', 'UTO', 'UT\0', 'D', '__proto__', 'constructor'])
      expect(specimenCode(near)).toBeUndefined()
  })
})

describe('issue() of the library', () => {
  test('issues for Utopia', async () => {
    const [result] = await issue(office, [requestFor({ reference: 'control' })])
    expect(result?.outcome).toBe('released')
  })

  test.each<[string, object, string]>([
    ['for a state that exists', { state: 'CHE' }, 'order.real-state'],
    ['of another kind', { kind: 'real' }, 'order.real-state'],
    ['of both', { kind: 'real', state: 'CHE' }, 'order.real-state'],
    ['with a field in which two officers would sign', { approvals: ['one', 'two'] }, 'order.shape'],
    ['for another specimen state', { state: 'QRR' }, 'order.foreign-state'],
    ['with a state that is almost one', { state: 'uto' }, 'order.real-state'],
  ])('refuses an order %s', async (_, changes, code) => {
    await nothingSignedBy(office, async () => {
      const [result] = await issue(office, [requestFor({ reference: 'real', ...changes } as never)])
      expect(result?.outcome).toBe('refused')
      expect(result?.outcome === 'refused' && result.refusal.code).toBe(code)
    })
  })

  test.each<[string, unknown]>([
    ['of a state that exists', SWITZERLAND],
    ['that writes itself Utopia in certificates', { ...SWITZERLAND, code2: 'UT' }],
    ['that writes itself Utopia in zones', { ...SWITZERLAND, code3: 'UTO' }],
  ])('refuses an office %s, whatever is ordered', async (_, state) => {
    const real = { ...office, state } as ApprovingOffice
    for (const ordered of ['UTO', 'CHE'])
      await nothingSignedBy(office, async () => {
        const results = await issue(real, [requestFor({ reference: 'x', state: ordered } as never)]).catch(
          () => [],
        )
        for (const { outcome } of results) expect(outcome).toBe('refused')
      })
  })

  test('issues nothing but a specimen for an office that says another state each time it is asked', async () => {
    for (let after = 0; ; after++) {
      const state = turning(after)
      const real = Object.defineProperty({ ...office }, 'state', { get: state.get }) as ApprovingOffice
      const request = requestFor({ reference: `turning-${after}` })
      const results = await issue(real, [request]).catch(() => [])
      for (const result of results)
        if (result.outcome === 'released') {
          const zone = result.paper.files.find(({ name }) => name === 'EF_DG1.bin')!.bytes
          expect(Buffer.from(zone).toString('latin1')).toMatch(/PTUTO/)
          expect(await verdictOf(office, result.paper.files)).toBe('accepted')
        }
      if (state.looks() <= after) break
    }
  })

  test('issues nothing but a specimen for an order that changes while it is read', async () => {
    for (let after = 0; after < 12; after++) {
      const state = turning(after)
      const request = requestFor({ reference: `changing-${after}` })
      const order = Object.defineProperty({ ...request.order }, 'state', {
        get: () => state.get().code3,
        enumerable: true,
      })
      const results = await issue(office, [{ ...request, order }]).catch(() => [])
      for (const result of results)
        if (result.outcome === 'released')
          expect(await verdictOf(office, result.paper.files)).toBe('accepted')
    }
  })
})

describe('a ceremony', () => {
  test.each(['first', 'link', 'signer', 'crl', 'list'] as const)(
    '%s is not held for a state that exists',
    async (kind) => {
      const real = { ...office, state: SWITZERLAND }
      await nothingSignedBy(office, async () => {
        await expect(planCeremony(real, kind)).rejects.toThrow('state.real')
        const plan = await planCeremony(office, kind)
        await expect(holdCeremony(real, plan, 'nansen test')).rejects.toThrow('state.real')
      })
    },
  )

  test('for an office that turns into another state on the way makes nothing of that state', async () => {
    const plan = await planCeremony(office, 'signer')
    let refused = 0
    for (let after = 0; after < 20; after++) {
      const state = turning(after)
      const real = Object.defineProperty({ ...office }, 'state', { get: state.get }) as typeof office
      await holdCeremony(real, plan, 'nansen test').catch(() => refused++)
    }
    expect(refused).toBeGreaterThan(2)
    for (const [, { state }] of await office.signing.keys()) expect(state).toBe('UT')
    const swiss = await rowsOf(
      office,
      "select count(*) as count from trust_object where position('\\x13024348'::bytea in bytes) > 0",
    )
    expect(swiss).toEqual([{ count: 0 }])
  })
})
