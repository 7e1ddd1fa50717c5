import { CaseRefusal, casesOf, pageCode } from '@nansen/authority'
import { Heading, Inset, LinkButton, SummaryList } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'

/**
 * For somebody who had a page before: what to do, and what to show to the officers, who bring its cases to this page. It
 * must be empty, so a page with cases leads to a new one.
 */
export async function lostWords(context: ApplicantContext): Promise<Response> {
  const { door, office } = context
  if (door.as !== 'holder') throw new CaseRefusal('door.scope')
  const inUse = (await casesOf(office, door)).length > 0
  const t = context.text.applicant.lostWords
  return context.page({
    title: t.title,
    back: { href: '/my' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        {inUse ? (
          <>
            <p class="lead">{t.inUse}</p>
            <LinkButton href="/begin">{t.begin}</LinkButton>
          </>
        ) : (
          <>
            <p class="lead">{t.lead}</p>
            <ol class="steps">
              {t.steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
            <SummaryList rows={[{ term: t.code, value: <span class="code">{pageCode(door)}</span> }]} />
            <p class="hint">{t.codeText}</p>
            <Inset>
              <p>{t.letters}</p>
            </Inset>
          </>
        )}
      </>
    ),
  })
}
