import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { appendToCase, readCase } from '../record/append-to-case.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { demandFact } from './shapes.ts'

/**
 * Says whether another case is of the same person. The other case is told, as it is asked there too. Where it is the
 * same person, neither is approved while the other is open or has a paper. P4
 * @throws CaseRefusal duplicate.unknown; officer.*, case.*
 */
export async function settleDuplicate(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  otherCaseId: string,
  outcome: 'same' | 'different',
): Promise<void> {
  demandFact(outcome === 'same' || outcome === 'different', 'outcome')
  const content = { other: otherCaseId, outcome }
  await act(office, desk, { name: 'settle-duplicate', caseId, content }, async ({ tx, known, officer }) => {
    if (known.state.candidates.get(otherCaseId) !== null) throw new CaseRefusal('duplicate.unknown')
    const other = await readCase(tx, otherCaseId)
    if (other?.state.candidates.get(caseId) === null)
      await appendToCase(tx, office, other, [
        {
          kind: 'case.duplicate-settled',
          // Without a part in the other case: this officer did not look into it.
          body: { actor: `officer:${officer.id}`, other: caseId, outcome },
        },
      ])
    return { kind: 'case.duplicate-settled', body: content }
  })
}
