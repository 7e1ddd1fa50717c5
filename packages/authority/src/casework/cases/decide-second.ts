import { hex, sameBytes } from '@nansen/formats/tlv'
import type { Approval } from '@nansen/signing'
import { encodeOrder, type SpecimenOrder } from '../../issuing/order.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import type { CaseEvent } from '../record/case-event.ts'
import { textOf } from '../record/case-event.ts'
import type { CaseState } from '../record/case-state.ts'
import { act, prepareAct } from './act.ts'
import { applicationIn, photoIn } from './application.ts'
import { type AtDesk, askKeyService } from './at-desk.ts'
import { type OpenedPart, octetsOf, openParts, sealJson } from './case-parts.ts'
import { demandComplete, demandNoSamePerson } from './decide-first.ts'
import {
  type ConfirmationContent,
  type DecisionContent,
  decisionIn,
  refusalText,
  type ToBeSigned,
  toBeSigned,
} from './decision.ts'
import { draftOrderOf } from './draft-order.ts'
import { sealLetter } from './letters.ts'
import { demandText } from './shapes.ts'

/**
 * The second decision, by another officer: over the very octets that the first one signed, or the case goes back. A
 * refusal that is confirmed reaches the applicant as a letter, with their right to appeal.
 * @param input `reason` is for the file, and demanded where the case goes back
 * @param approval of whoever agrees
 * @throws CaseRefusal decision.second-officer-required, decision.changed, case.incomplete, officer.assertion; officer.*, case.*
 */
export async function decideSecond(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { agree, reason: given }: { readonly agree: boolean; readonly reason: string },
  approval: Approval | undefined,
): Promise<void> {
  const reason = demandText(given, 'reason', agree ? 0 : 1)
  const asked = { name: 'decide-second', caseId, content: { agree, reason } } as const
  const looked = await prepareAct(office, desk, asked, async ({ officer, known }) => {
    if (agree && approval?.officer !== officer.id) throw new CaseRefusal('officer.assertion')
    const parts = await openParts(office, desk, caseId)
    const found = decisionIn(known.events, parts)
    if (!agree) return found
    demandComplete(known.state, found.content.decision)
    const { over } = await standing(office, caseId, known, parts)
    await askKeyService(() => office.signing.officers.checkApproval(found.content.decision, over, approval!))
    return found
  })
  if (looked === undefined) return
  const { id: decision, content } = looked

  const outcome = agree ? ({ approve: 'approved', refuse: 'refused' } as const)[content.decision] : 'returned'
  const confirmation: ConfirmationContent = {
    decision,
    agree,
    reason,
    ...(agree && { approval: approval! }),
  }
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'confirmation', confirmation)
  const letter =
    outcome === 'returned' || content.letter === ''
      ? undefined
      : await sealLetter(office, caseId, outcome, { language: content.language, text: content.letter })
  await act(office, desk, asked, async ({ tx, known: now }) => {
    // Somebody took it back and decided anew in between: that is not what was looked at here.
    if (lastFirst(now.events) !== decision) throw new CaseRefusal('decision.changed')
    if (outcome !== 'returned') demandComplete(now.state, content.decision)
    if (outcome === 'approved') await demandNoSamePerson(tx, now.state)
    return { kind: 'case.decided-second', body: { outcome, part: hex(id) }, parts: [part], letter }
  })
}

const lastFirst = (events: readonly CaseEvent[]): string => {
  const event = events.findLast(({ kind }) => kind === 'case.decided-first')
  return event === undefined ? '' : textOf(event, 'part')
}

/**
 * What the second officer signs: what the first one signed, if it is that still. The octets are made again from what
 * the applicant handed in, and the first signature is verified over them. P1
 * @throws CaseRefusal decision.changed
 */
export async function standing(
  office: CaseOffice,
  caseId: string,
  { events, state }: { readonly events: readonly CaseEvent[]; readonly state: CaseState },
  parts: readonly OpenedPart[],
): Promise<ToBeSigned> {
  const { content, event } = decisionIn(events, parts)
  const same =
    content.text === textNow(office, caseId, parts, content) &&
    textOf(event, 'decision') === content.decision &&
    textOf(event, 'grounds') === content.grounds.join(' ') &&
    state.first?.by === content.approval.officer
  if (!same) throw new CaseRefusal('decision.changed')
  const signed = toBeSigned(content.decision, content.text)
  try {
    await askKeyService(() =>
      office.signing.officers.checkApproval(content.decision, signed.over, content.approval),
    )
  } catch (error) {
    if (!(error instanceof CaseRefusal)) throw error
    throw new CaseRefusal('decision.changed', { cause: error })
  }
  return signed
}

function textNow(
  office: CaseOffice,
  caseId: string,
  parts: readonly OpenedPart[],
  { decision, grounds, letter, documentCode }: DecisionContent,
): string {
  if (decision === 'refuse') return refusalText(caseId, grounds, letter)
  const sources = { caseId, application: applicationIn(parts), photo: photoIn(parts) }
  return new TextDecoder().decode(encodeOrder(draftOrderOf(office, sources, documentCode)))
}

/** The order that was approved, from exactly the octets that were signed. @throws CaseRefusal decision.changed */
export function orderIn(content: DecisionContent, caseId: string): SpecimenOrder {
  const bytes = new TextEncoder().encode(content.text)
  try {
    const order = JSON.parse(content.text) as SpecimenOrder
    if (content.decision === 'approve' && order.reference === caseId && sameBytes(encodeOrder(order), bytes))
      return order
  } catch (error) {
    throw new CaseRefusal('decision.changed', { cause: error })
  }
  throw new CaseRefusal('decision.changed')
}
