import { type DraftPerson, readDraft } from '@nansen/authority'
import {
  Checkboxes,
  DateInput,
  Form,
  Heading,
  type Problem,
  Radios,
  TextInput,
  type TypedDate,
} from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { countryName, nationalityNamed } from './country.ts'
import { aboutWhom, onward, personIn, type Somebody, save, withPerson } from './draft.ts'
import { AskedFor, PartlySaved, SaveButtons } from './parts.tsx'
import { dateOf, fieldsOf, isEmptyDate, typedDate } from './typed-date.ts'

/** As it was typed. */
interface Values {
  readonly date: TypedDate
  readonly unknown: boolean
  readonly sex: DraftPerson['sex']
  readonly nationality: string
}

const UNKNOWN = 'XXXX-XX-XX'

export async function birth(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  if (somebody === undefined) return context.notFound()
  const { birthDate, sex, nationality } = somebody.person
  const values = {
    date: fieldsOf(birthDate),
    unknown: birthDate === UNKNOWN,
    sex,
    nationality: nationality === '' ? '' : countryName(nationality, context.language),
  }
  return page(context, somebody, values, [])
}

export async function birthPost(context: ApplicantContext): Promise<Response> {
  const { form } = context
  const t = context.text.applicant.birth
  const id = context.param('person')
  const before = await readDraft(context.office, context.door)
  const somebody = personIn(before, id)
  if (somebody === undefined) return context.notFound()
  const sex = (['M', 'F', 'X'] as const).find((one) => one === form.get('sex')) ?? ''
  const values: Values = {
    date: typedDate(form, 'birth-date'),
    unknown: form.has('birth-unknown'),
    sex,
    nationality: form.get('nationality'),
  }
  const typed: Problem[] = []
  const date = birthDateOf(values)
  if (date === 'order') typed.push({ field: 'birth-date', text: t.dateOrder })
  if (date === 'wrong') typed.push({ field: 'birth-date', text: t.dateWrong })
  const nationality = values.nationality === '' ? '' : nationalityNamed(values.nationality)
  if (nationality === undefined)
    typed.push({ field: 'nationality', text: t.countryUnknown(values.nationality.slice(0, 60)) })
  const { problems } = await save(
    context,
    { tasks: ['birth', 'nationality'], person: id },
    (draft) =>
      withPerson(draft, id, (person) => ({
        ...person,
        sex,
        birthDate: date === 'order' || date === 'wrong' ? person.birthDate : date,
        nationality: nationality ?? person.nationality,
      })),
    typed,
  )
  if (problems.length > 0) return page(context, somebody, values, problems)
  return onward(context, `/my/person/${id}/photo`)
}

function birthDateOf({ date, unknown }: Values): string {
  if (isEmptyDate(date)) return unknown ? UNKNOWN : ''
  return dateOf(date)
}

/** Problems of the date as a whole lead to its first field. */
const atFields = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map((problem) =>
    problem.field === 'birth-date' ? { ...problem, field: 'birth-date-day' } : problem,
  )

function page(
  context: ApplicantContext,
  somebody: Somebody,
  values: Values,
  found: readonly Problem[],
): Response {
  const t = context.text.applicant.birth
  const problems = atFields(found)
  return context.page({
    title: t.title,
    problems,
    back: { href: `/my/person/${somebody.person.id}/name` },
    main: (
      <>
        <Heading above={aboutWhom(somebody, context.text)}>{t.heading}</Heading>
        <PartlySaved context={context} problems={problems} />
        <AskedFor context={context} words={t} who={context.text.applicant.seen.page} />
        <Form action={context.path} token={context.token()}>
          <DateInput
            name="birth-date"
            label={t.date}
            hint={t.dateHint}
            value={values.date}
            words={context.text.common.date}
            problems={problems}
          />
          <Checkboxes
            name="birth-unknown"
            label={t.unknownLabel}
            values={values.unknown ? ['yes'] : []}
            choices={[{ value: 'yes', text: t.unknown }]}
          />
          <Radios
            name="sex"
            label={t.sex}
            hint={t.sexHint}
            value={values.sex}
            problems={problems}
            choices={[
              { value: 'F', text: t.female },
              { value: 'M', text: t.male },
              { value: 'X', text: t.other },
            ]}
          />
          <TextInput
            name="nationality"
            label={t.nationality}
            hint={t.nationalityHint}
            value={values.nationality}
            width={20}
            problems={problems}
          />
          <SaveButtons context={context} />
        </Form>
      </>
    ),
  })
}
