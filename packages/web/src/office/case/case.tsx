import type { CaseFile } from '@nansen/authority'
import { Done, Heading } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { casePage, openThis } from '../frame/case-page.tsx'
import { wasJustDone } from '../frame/done.ts'
import { type OfficerNames, officerNames } from '../frame/officer-names.ts'
import { codeOf } from '../frame/refusal.tsx'
import { ApplicationSection } from './application-section.tsx'
import { ChecksSection } from './checks-section.tsx'
import { DecisionSection } from './decision-section.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { HistorySection } from './history-section.tsx'
import { NextSteps } from './next-steps.tsx'

/** What a section of the case is made from. */
export interface SectionProps {
  readonly context: OfficerContext
  readonly file: CaseFile
  readonly names: OfficerNames
}

/** Everything of one case: whose it is, what to do next, and five sections. */
export async function caseView(context: OfficerContext): Promise<Response> {
  const done = await wasJustDone(context)
  const file = await openAfterAct(context, done)
  if (file === undefined) return context.redirect('/office?queue=mine&moved=1')
  const names = await officerNames(context)
  const t = context.text.office
  const section = { context, file, names }
  return casePage(context, file, {
    title: t.case.title,
    back: { href: '/office?queue=mine', text: t.toQueues },
    main: (
      <>
        {done && <Done title={t.case.done} />}
        <Heading>
          {t.case.title} <span class="code">{file.row.code.slice(0, 5)}</span>
        </Heading>
        <NextSteps context={context} file={file} />
        <nav class="tabs within" aria-label={t.case.sections}>
          <ul>
            {(['application', 'evidence', 'checks', 'decision', 'history'] as const).map((name) => (
              <li>
                <a href={`#${name}`}>{t.case[name].heading}</a>
              </li>
            ))}
          </ul>
        </nav>
        <ApplicationSection {...section} />
        <EvidenceSection {...section} />
        <ChecksSection {...section} />
        <DecisionSection {...section} />
        <HistorySection {...section} />
      </>
    ),
  })
}

/** The case; undefined where what was just done in it moved it on, away from this desk. */
async function openAfterAct(context: OfficerContext, done: boolean): Promise<CaseFile | undefined> {
  try {
    return await openThis(context)
  } catch (error) {
    if (done && codeOf(error) === 'case.not-assigned') return undefined
    throw error
  }
}
