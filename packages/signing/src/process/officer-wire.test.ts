import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SigningOffice, signingOffice } from '../../../../test/signing-office.ts'
import { enrolSpecimenOfficers, officersOf, type TestOfficers } from '../../../../test/specimen-officers.ts'
import type { Officers } from '../officers/officer.ts'
import type { OfficerDesk } from '../officers/officer-desk.ts'
import { answerOfficerCall, parseOfficerCall } from './officer-wire.ts'
import { remoteOfficers } from './remote-officers.ts'
import { WireError } from './wire-error.ts'

let office: SigningOffice
let officers: TestOfficers
let here: Officers
/** The same, asked over the wire: everything crosses as JSON. */
let there: Officers
beforeAll(async () => {
  office = await signingOffice()
  await enrolSpecimenOfficers(office)
  officers = officersOf(office)
  here = office.signing.officers
  const across = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  there = remoteOfficers(async (call, read) =>
    read(across(await answerOfficerCall(here as OfficerDesk, parseOfficerCall(across(call))))),
  )
})
afterAll(() => office.close())

test('what is asked about officers has the same answer on the other side of the wire', async () => {
  expect(await there.rootOf()).toEqual(await here.rootOf())
  expect(await there.list()).toEqual(await here.list())
  const { token, until } = await there.signIn(await officers.iris.sign(await there.challenge()))
  expect(until).toBeInstanceOf(Date)
  expect(await there.session(token)).toEqual(await here.session(token))
  expect(await there.openings(token)).toEqual({ opened: 0, most: 60 })
  const sofia = (await officers.sofia.signIn()).token
  expect(await there.today(sofia)).toEqual(await here.today(sofia))
  await expect(there.openCase(token, new Uint8Array(16))).rejects.toThrow('case.not-assigned')
  await there.signOut(token)
  expect(await there.session(token)).toBeUndefined()
})

test('two security officers change the chain over the wire as well', async () => {
  const officerId = officers.iris.officer.id
  const change = { kind: 'allow', officerId, day: '2026-03-01', openings: 70 } as const
  const { record, challenge } = await there.draftEnrolment(change)
  await there.enrol(record, [
    await officers.sofia.approve(challenge),
    await officers.sergio.approve(challenge),
  ])
  const { token } = await officers.iris.signIn()
  expect(await there.openings(token)).toEqual({ opened: 0, most: 70 })
})

test.each([
  [{ ask: 'everything' }],
  [{ ask: 'openings' }],
  [{ ask: 'today', token: 7 }],
  [{ ask: 'open', token: 'x', caseId: '00' }],
  [{ ask: 'sign-in', assertion: {} }],
  [{ ask: 'draft', change: null }],
  [{ ask: 'enrol', record: 'xyz', approvals: [] }],
  [null],
])('%j is no question', (call) => {
  expect(() => parseOfficerCall(call)).toThrow(WireError)
})
