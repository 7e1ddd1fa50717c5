import { appealCase, CaseRefusal } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, TextArea } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { AskedFor } from './parts.tsx'
import { caseIn } from './status.tsx'

export async function appeal(
  context: ApplicantContext,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const holder = await caseIn(context)
  if (holder === undefined) return context.notFound()
  const t = context.text.applicant.appeal
  return context.page({
    title: t.title,
    problems,
    back: { href: `/my/case/${holder.caseId}` },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        {holder.mayAppeal ? (
          <>
            <p class="lead">{t.lead}</p>
            <AskedFor context={context} words={t} who={context.text.applicant.seen.officers} />
            <Form action={context.path} token={context.token()} long>
              <TextArea
                name="text"
                label={t.text}
                hint={t.hint}
                rows={10}
                value={context.form.get('text')}
                problems={problems}
              />
              <Actions>
                <Button>{t.send}</Button>
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

export async function appealPost(context: ApplicantContext): Promise<Response> {
  const id = context.param('case')
  try {
    await appealCase(context.office, context.door, id, context.form.get('text'))
  } catch (error) {
    if (!(error instanceof CaseRefusal)) throw error
    if (error.code === 'text.length')
      return appeal(context, [{ field: 'text', text: context.text.applicant.appeal.tooLong }])
    if (error.code === 'case.status') return appeal(context)
    throw error
  }
  return context.redirect(`/my/case/${id}`)
}
