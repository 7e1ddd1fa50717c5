import { CaseRefusal, hasRoleFor, parseCaseCode, takeForWords } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { caseHref } from '../frame/case-page.tsx'
import { officePage } from '../frame/office-page.tsx'
import { codeOf, problemsOf } from '../frame/refusal.tsx'

/** Whether this officer gives new words, as the first or as the second. */
export const givesWords = ({ desk }: OfficerContext): boolean => hasRoleFor(desk.officer, 'confirm-words')

/** Where a case is taken whose person has lost the words of their page: it may be in no queue. */
export function lostWords(context: OfficerContext, problems: readonly Problem[] = []): Promise<Response> {
  if (!givesWords(context)) throw new CaseRefusal('officer.role')
  const { queues, lostWords: t } = context.text.office
  return officePage(context, {
    title: t.title,
    problems,
    back: { href: '/office', text: context.text.office.toQueues },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Form action="/office/lost-words" token={context.token()}>
          <TextInput
            name="code"
            label={t.code}
            hint={queues.searchHint}
            value={context.form.get('code')}
            problems={problems}
            maxlength={60}
          />
          <Actions>
            <Button>{t.take}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}

/** Takes it, and shows the form for new words. */
export async function takeOfLostWords(context: OfficerContext): Promise<Response> {
  if (!givesWords(context)) throw new CaseRefusal('officer.role')
  const { office, desk, form, text } = context
  const caseId = parseCaseCode(form.get('code'))
  if (caseId === undefined) return lostWords(context, [{ field: 'code', text: text.office.queues.notCode }])
  try {
    await takeForWords(office, desk, caseId)
  } catch (error) {
    if (codeOf(error) === 'case.unknown')
      return lostWords(context, [{ field: 'code', text: text.office.lostWords.notFound }])
    return lostWords(context, problemsOf(context, error, { other: 'code' }))
  }
  return context.redirect(caseHref(caseId, 'new-words'))
}
