import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { stayBasisOf } from '../rules/stay-bases.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { isListOfKinds } from './identity-check.ts'
import { demandDay, demandFact } from './shapes.ts'

/** Whether the person stays lawfully where they are. */
export interface StayFact {
  readonly lawful: boolean
  /** A code of STAY_BASES. */
  readonly basis: string
  /** `2027-03-31`, or empty. */
  readonly until: string
  /** Codes of EVIDENCE_KINDS: what shows it. */
  readonly seen: readonly string[]
}

/** @throws CaseRefusal fact.shape; officer.*, case.* */
export async function recordStay(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { lawful, basis, until, seen }: StayFact,
): Promise<void> {
  const caseOctets = octetsOf(caseId)
  demandFact(typeof lawful === 'boolean', 'lawful')
  demandFact(stayBasisOf(basis) !== undefined, 'basis')
  if (until !== '') demandDay(until, 'until')
  demandFact(isListOfKinds(seen), 'seen')
  const content = { lawful, basis, until, seen: [...seen] }
  const id = office.random(16)
  const part = sealJson(office, caseOctets, id, 'stay', content)
  await act(office, desk, { name: 'stay', caseId, content }, async () => ({
    kind: 'case.stay-recorded',
    body: { lawful, part: hex(id) },
    parts: [part],
  }))
}
