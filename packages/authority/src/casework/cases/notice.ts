import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { demandFact, demandText } from './shapes.ts'

/** Where a wanted notice comes from: one of the state that somebody fled says what that state says. */
export type NoticeOrigin = 'interpol' | 'state-of-origin' | 'other'

const ORIGINS: readonly unknown[] = ['interpol', 'state-of-origin', 'other'] satisfies readonly NoticeOrigin[]

/**
 * Opens a review of a wanted notice, which holds up the decision and decides nothing. P18
 * @throws CaseRefusal notice.open, fact.shape, text.length; officer.*, case.*
 */
export async function openNotice(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { origin, text }: { readonly origin: NoticeOrigin; readonly text: string },
): Promise<void> {
  demandFact(ORIGINS.includes(origin), 'origin')
  const content = { origin, text: demandText(text, 'text') }
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'notice', content)
  await act(office, desk, { name: 'open-notice', caseId, content }, async ({ known }) => {
    if (known.state.notice) throw new CaseRefusal('notice.open')
    return { kind: 'case.notice-opened', body: { origin, part: hex(id) }, parts: [part] }
  })
}

/**
 * Ends the review, by an officer who decides and did not open it. An obstacle refuses nothing by itself: whoever decides
 * names a ground of the rules, and a notice is none.
 * @throws CaseRefusal notice.none, notice.same-officer, fact.shape, text.length; officer.*, case.*
 */
export async function settleNotice(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { outcome, text }: { readonly outcome: 'no-obstacle' | 'obstacle'; readonly text: string },
): Promise<void> {
  demandFact(outcome === 'no-obstacle' || outcome === 'obstacle', 'outcome')
  const content = { outcome, text: demandText(text, 'text') }
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'notice', content)
  await act(office, desk, { name: 'settle-notice', caseId, content }, async () => ({
    kind: 'case.notice-settled',
    body: { outcome, part: hex(id) },
    parts: [part],
  }))
}
