import { readDraft } from '@nansen/authority'
import { Form, Heading, type Problem, Select, TextInput } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import type { Language } from '../text/catalogue.ts'
import { aboutWhom, personIn, type Somebody, save, withPerson } from './draft.ts'
import { AskedFor, PartlySaved, SaveButtons } from './parts.tsx'

/** Languages of names, of the people who come most. Others are written by the general tables. */
const NAME_LANGUAGES =
  `ru uk be kk ky uz tg tk az ka hy ro tt ba ce os et lv lt pl de en fr es tr ar fa ps ur hi zh my vi
am ti so sw`.split(/\s+/u)

interface Values {
  readonly nameLanguage: string
  readonly familyName: string
  readonly givenNames: string
}

export async function name(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  return somebody === undefined ? context.notFound() : page(context, somebody, somebody.person, [])
}

export async function namePost(context: ApplicantContext): Promise<Response> {
  const { form } = context
  const id = context.param('person')
  const before = await readDraft(context.office, context.door)
  const somebody = personIn(before, id)
  if (somebody === undefined) return context.notFound()
  const values: Values = {
    nameLanguage: form.get('name-language'),
    familyName: oneLine(form.get('family-name')),
    givenNames: oneLine(form.get('given-names')),
  }
  const long = [values.familyName, values.givenNames].findIndex((name) => name.length > LONGEST)
  if (long !== -1) {
    const text = context.text.applicant.problems['order.name-too-long']
    return page(context, somebody, values, [
      { field: long === 0 ? 'family-name' : 'given-names', text, unsaved: true },
    ])
  }
  const { problems } = await save(context, { tasks: ['name'], person: id }, (draft) =>
    withPerson(draft, id, (person) => ({
      ...person,
      ...values,
      spellingConfirmed: person.spellingConfirmed && isSame(person, values),
    })),
  )
  const own = problems.filter(({ field }) => field !== 'spelling-confirmed')
  if (own.length > 0) return page(context, somebody, values, own)
  return context.redirect(form.get('go') === 'home' ? '/my' : `/my/person/${id}/spelling`)
}

/** Characters: more is not kept, and a passport has room for half of it. */
const LONGEST = 200

/** One way to write a name: without spaces too many. */
const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

const isSame = (person: Values, values: Values): boolean =>
  person.familyName === values.familyName &&
  person.givenNames === values.givenNames &&
  person.nameLanguage === values.nameLanguage

function page(
  context: ApplicantContext,
  somebody: Somebody,
  values: Values,
  problems: readonly Problem[],
): Response {
  const t = context.text.applicant.name
  const language = values.nameLanguage || undefined
  return context.page({
    title: t.title,
    problems,
    back: { href: somebody.place === 0 ? '/my' : '/my/family' },
    main: (
      <>
        <Heading above={somebody.place > 0 && aboutWhom(somebody, context.text)}>
          {somebody.place === 0 ? t.heading : t.headingChild}
        </Heading>
        <PartlySaved context={context} problems={problems} />
        <AskedFor context={context} words={t} who={t.seen} />
        <Form action={context.path} token={context.token()}>
          <TextInput
            name="family-name"
            label={t.familyName}
            hint={t.familyHint}
            value={values.familyName}
            lang={language}
            problems={problems}
          />
          <TextInput
            name="given-names"
            label={t.givenNames}
            hint={t.givenHint}
            value={values.givenNames}
            lang={language}
            problems={problems}
          />
          <Select
            name="name-language"
            label={t.language}
            hint={t.languageHint}
            value={values.nameLanguage}
            options={[{ value: '', text: t.choose }, ...languages(context.language)]}
            problems={problems}
          />
          <SaveButtons context={context} />
        </Form>
      </>
    ),
  })
}

function languages(language: Language): readonly { value: string; text: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return NAME_LANGUAGES.map((value) => ({ value, text: names.of(value) ?? value }))
}
