import { hex } from '@nansen/formats/tlv'
import type { Approval } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { type CaseState, lacksFor, openBefore } from '../record/case-state.ts'
import { RULES_VERSION } from '../rules/grounds.ts'
import { act, prepareAct } from './act.ts'
import { applicationIn, photoIn } from './application.ts'
import { type AtDesk, askKeyService } from './at-desk.ts'
import { type OpenedPart, octetsOf, openParts, sealJson } from './case-parts.ts'
import {
  checkedInput,
  type DecisionContent,
  type DecisionInput,
  refusalText,
  type ToBeSigned,
  toBeSigned,
} from './decision.ts'
import { draftOrderOf, orderBytes } from './draft-order.ts'

/**
 * The first of two decisions: over the exact octets of an order, or of a refusal. Whatever is missing holds an approval
 * up, whatever the case's status says. P1
 * @throws CaseRefusal decision.*, case.incomplete, case.same-person, officer.assertion; officer.*, case.*
 */
export async function decideFirst(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  given: DecisionInput,
  approval: Approval,
): Promise<void> {
  const input = checkedInput(given)
  const asked = { name: 'decide-first', caseId, content: { ...input } } as const
  const content = await prepareAct(office, desk, asked, async (ready): Promise<DecisionContent> => {
    demandComplete(ready.known.state, input.decision)
    if (approval.officer !== ready.officer.id) throw new CaseRefusal('officer.assertion')
    const parts = await openParts(office, desk, caseId)
    const { over, text } = firstOver(office, caseId, parts, input)
    await askKeyService(() => office.signing.officers.checkApproval(input.decision, over, approval))
    return { ...input, rules: RULES_VERSION, language: applicationIn(parts).language, text, approval }
  })
  if (content === undefined) return

  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'decision', content)
  await act(office, desk, asked, async ({ tx, known }) => {
    demandComplete(known.state, input.decision)
    if (input.decision === 'approve') await demandNoSamePerson(tx, known.state)
    return {
      kind: 'case.decided-first',
      body: {
        decision: input.decision,
        grounds: input.grounds.join(' '),
        rules: RULES_VERSION,
        part: hex(id),
      },
      parts: [part],
    }
  })
}

/** Exactly what the first officer signs. @throws CaseRefusal decision.order, case.altered */
export function firstOver(
  office: CaseOffice,
  caseId: string,
  parts: readonly OpenedPart[],
  { decision, grounds, letter, documentCode }: DecisionInput,
): ToBeSigned {
  if (decision === 'refuse') return toBeSigned('refuse', refusalText(caseId, grounds, letter))
  const sources = { caseId, application: applicationIn(parts), photo: photoIn(parts) }
  const bytes = orderBytes(draftOrderOf(office, sources, documentCode), office.clock())
  return toBeSigned('approve', new TextDecoder().decode(bytes))
}

/** @throws CaseRefusal case.incomplete, with what is missing as `field` */
export function demandComplete(state: CaseState, decision: 'approve' | 'refuse'): void {
  const [lack] = decision === 'approve' ? lacksFor(state) : openBefore(state)
  if (lack !== undefined) throw new CaseRefusal('case.incomplete', { field: lack })
}

/** One person has one paper: of two cases of theirs one is refused or taken back first. @throws CaseRefusal case.same-person */
export async function demandNoSamePerson(tx: Tx, { candidates }: CaseState): Promise<void> {
  const same = [...candidates].filter(([, outcome]) => outcome === 'same').map(([other]) => octetsOf(other))
  if (same.length === 0) return
  const open = await tx.query(
    `select 1 as one from case_file where id = any($1::bytea[]) and status not in ('refused', 'withdrawn') limit 1`,
    [same],
  )
  if (open.length > 0) throw new CaseRefusal('case.same-person')
}
