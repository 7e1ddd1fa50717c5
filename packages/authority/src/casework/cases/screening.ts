import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { demandDay, demandFact } from './shapes.ts'

/** What the host state's own screening says. The state of origin is never asked, and there is no way to record that it was. */
export interface Screening {
  readonly result: 'clear' | 'concern'
  readonly by: 'host-state'
  /** `2026-11-25` */
  readonly day: string
}

/** @throws CaseRefusal fact.shape; officer.*, case.* */
export async function recordScreening(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { result, by, day }: Screening,
): Promise<void> {
  const caseOctets = octetsOf(caseId)
  demandFact(result === 'clear' || result === 'concern', 'result')
  demandFact(by === 'host-state', 'by')
  demandFact(demandDay(day, 'day').getTime() <= office.clock().getTime(), 'day')
  const content = { result, by, day }
  const id = office.random(16)
  const part = sealJson(office, caseOctets, id, 'screening', content)
  await act(office, desk, { name: 'screening', caseId, content }, async () => ({
    kind: 'case.screened',
    body: { result, part: hex(id) },
    parts: [part],
  }))
}
