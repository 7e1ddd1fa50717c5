import { casesOf } from '@nansen/authority'
import { Actions, Done, Heading, LinkButton } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { longDay } from '../text/dates.ts'

/** What was handed in, when, and by when it is decided: to be written down or printed. */
export async function receipt(context: ApplicantContext): Promise<Response> {
  const cases = await casesOf(context.office, context.door)
  const [first] = cases
  if (first === undefined) return context.redirect('/my')
  const t = context.text.applicant.receipt
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <Done title={t.done}>
          <p>{t.lead}</p>
        </Done>
        <dl class="facts">
          {cases.map(({ code, minor }) => (
            <div>
              <dt>{minor && cases.length > 1 ? t.codeChild : t.code}</dt>
              <dd>
                <span class="code">{code}</span>
              </dd>
            </div>
          ))}
          <div>
            <dt>{t.day}</dt>
            <dd>{longDay(first.submitted, context.language)}</dd>
          </div>
          <div>
            <dt>{t.due}</dt>
            <dd>{longDay(first.due, context.language)}</dd>
          </div>
        </dl>
        <p>{t.codeText}</p>
        <h2>{t.next}</h2>
        <ol class="steps">
          {t.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <Actions>
          <LinkButton href="/my">{t.toHome}</LinkButton>
        </Actions>
      </>
    ),
  })
}
