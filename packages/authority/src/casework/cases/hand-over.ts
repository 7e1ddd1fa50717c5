import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { type Fact, openBefore } from '../record/case-state.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { demandFact, demandText } from './shapes.ts'

const FACTS: readonly string[] = ['identity-check', 'lawful-stay', 'screening'] satisfies readonly Fact[]

/**
 * Gives a case to those who decide though facts are missing, as of somebody who never came: it cannot be approved so.
 * @param reason for them
 * @throws CaseRefusal case.incomplete: something is open still; text.length; officer.*, case.*
 */
export async function handOver(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  reason: string,
): Promise<void> {
  const content = { text: demandText(reason, 'reason') }
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'note', content)
  await act(office, desk, { name: 'hand-over', caseId, content }, async ({ known }) => {
    const [open] = openBefore(known.state)
    if (open !== undefined) throw new CaseRefusal('case.incomplete', { field: open })
    return { kind: 'case.handed-over', body: { part: hex(id) }, parts: [part] }
  })
}

/**
 * Gives a case back: from a decision, for facts to be recorded again; from production while there is no paper, to be
 * decided anew, as when an officer who approved it was let go.
 * @param input `again` are the facts; of production, none
 * @throws CaseRefusal production.stage, fact.shape, text.length; officer.*, case.*
 */
export async function sendBack(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  input: { readonly again: readonly Fact[]; readonly reason: string },
): Promise<void> {
  const again = [...input.again].sort()
  demandFact(
    again.every((fact) => FACTS.includes(fact)),
    'again',
  )
  const content = { again, text: demandText(input.reason, 'reason') }
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'note', content)
  await act(office, desk, { name: 'send-back', caseId, content }, async ({ as, known }) => {
    if (as === 'production' && known.state.stage !== undefined) throw new CaseRefusal('production.stage')
    demandFact((as === 'production') === (again.length === 0), 'again')
    return { kind: 'case.sent-back', body: { again: again.join(' '), part: hex(id) }, parts: [part] }
  })
}
