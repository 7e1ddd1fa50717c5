import type { Officer } from '@nansen/signing'
import type { EventBody } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { appendToCase, caseTransaction, type NewCaseEvent, readCase } from '../record/append-to-case.ts'
import type { CaseState } from '../record/case-state.ts'
import { type Leave, leaveToTake, leaveToTakeForWords } from './acts.ts'
import { type AtDesk, officerAt } from './at-desk.ts'

/**
 * Takes a case: it is this officer's alone until they let go of it or have done their part. Taken again, it stays.
 * Whoever was let go holds nothing any more.
 * @throws CaseRefusal officer.session; case.unknown: in none of the officer's queues; case.assigned-to-another;
 *   officer.other-part, decision.*, appeal.took-part: they could do nothing on it
 */
export const assignCase = (office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> =>
  take(office, desk, caseId, leaveToTake)

/**
 * Takes a case whose person has lost the words of their page, whatever queue it is in, or none.
 * @throws CaseRefusal officer.session; case.unknown: no such case, taken back, or no part of this officer;
 *   case.assigned-to-another
 */
export const takeForWords = (office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> =>
  take(office, desk, caseId, leaveToTakeForWords, { for: 'new-words' })

async function take(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  leaveOf: (officer: Officer, state: CaseState) => Leave,
  why: EventBody = {},
): Promise<void> {
  const officer = await officerAt(office, desk)
  const active = new Set((await office.signing.officers.list()).map(({ id }) => id))
  await caseTransaction(office, async (tx) => {
    const known = await readCase(tx, caseId)
    if (known === undefined) throw new CaseRefusal('case.unknown')
    const { state } = known
    const leave = leaveOf(officer, state)
    if ('refused' in leave && leave.refused === 'case.unknown') throw new CaseRefusal('case.unknown')
    if (state.officer === officer.id) return
    if (state.officer !== undefined && active.has(state.officer))
      throw new CaseRefusal('case.assigned-to-another')
    if ('refused' in leave) throw new CaseRefusal(leave.refused)
    const actor = `officer:${officer.id}`
    const news: NewCaseEvent[] = [{ kind: 'case.assigned', body: { actor, officer: officer.id, ...why } }]
    if (state.officer !== undefined) news.unshift({ kind: 'case.released', body: { actor } })
    if ((await appendToCase(tx, office, known, news)) === undefined) throw new CaseRefusal('case.status')
  })
}

/**
 * Lets go of a case. Said again, nothing more happens.
 * @throws CaseRefusal officer.session, case.not-assigned
 */
export async function releaseCase(office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> {
  const officer = await officerAt(office, desk)
  const actor = `officer:${officer.id}`
  await caseTransaction(office, async (tx) => {
    const known = await readCase(tx, caseId)
    const last = known?.events.findLast(({ kind }) => kind !== 'case.opened')
    if (last?.kind === 'case.released' && last.body.actor === actor) return
    if (known === undefined || known.state.officer !== officer.id) throw new CaseRefusal('case.not-assigned')
    await appendToCase(tx, office, known, [{ kind: 'case.released', body: { actor } }])
  })
}
