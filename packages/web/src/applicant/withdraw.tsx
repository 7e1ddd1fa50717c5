import { CaseRefusal, withdrawCase } from '@nansen/authority'
import { Actions, Button, Checkboxes, Form, Heading, type Problem } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { caseIn } from './status.tsx'

/** Asks once more before an application is taken back. */
export async function withdraw(
  context: ApplicantContext,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const holder = await caseIn(context)
  if (holder === undefined) return context.notFound()
  const t = context.text.applicant.withdraw
  const back = `/my/case/${holder.caseId}`
  return context.page({
    title: t.title,
    problems,
    back: { href: back },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        {holder.mayWithdraw ? (
          <>
            <p>{t.lead}</p>
            <Form action={context.path} token={context.token()}>
              <Checkboxes
                name="sure"
                label={t.question}
                problems={problems}
                choices={[{ value: 'yes', text: t.confirm }]}
              />
              <Actions>
                <Button kind="warning">{t.sure}</Button>
                <a href={back}>{t.no}</a>
              </Actions>
            </Form>
          </>
        ) : (
          <p>{t.notNow}</p>
        )}
      </>
    ),
  })
}

export async function withdrawPost(context: ApplicantContext): Promise<Response> {
  const id = context.param('case')
  if (!context.form.has('sure'))
    return withdraw(context, [{ field: 'sure', text: context.text.applicant.withdraw.missing }])
  try {
    await withdrawCase(context.office, context.door, id)
  } catch (error) {
    if (error instanceof CaseRefusal && error.code === 'case.status') return withdraw(context)
    throw error
  }
  return context.redirect(`/my/case/${id}`)
}
