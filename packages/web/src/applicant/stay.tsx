import { readDraft, STAY_BASES } from '@nansen/authority'
import { DateInput, Form, Heading, type Problem, Radios, TextInput, type TypedDate } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { countryName, countryNamed } from './country.ts'
import { onward, save } from './draft.ts'
import { AskedFor, PartlySaved, SaveButtons } from './parts.tsx'
import { dateOf, fieldsOf, isEmptyDate, typedDate } from './typed-date.ts'

/** As it was typed. */
interface Values {
  readonly country: string
  readonly basis: string
  readonly until: TypedDate
}

export async function stay(context: ApplicantContext): Promise<Response> {
  const { stay } = await readDraft(context.office, context.door)
  const country = stay.country === '' ? '' : countryName(stay.country, context.language)
  return page(context, { country, basis: stay.basis, until: fieldsOf(stay.until) }, [])
}

export async function stayPost(context: ApplicantContext): Promise<Response> {
  const { form } = context
  const values: Values = {
    country: form.get('country'),
    basis: STAY_BASES.find(({ code }) => code === form.get('basis'))?.code ?? '',
    until: typedDate(form, 'until'),
  }
  const t = context.text.applicant.birth
  const typed: Problem[] = []
  const country = values.country === '' ? '' : countryNamed(values.country)
  if (country === undefined)
    typed.push({ field: 'country', text: t.countryUnknown(values.country.slice(0, 60)) })
  const until = isEmptyDate(values.until) ? '' : dateOf(values.until)
  const isDay = until === '' || /^\d{4}-\d{2}-\d{2}$/u.test(until)
  if (!isDay) typed.push({ field: 'until-day', text: t.dateWrong })
  const { problems } = await save(
    context,
    { tasks: ['stay'] },
    (draft) => ({
      ...draft,
      stay: {
        country: country ?? draft.stay.country,
        basis: values.basis,
        until: isDay ? until : draft.stay.until,
      },
    }),
    typed,
  )
  return problems.length > 0 ? page(context, values, problems) : onward(context, '/my/family')
}

function page(context: ApplicantContext, values: Values, found: readonly Problem[]): Response {
  const t = context.text.applicant.stay
  const problems = found.map((problem) =>
    problem.field === 'until' ? { ...problem, field: 'until-day' } : problem,
  )
  return context.page({
    title: t.title,
    problems,
    back: { href: '/my/reasons' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <PartlySaved context={context} problems={problems} />
        <AskedFor context={context} words={t} who={context.text.applicant.seen.officers} />
        <Form action={context.path} token={context.token()}>
          <TextInput
            name="country"
            label={t.country}
            hint={t.countryHint}
            value={values.country}
            width={20}
            problems={problems}
          />
          <Radios
            name="basis"
            label={t.basis}
            value={values.basis}
            problems={problems}
            choices={STAY_BASES.map(({ code }) => ({
              value: code,
              text: context.text.rules.stayBases[code],
            }))}
          />
          <DateInput
            name="until"
            label={t.until}
            hint={t.untilHint}
            value={values.until}
            words={context.text.common.date}
            problems={problems}
          />
          <SaveButtons context={context} />
        </Form>
      </>
    ),
  })
}
