import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SigningOffice, signingOffice } from '../../../../test/signing-office.ts'
import { enrolSpecimenOfficers, officersOf, type TestOfficers } from '../../../../test/specimen-officers.ts'
import { sealParts } from '../case-parts.ts'
import type { Approval, DayOfOfficer, Officer } from './officer.ts'

let office: SigningOffice
let officers: TestOfficers
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const octets = (n: number, length: number) => new Uint8Array(length).fill(n)

beforeEach(async () => {
  office = await signingOffice({ restsOnOrders: true })
  await enrolSpecimenOfficers(office)
  officers = officersOf(office)
}, 60_000)
afterEach(() => office.close())

const desk = () => office.signing.officers

describe('opening cases (P8)', () => {
  async function newCase(n: number, officer: Officer | undefined): Promise<Uint8Array> {
    const caseId = new Uint8Array(16)
    new DataView(caseId.buffer).setUint32(0, n)
    const partId = Uint8Array.from(caseId).fill(1, 15)
    const [part] = sealParts(office.signing.wrappingPoint, caseId, [
      { partId, bytes: Buffer.from('a story') },
    ])
    await office.store.transaction(async (tx) => {
      await tx.query("insert into account values ('\\x01', '\\x02') on conflict do nothing")
      await tx.insert('case_file', [
        {
          id: caseId,
          account_id: Uint8Array.of(1),
          family_id: caseId,
          status: 'intake',
          minor: false,
          waiting: false,
          notice: false,
          duplicate: false,
          officer_id: officer === undefined ? null : Buffer.from(officer.id, 'hex'),
          submitted: office.now,
          due: office.now,
          paused_since: null,
        },
      ])
      await tx.insert('case_part', [
        { id: partId, case_id: caseId, seq: 0, kind: 'note', wrapped: part!.wrapped, bytes: part!.bytes },
      ])
    })
    return caseId
  }

  test('gives the keys to the officer who has the case, and the opening is in its events first', async () => {
    const caseId = await newCase(1, officers.iris.officer)
    const { token } = await officers.iris.signIn()
    expect(await desk().openCase(token, caseId)).toHaveLength(1)
    await desk().openCase(token, caseId)
    expect(await office.sql("select kind from event where stream like 'case/%'")).toEqual([
      { kind: 'case.opened' },
    ])
    expect(await office.sql('select count(*) as n from log_entry')).toEqual([{ n: 1 }])
  })

  test('one that is another’s, nobody’s, or not there is answered alike', async () => {
    const { token } = await officers.iris.signIn()
    const cases = [await newCase(1, officers.ivo.officer), await newCase(2, undefined), octets(5, 16)]
    for (const caseId of cases)
      await expect(desk().openCase(token, caseId)).rejects.toThrow('case.not-assigned')
    expect(await office.sql('select count(*) as n from event')).toEqual([{ n: 0 }])
  })

  test('of two hundred stops at the budget, also after a restart and with the clock set back', async () => {
    const ids: Uint8Array[] = []
    for (let n = 0; n < 200; n++) ids.push(await newCase(n, officers.iris.officer))
    let { token } = await officers.iris.signIn()
    const outcomes = await Promise.allSettled(ids.map((caseId) => desk().openCase(token, caseId)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(60)
    await office.reopen()
    ;({ token } = await officersOf(office).iris.signIn())
    await expect(desk().openCase(token, ids[199]!)).rejects.toThrow('case.budget')
    expect(await desk().openings(token)).toEqual({ opened: 60, most: 60 })
    office.now = new Date(office.now.getTime() - 86_400_000)
    ;({ token } = await officersOf(office).iris.signIn())
    await expect(desk().openCase(token, ids[199]!)).rejects.toThrow('case.budget')
    office.now = new Date(office.now.getTime() + 2 * 86_400_000)
    ;({ token } = await officersOf(office).iris.signIn())
    expect(await desk().openCase(token, ids[199]!)).toHaveLength(1)
  })

  async function newCases(count: number): Promise<Uint8Array[]> {
    const ids: Uint8Array[] = []
    for (let n = 0; n < count; n++) ids.push(await newCase(n, officers.iris.officer))
    return ids
  }
  const opensAll = async (token: string, ids: readonly Uint8Array[]) =>
    (await Promise.allSettled(ids.map((caseId) => desk().openCase(token, caseId)))).filter(
      ({ status }) => status === 'fulfilled',
    ).length

  test('beyond the budget is told to those who watch, and is an event for good, once a day', async () => {
    const { token } = await officers.iris.signIn()
    expect(await opensAll(token, await newCases(62))).toBe(60)
    expect(await office.sql("select kind, stream from event where kind = 'officer.stopped'")).toEqual([
      { kind: 'officer.stopped', stream: `officer/${officers.iris.officer.id}` },
    ])
    await office.reopen()
    const again = officersOf(office)
    const ofIris = (days: readonly DayOfOfficer[]) =>
      days.find(({ officerId }) => officerId === officers.iris.officer.id)
    for (const name of ['sofia', 'ada'] as const)
      expect(ofIris(await desk().today((await again[name].signIn()).token))).toEqual({
        officerId: officers.iris.officer.id,
        opened: 60,
        most: 60,
        stopped: true,
      })
    const iris = (await again.iris.signIn()).token
    await expect(desk().today(iris)).rejects.toThrow('officer.session')
    await expect(desk().today('x')).rejects.toThrow('officer.session')
    office.now = new Date(office.now.getTime() + 86_400_000)
    const sofia = (await officersOf(office).sofia.signIn()).token
    expect(ofIris(await desk().today(sofia))).toMatchObject({ opened: 0, stopped: false })
  })

  test('goes on where two security officers allow more, for that officer on that day alone', async () => {
    const ids = await newCases(62)
    const { token } = await officers.iris.signIn()
    expect(await opensAll(token, ids)).toBe(60)
    const change = {
      kind: 'allow' as const,
      officerId: officers.iris.officer.id,
      day: office.now.toISOString().slice(0, 10),
      openings: 61,
    }
    const { record, challenge } = await desk().draftEnrolment(change)
    const [sofia, sergio, dario] = [officers.sofia, officers.sergio, officers.dario]
    for (const signers of [
      [sofia, sofia],
      [sofia, dario],
    ] as const)
      await expect(
        desk().enrol(record, [await signers[0].approve(challenge), await signers[1].approve(challenge)]),
      ).rejects.toThrow('officers.approvals')
    await desk().enrol(record, [await sofia.approve(challenge), await sergio.approve(challenge)])
    expect(await desk().openings(token)).toEqual({ opened: 60, most: 61 })
    // Those that were opened before do not count again.
    expect(await opensAll(token, ids)).toBe(61)
    const ivo = await officers.ivo.signIn()
    expect(await desk().openings(ivo.token)).toEqual({ opened: 0, most: 60 })
    office.now = new Date(office.now.getTime() + 86_400_000)
    const tomorrow = await officersOf(office).iris.signIn()
    expect(await desk().openings(tomorrow.token)).toEqual({ opened: 0, most: 60 })
  })

  test.each([
    ['without end', { openings: 1001 }],
    ['of nothing', { openings: 0 }],
    ['of half a case', { openings: 1.5 }],
    ['on no day', { day: 'tomorrow' }],
    ['for nobody', { officerId: '0'.repeat(32) }],
    ['with a field more', { note: 'x' }],
  ])('an allowance %s is no record', async (_, changes) => {
    const change = {
      kind: 'allow' as const,
      officerId: officers.iris.officer.id,
      day: '2026-11-25',
      openings: 90,
    }
    const { record, challenge } = await desk().draftEnrolment({ ...change, ...changes })
    const approvals = [await officers.sofia.approve(challenge), await officers.sergio.approve(challenge)]
    await expect(desk().enrol(record, approvals as [Approval, Approval])).rejects.toThrow('officers.record')
  })

  test('without a session gives nothing', async () => {
    const caseId = await newCase(1, officers.iris.officer)
    for (const token of ['', b64(octets(1, 32)), 'x'])
      await expect(desk().openCase(token, caseId)).rejects.toThrow('officer.session')
  })
})
