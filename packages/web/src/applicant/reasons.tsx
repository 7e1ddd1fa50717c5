import { GROUNDS, readDraft } from '@nansen/authority'
import { Checkboxes, Form, Heading, type Problem, TextArea } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { onward, save } from './draft.ts'
import { AskedFor, PartlySaved, SaveButtons } from './parts.tsx'

/** What speaks for a passport; nobody gives a reason against themselves. */
const REASONS = GROUNDS.filter(({ kind }) => kind === 'approve')

interface Values {
  readonly reasons: readonly string[]
  readonly story: string
}

export async function reasons(context: ApplicantContext): Promise<Response> {
  return page(context, await readDraft(context.office, context.door), [])
}

export async function reasonsPost(context: ApplicantContext): Promise<Response> {
  const chosen = context.form.all('reasons')
  const values: Values = {
    reasons: REASONS.map(({ code }) => code).filter((code) => chosen.includes(code)),
    story: context.form.get('story'),
  }
  const { problems } = await save(context, { tasks: ['reasons'] }, (draft) => ({ ...draft, ...values }))
  return problems.length > 0 ? page(context, values, problems) : onward(context, '/my/stay')
}

function page(context: ApplicantContext, values: Values, problems: readonly Problem[]): Response {
  const t = context.text.applicant.reasons
  return context.page({
    title: t.title,
    problems,
    back: { href: '/my' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <PartlySaved context={context} problems={problems} />
        <AskedFor context={context} words={t} who={context.text.applicant.seen.officers} />
        <Form action={context.path} token={context.token()} long>
          <Checkboxes
            name="reasons"
            label={t.grounds}
            values={values.reasons}
            problems={problems}
            choices={REASONS.map(({ code }) => ({ value: code, text: context.text.rules.grounds[code] }))}
          />
          <TextArea
            name="story"
            label={t.story}
            hint={t.storyHint}
            value={values.story}
            rows={10}
            problems={problems}
          />
          <SaveButtons context={context} />
        </Form>
      </>
    ),
  })
}
