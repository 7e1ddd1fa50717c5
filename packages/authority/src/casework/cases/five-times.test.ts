import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  APPROVE,
  CHECK,
  caseEvents,
  caseOctets,
  fresh,
  SCREENING,
  STAY,
  seatAll,
  sqlOf,
} from '../../../../../test/desk.ts'
import { stateOf } from '../record/case-state.ts'
import { assignCase, releaseCase } from './assign.ts'
import { addBlanks } from './blanks.ts'
import { openCase } from './case-file.ts'
import { decideFirst } from './decide-first.ts'
import { decideSecond } from './decide-second.ts'
import { decisionOver } from './decision-over.ts'
import { recordIdentityCheck } from './identity-check.ts'
import { issueCase } from './issue-case.ts'
import { addNote } from './note.ts'
import { openNotice, settleNotice } from './notice.ts'
import { collected, dispatched, printed, qualityChecked } from './production.ts'
import { closeRequest, requestMore } from './request-more.ts'
import { recordScreening } from './screening.ts'
import { recordStay } from './stay.ts'

let office: TestCaseOffice
let at: AllSeated
beforeAll(async () => {
  office = await caseOffice()
})
beforeEach(async () => {
  office.at('2026-11-24T10:00:00Z')
  at = await seatAll(office)
})
afterAll(() => office.close())

const sql = sqlOf(() => office)

describe('P4: each act five times at once is done once', () => {
  test('from the counter to the holder', async () => {
    const { caseId } = await fresh(office)
    const five = async (what: () => Promise<void>) => {
      for (const outcome of await Promise.allSettled(Array.from({ length: 5 }, what)))
        if (outcome.status === 'rejected') throw outcome.reason
    }
    const { iris, dario, dana, petra } = at
    await five(() => assignCase(office, iris, caseId))
    await five(() => addNote(office, iris, caseId, 'Once.'))
    await five(() => openNotice(office, iris, caseId, { origin: 'interpol', text: 'A notice.' }))
    await five(() => releaseCase(office, iris, caseId))
    await five(() => assignCase(office, dana, caseId))
    await five(() => settleNotice(office, dana, caseId, { outcome: 'no-obstacle', text: 'None.' }))
    await five(() => releaseCase(office, dana, caseId))
    await five(() => assignCase(office, iris, caseId))
    await five(() =>
      requestMore(office, iris, caseId, {
        items: [{ code: 'letter', text: 'A letter.' }],
        due: '2026-12-20',
        language: 'en',
      }),
    )
    await five(() => closeRequest(office, iris, caseId))
    await five(async () => void (await openCase(office, iris, caseId)))
    await five(() => recordIdentityCheck(office, iris, caseId, CHECK))
    await five(() => recordStay(office, iris, caseId, STAY))
    await five(() => recordScreening(office, iris, caseId, SCREENING))
    await five(() => assignCase(office, dario, caseId))
    const one = await decisionOver(office, dario, caseId, APPROVE)
    await five(async () => decideFirst(office, dario, caseId, APPROVE, await dario.approve(one.challenge)))
    await five(() => assignCase(office, dana, caseId))
    const two = await decisionOver(office, dana, caseId)
    await five(async () =>
      decideSecond(office, dana, caseId, { agree: true, reason: '' }, await dana.approve(two.challenge)),
    )
    await five(() => assignCase(office, petra, caseId))
    await five(() => issueCase(office, petra, caseId))
    await five(() => addBlanks(office, petra, 'P0000001', 2))
    await five(() => printed(office, petra, caseId, 'P0000001'))
    await five(() => qualityChecked(office, petra, caseId, true))
    await five(() => dispatched(office, petra, caseId))
    await five(() => collected(office, petra, caseId))

    const events = await caseEvents(office, caseId)
    const acts = events.map(({ kind }) => kind).filter((kind) => !/opened$|assigned|released|fee/.test(kind))
    expect(acts).toEqual([
      'case.submitted',
      'case.noted',
      'case.notice-settled',
      'case.requested',
      'case.request-closed',
      'case.identity-checked',
      'case.stay-recorded',
      'case.screened',
      'case.decided-first',
      'case.decided-second',
      'case.generated',
      'case.printed',
      'case.checked',
      'case.dispatched',
      'case.collected',
    ])
    // Iris, Dario, Dana and Petra, on one day.
    expect(stateOf(events)?.openings).toBe(4)
    expect(events.filter(({ kind }) => kind === 'case.notice-opened')).toHaveLength(1)
    const parts = await sql<{ kind: string }>('select kind from case_part where case_id = $1', [
      caseOctets(caseId),
    ])
    const made = parts.map(({ kind }) => kind).filter((kind) => kind === 'decision' || kind === 'paper')
    expect(made.sort()).toEqual(['decision', 'paper'])
  })
})
