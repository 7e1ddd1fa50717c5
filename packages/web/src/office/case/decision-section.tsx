import { Details, Inset, LinkButton, Tag } from '../../html/index.ts'
import { longDay } from '../../text/dates.ts'
import { caseHref } from '../frame/case-page.tsx'
import type { SectionProps } from './case.tsx'
import { Lacks } from './checks-section.tsx'
import { GroundList } from './ground-list.tsx'

/** What was decided, on which grounds; and the way to decide, or why not. */
export function DecisionSection({ context, file, names }: SectionProps) {
  const t = context.text.office
  const { decision, row } = file
  const standing = decision !== undefined && !['intake', 'decision'].includes(row.status)
  return (
    <section aria-labelledby="decision">
      <h2 id="decision">{t.case.decision.heading}</h2>
      {!standing && (
        <>
          <p>{t.case.decision.none}</p>
          <Lacks context={context} file={file} />
        </>
      )}
      <Returned context={context} file={file} names={names} />
      {standing && (
        <>
          <p>
            <Tag tone={decision.decision === 'approve' ? 'good' : 'bad'}>{t.decide[decision.decision]}</Tag>{' '}
            {t.case.decision.by(names(decision.by), longDay(decision.at, context.language))}
          </p>
          <GroundList context={context} codes={decision.grounds} />
          {decision.letter !== '' && (
            <>
              <h3>{t.preview.letter}</h3>
              <Inset lang={decision.language}>
                <p class="letter">{decision.letter}</p>
              </Inset>
            </>
          )}
          <Details summary={t.case.decision.look}>
            <pre class="exact">{decision.text}</pre>
          </Details>
          {row.status === 'second' && <p>{t.case.decision.waitsSecond}</p>}
        </>
      )}
      {file.mayDo.includes('decide-second') && (
        <p>
          <LinkButton href={caseHref(row.caseId, 'second')}>{t.case.acts['decide-second']}</LinkButton>
        </p>
      )}
    </section>
  )
}

/** Why a second officer did not agree. */
function Returned({ context, file, names }: SectionProps) {
  const event = file.history.findLast(({ kind }) => kind === 'case.decided-second')
  if (event?.body.outcome !== 'returned') return null
  const part = file.parts.find(({ id }) => id === event.body.part)
  const { reason } = (part?.content ?? {}) as { readonly reason?: string }
  return (
    <Inset>
      <p>
        {context.text.office.case.decision.returned(
          names(event.actor.replace('officer:', '')),
          longDay(event.at, context.language),
        )}
      </p>
      <p class="letter">{reason}</p>
    </Inset>
  )
}
