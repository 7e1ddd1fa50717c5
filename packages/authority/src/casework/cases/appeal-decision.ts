import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { act, prepareAct } from './act.ts'
import { applicationIn } from './application.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, openParts, sealJson } from './case-parts.ts'
import { sealLetter } from './letters.ts'
import { demandFact, demandText } from './shapes.ts'

/**
 * Decides an appeal, by an officer who took no part in anything of the case before. Reversed, it is decided afresh by
 * two officers who did not refuse it.
 * @throws CaseRefusal appeal.took-part, fact.shape, text.length; officer.*, case.*
 */
export async function decideAppeal(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { outcome, letter: text }: { readonly outcome: 'upheld' | 'reversed'; readonly letter: string },
): Promise<void> {
  demandFact(outcome === 'upheld' || outcome === 'reversed', 'outcome')
  const content = { outcome, letter: demandText(text, 'letter') }
  const asked = { name: 'decide-appeal', caseId, content } as const
  const application = await prepareAct(office, desk, asked, async () =>
    applicationIn(await openParts(office, desk, caseId)),
  )
  if (application === undefined) return
  const { language } = application
  const letter = await sealLetter(office, caseId, `appeal-${outcome}`, { language, text: content.letter })
  const id = office.random(16)
  const part = sealJson(office, octetsOf(caseId), id, 'note', { text: content.letter, appeal: outcome })
  await act(office, desk, asked, async () => ({
    kind: 'case.appeal-decided',
    body: { outcome, part: hex(id) },
    parts: [part],
    letter,
  }))
}
