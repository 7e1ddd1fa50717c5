import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { demandText } from './shapes.ts'

/** A note for whoever holds the case after this officer, sealed as all of it. @throws CaseRefusal text.length; officer.*, case.* */
export async function addNote(office: CaseOffice, desk: AtDesk, caseId: string, text: string): Promise<void> {
  const content = { text: demandText(text, 'text') }
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'note', content)
  await act(office, desk, { name: 'note', caseId, content }, async () => ({
    kind: 'case.noted',
    body: { part: hex(id) },
    parts: [part],
  }))
}
