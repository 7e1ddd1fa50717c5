import type { CaseFile } from '@nansen/authority'
import type { Child } from 'hono/jsx'
import { countryName } from '../../applicant/country.ts'
import { Inset } from '../../html/index.ts'
import { birthDay, longDay, longDayOf } from '../../text/dates.ts'
import { caseHref } from '../frame/case-page.tsx'
import { type Fact, Facts } from '../frame/facts.tsx'
import { languageWord, ruleWord } from '../frame/rule-words.ts'
import type { SectionProps } from './case.tsx'
import { fullName } from './identity-bar.tsx'
import { evidenceFor, type Supported } from './supports.ts'

/** What the applicant says, and beside each fact who says so and what evidence there is. */
export function ApplicationSection({ context, file, names }: SectionProps) {
  const t = context.text.office.case.application
  return (
    <section aria-labelledby="application">
      <h2 id="application">{t.heading}</h2>
      <Facts facts={factsOf(context, file, names)} />
      <Answers context={context} file={file} names={names} />
    </section>
  )
}

function factsOf(
  context: SectionProps['context'],
  file: CaseFile,
  names: SectionProps['names'],
): readonly Fact[] {
  const { language, text } = context
  const t = text.office.case.application
  const { application, checks, zone, family } = file
  const { person, stay } = application
  const said = (what?: Supported) => <Said context={context} file={file} what={what} />
  const sexes = { '': text.office.notTold, F: t.female, M: t.male, X: t.unspecified }
  return [
    {
      term: t.name,
      value: <span lang={person.nameLanguage || undefined}>{fullName(person)}</span>,
      source: said('name'),
    },
    { term: t.nameLanguage, value: languageWord(language, person.nameLanguage), source: said() },
    {
      term: t.zone,
      value: zone.length === 0 ? text.office.case.checks.zoneBad : <Zone lines={zone} />,
      source: t.computed,
    },
    {
      term: t.birth,
      value: birthDay(person.birthDate, language, text.office.notTold),
      source: said('birth'),
    },
    { term: t.sex, value: sexes[person.sex], source: said() },
    { term: t.nationality, value: countryName(person.nationality, language), source: said('nationality') },
    {
      term: t.reasons,
      value: (
        <ul>
          {application.reasons.map((code) => (
            <li>{ruleWord(text, 'grounds', code)}</li>
          ))}
        </ul>
      ),
      source: said('reasons'),
    },
    ...(application.story === ''
      ? []
      : [
          {
            term: t.story,
            value: <span lang={application.language}>{application.story}</span>,
            source: said(),
          },
        ]),
    {
      term: t.stay,
      value: stayText(context, stay.basis, stay.until, countryName(stay.country, language)),
      source: said('stay'),
    },
    ...(checks.stay === undefined
      ? []
      : [
          {
            term: t.stay,
            value: stayText(
              context,
              checks.stay.basis,
              checks.stay.until,
              checks.stay.lawful ? text.office.case.checks.lawful : text.office.case.checks.notLawful,
            ),
            source: `${t.recorded}: ${names(checks.stay.by)}, ${longDay(checks.stay.at, language)}`,
          },
        ]),
    { term: t.meeting, value: ruleWord(text, 'places', application.meeting), source: said() },
    { term: t.language, value: languageWord(language, application.language), source: said() },
    { term: t.waiver, value: application.waiver ? t.waived : t.pays, source: said() },
    {
      term: t.family,
      value:
        family.length === 0
          ? t.familyNone
          : family.map(({ caseId, code, status }) => (
              <span class="related">
                <a class="code" href={caseHref(caseId)}>
                  {code}
                </a>{' '}
                {text.office.status[status]}
              </span>
            )),
      source: t.computed,
    },
  ]
}

function stayText(context: SectionProps['context'], basis: string, until: string, before: string): string {
  const t = context.text.office.case.application
  const end = until === '' ? '' : `, ${t.stayUntil(longDayOf(until, context.language))}`
  return `${before}: ${ruleWord(context.text, 'stayBases', basis)}${end}`
}

/** As the applicant says; where there is evidence, which. */
function Said({
  context,
  file,
  what,
}: Pick<SectionProps, 'context' | 'file'> & { what: Supported | undefined }) {
  const t = context.text.office.case
  const numbers = what === undefined ? [] : evidenceFor(file, what)
  return (
    <>
      {t.application.said}
      {what !== undefined && (
        <span class="supports">
          {t.application.supports}:{' '}
          {numbers.length === 0
            ? t.application.noEvidenceFor
            : numbers.map((number, i) => (
                <>
                  {i > 0 && ', '}
                  <a href={`#evidence-${number}`}>
                    <span class="unseen">{t.application.supports} </span>
                    {number}
                  </a>
                </>
              ))}
        </span>
      )}
    </>
  )
}

export function Zone({ lines }: { lines: readonly string[] }): Child {
  return (
    <span class="zone" lang="zxx">
      {lines.map((line) => (
        <span>{line}</span>
      ))}
    </span>
  )
}

interface AnswerContent {
  readonly items?: readonly { readonly item: number; readonly text: string }[]
  readonly text?: string
}
interface RequestContent {
  readonly items?: readonly { readonly text: string }[]
  readonly due?: string
}

/** What was asked since, what was answered, and what an appeal says. */
function Answers({ context, file }: SectionProps) {
  const t = context.text.office.case.application
  const lang = file.application.language
  const later = file.parts.filter(({ kind }) => ['request', 'answer', 'appeal'].includes(kind))
  return (
    <>
      {later.map(({ kind, content }) => {
        const { items, text } = content as AnswerContent
        const due = (content as RequestContent).due
        return (
          <>
            <h3>
              {kind === 'request'
                ? t.openRequest(longDayOf(due ?? '', context.language))
                : kind === 'answer'
                  ? t.asked
                  : t.appeal}
            </h3>
            <Inset lang={lang}>
              {text && <p class="letter">{text}</p>}
              {items && (
                <ol>
                  {items.map((item) => (
                    <li class="letter">{item.text}</li>
                  ))}
                </ol>
              )}
            </Inset>
          </>
        )
      })}
    </>
  )
}
