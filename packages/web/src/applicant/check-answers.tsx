import { CaseRefusal, type Draft, draftProblems, feeFor, readDraft, submit } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, SummaryList, type SummaryRow } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { birthDay, longDayOf } from '../text/dates.ts'
import { money } from '../text/money.ts'
import { countryName } from './country.ts'
import { calledIn, sentenceOf } from './draft.ts'
import { spelledOf } from './spelling.tsx'

/** Everything that was told, before it is handed in. */
export async function checkAnswers(context: ApplicantContext): Promise<Response> {
  return page(context, await readDraft(context.office, context.door))
}

/**
 * Hands it in. Sent twice, or when an answer got lost on the way, it is the same cases: the receipt says which. P4, P26
 */
export async function submitPost(context: ApplicantContext): Promise<Response> {
  try {
    await submit(context.office, context.door)
  } catch (error) {
    if (!(error instanceof CaseRefusal) || error.code !== 'draft.incomplete') throw error
    return page(context, await readDraft(context.office, context.door), true)
  }
  return context.redirect('/my/receipt')
}

function page(context: ApplicantContext, draft: Draft, refused = false): Response {
  const t = context.text.applicant.checkAnswers
  const open = draftProblems(draft, context.office.clock())
  /** Of a child it says of which: what is missing of whom must be clear without looking for it. */
  const sentence = ({ code, field, person }: (typeof open)[number]): string => {
    const place = draft.people.findIndex(({ id }) => id === person)
    const text = sentenceOf({ code, field }, context.text)
    return place < 1 ? text : `${calledIn({ person: draft.people[place]!, place }, context.text)}: ${text}`
  }
  // The summary leads to the rows, and a row to its page.
  const problems: readonly Problem[] = refused
    ? open.map((problem) => ({ field: rowId(problem.task, problem.person), text: sentence(problem) }))
    : []
  return context.page({
    title: t.title,
    problems,
    back: { href: '/my' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        {draft.people.map((person, place) => (
          <>
            <h2>
              {place === 0 ? context.text.applicant.home.you : calledIn({ person, place }, context.text)}
            </h2>
            <SummaryList rows={personRows(context, draft, place)} />
          </>
        ))}
        <h2>{context.text.applicant.home.situation}</h2>
        <SummaryList rows={situationRows(context, draft)} />
        <h2>{t.handIn}</h2>
        {open.length > 0 ? (
          <>
            <p>{t.notYet}</p>
            <h3>{t.todo}</h3>
            <ul>
              {open.map((problem) => (
                <li>
                  <a href={hrefOf(problem.task, problem.person)}>{sentence(problem)}</a>
                </li>
              ))}
            </ul>
          </>
        ) : context.door.as === 'helper' ? (
          <p>{t.helperCannot}</p>
        ) : (
          <>
            <p>{t.means}</p>
            <ul>
              {t.meansItems.map((item) => (
                <li>{item}</li>
              ))}
            </ul>
            <Form action="/my/submit" token={context.token()}>
              <Actions>
                <Button>{t.press}</Button>
              </Actions>
            </Form>
          </>
        )}
      </>
    ),
  })
}

const rowId = (task: string, person?: string): string =>
  `row-${task}${person === undefined ? '' : `-${person}`}`

const hrefOf = (task: string, person?: string): string => {
  const page = task === 'nationality' ? 'birth' : task
  return person === undefined ? `/my/${page}` : `/my/person/${person}/${page}`
}

function personRows(context: ApplicantContext, draft: Draft, place: number): readonly SummaryRow[] {
  const person = draft.people[place]!
  const t = context.text.applicant.checkAnswers
  const { text } = context
  const row = rowOf(context, person.id)
  const spelled = spelledOf(person)
  const sexes = {
    '': '',
    F: text.applicant.birth.female,
    M: text.applicant.birth.male,
    X: text.applicant.birth.other,
  }
  const kinds = text.rules.evidenceKinds as Readonly<Record<string, string>>
  return [
    row('name', t.terms.name, `${person.givenNames} ${person.familyName}`.trim(), person.nameLanguage),
    ...(spelled === undefined
      ? []
      : [
          row(
            'name',
            t.terms.spelling,
            `${spelled.givenNames} ${spelled.familyName}`.trim(),
            undefined,
            'spelling',
          ),
        ]),
    row(
      'birth',
      t.terms.birth,
      person.birthDate === '' ? '' : birthDay(person.birthDate, context.language, t.unknownDate),
    ),
    row('birth', t.terms.sex, sexes[person.sex], undefined, 'birth', 'sex'),
    row(
      'birth',
      t.terms.nationality,
      person.nationality === '' ? '' : countryName(person.nationality, context.language),
      undefined,
      'birth',
      'nationality',
    ),
    row('photo', t.terms.photo, person.photo === undefined ? '' : t.photoThere),
    row(
      'evidence',
      t.terms.evidence,
      person.evidence.map(({ kind }) => kinds[kind] ?? kind).join('\n') || t.none,
    ),
  ]
}

function situationRows(context: ApplicantContext, draft: Draft): readonly SummaryRow[] {
  const t = context.text.applicant.checkAnswers
  const { rules } = context.text
  const named = (texts: object, code: string) => (texts as Readonly<Record<string, string>>)[code] ?? ''
  const row = rowOf(context)
  const { stay } = draft
  const due = draft.people.reduce((sum, _, place) => sum + feeFor(place > 0), 0)
  return [
    row('reasons', t.terms.reasons, draft.reasons.map((code) => named(rules.grounds, code)).join('\n')),
    row('reasons', t.terms.story, draft.story || t.none, undefined, 'reasons', 'story'),
    row('stay', t.terms.country, stay.country === '' ? '' : countryName(stay.country, context.language)),
    row('stay', t.terms.basis, named(rules.stayBases, stay.basis), undefined, 'stay', 'basis'),
    row(
      'stay',
      t.terms.until,
      stay.until === '' ? t.noEnd : longDayOf(stay.until, context.language),
      undefined,
      'stay',
      'until',
    ),
    row('meeting', t.terms.place, named(rules.places, draft.meeting)),
    row(
      'meeting',
      t.terms.language,
      draft.language === 'ru' ? 'Русский' : 'English',
      draft.language,
      'meeting',
      'language',
    ),
    row('fee', t.terms.fee, draft.waiver ? t.waived : t.pays(money(due, context.language))),
    row(
      'fee',
      t.terms.solidarity,
      draft.solidarity === 0 ? t.none : money(draft.solidarity, context.language),
      undefined,
      'fee',
      'solidarity',
    ),
  ]
}

/** A fact with the way to change it. */
const rowOf =
  (context: ApplicantContext, person?: string) =>
  (task: string, term: string, value: string, lang?: string, page = task, part?: string): SummaryRow => ({
    id: part === undefined && page === task ? rowId(task, person) : undefined,
    term,
    value: value === '' ? '—' : value,
    lang: lang === '' ? undefined : lang,
    change: {
      href: person === undefined ? `/my/${page}` : `/my/person/${person}/${page}`,
      text: context.text.common.change,
      about: term,
    },
  })
