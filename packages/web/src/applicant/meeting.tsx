import { PLACES, readDraft } from '@nansen/authority'
import { Form, Heading, type Problem, Radios } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { languageNamed } from '../server/language.ts'
import type { Language } from '../text/catalogue.ts'
import { onward, save } from './draft.ts'
import { AskedFor, SaveButtons } from './parts.tsx'

interface Values {
  readonly meeting: string
  readonly language: Language
}

export async function meeting(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  // Before the page is answered, letters are in the language in which it is read.
  return page(context, draft.meeting === '' ? { meeting: '', language: context.language } : draft, [])
}

export async function meetingPost(context: ApplicantContext): Promise<Response> {
  const values: Values = {
    meeting: PLACES.find(({ code }) => code === context.form.get('meeting'))?.code ?? '',
    language: languageNamed(context.form.get('language')) ?? context.language,
  }
  const { problems } = await save(context, { tasks: ['meeting'] }, (draft) => ({ ...draft, ...values }))
  return problems.length > 0 ? page(context, values, problems) : onward(context, '/my/fee')
}

function page(context: ApplicantContext, values: Values, problems: readonly Problem[]): Response {
  const t = context.text.applicant.meeting
  return context.page({
    title: t.title,
    problems,
    back: { href: '/my/family' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <AskedFor context={context} words={t} who={context.text.applicant.seen.clerk} />
        <Form action={context.path} token={context.token()}>
          <Radios
            name="meeting"
            label={t.place}
            value={values.meeting}
            problems={problems}
            choices={PLACES.map(({ code }) => ({ value: code, text: context.text.rules.places[code] }))}
          />
          <Radios
            name="language"
            label={t.language}
            hint={t.languageHint}
            value={values.language}
            choices={[
              { value: 'en', text: 'English', lang: 'en' },
              { value: 'ru', text: 'Русский', lang: 'ru' },
            ]}
          />
          <SaveButtons context={context} />
        </Form>
      </>
    ),
  })
}
