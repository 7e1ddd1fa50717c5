import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { mayNowAct } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { openParts } from './case-parts.ts'
import { demandComplete, firstOver } from './decide-first.ts'
import { standing } from './decide-second.ts'
import { checkedInput, type DecisionInput, decisionIn, type ToBeSigned } from './decision.ts'

/**
 * What this officer is about to sign, with the challenge for their authenticator: with `input` as the first officer,
 * without as the second.
 * @throws CaseRefusal as `decideFirst`, `decideSecond`
 */
export async function decisionOver(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  input?: DecisionInput,
): Promise<ToBeSigned & { readonly decision: 'approve' | 'refuse' }> {
  const name = input === undefined ? 'decide-second' : 'decide-first'
  const checked = input && checkedInput(input)
  const ready = await mayNowAct(office, desk, { name, caseId, content: { looks: true } })
  if (ready === undefined) throw new CaseRefusal('case.status')
  const parts = await openParts(office, desk, caseId)
  if (checked !== undefined) {
    demandComplete(ready.known.state, checked.decision)
    return { ...firstOver(office, caseId, parts, checked), decision: checked.decision }
  }
  const { decision } = decisionIn(ready.known.events, parts).content
  return { ...(await standing(office, caseId, ready.known, parts)), decision }
}
