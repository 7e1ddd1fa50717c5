import { casesOf, type HolderCase } from '@nansen/authority'
import {
  Actions,
  Button,
  Done,
  Form,
  Heading,
  Inset,
  LinkButton,
  SummaryList,
  type SummaryRow,
  Tag,
  Warning,
} from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { longDay, longDayOf } from '../text/dates.ts'

/** All cases of an account, where there are several; of one, the case itself. */
export function statusPage(context: ApplicantContext, cases: readonly HolderCase[]): Response {
  if (cases.length === 1) return casePage(context, cases[0]!, true)
  const t = context.text.applicant.status
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.headingMany}</Heading>
        <ul class="tasks">
          {cases.map((one) => (
            <li>
              <div>
                <a href={`/my/case/${one.caseId}`}>{one.minor ? t.child : t.one}</a>
                <p class="hint">
                  <span class="code">{one.code}</span>
                </p>
              </div>
              <StatusTag context={context} holder={one} />
            </li>
          ))}
        </ul>
        <Below context={context} />
      </>
    ),
  })
}

/** A case of this account. @returns undefined where there is none, which is said as for one of somebody else (P8) */
export async function caseIn(context: ApplicantContext): Promise<HolderCase | undefined> {
  const cases = await casesOf(context.office, context.door)
  return cases.find(({ caseId }) => caseId === context.param('case'))
}

export async function status(context: ApplicantContext): Promise<Response> {
  const holder = await caseIn(context)
  return holder === undefined ? context.notFound() : casePage(context, holder, false)
}

function StatusTag({ context, holder }: { context: ApplicantContext; holder: HolderCase }) {
  const t = context.text.applicant.status
  if (holder.wordsProposed !== undefined) return <Tag tone="warm">{t.words.tag}</Tag>
  if (holder.flags.waiting) return <Tag tone="warm">{t.waiting.name}</Tag>
  const tone = { refused: 'bad', production: 'good', collected: 'good' }[holder.status as string] as
    | 'bad'
    | 'good'
    | undefined
  return <Tag tone={tone ?? 'plain'}>{t.states[holder.status].name}</Tag>
}

/** One case: where it stands, what comes next and by when, letters, and what the holder can do. */
function casePage(context: ApplicantContext, holder: HolderCase, only: boolean): Response {
  const t = context.text.applicant.status
  const here = `/my/case/${holder.caseId}`
  const stage = holder.paper?.stage
  const holds = context.door.as === 'holder'
  return context.page({
    title: t.title,
    back: only ? undefined : { href: '/my', text: t.toAll },
    main: (
      <>
        <Heading above={only ? undefined : holder.minor ? t.child : t.one}>{t.heading}</Heading>
        <p>
          <StatusTag context={context} holder={holder} />
        </p>
        <p class="lead">
          {stage !== undefined && holder.status === 'production'
            ? t.stages[stage]
            : t.states[holder.status].next}
        </p>
        {context.query('stopped') !== '' && holder.wordsProposed === undefined && (
          <Done title={t.words.stopped}>
            <p>{t.words.stoppedNext}</p>
          </Done>
        )}
        {holder.wordsProposed !== undefined && (
          <NewWordsAskedFor context={context} holder={holder} day={holder.wordsProposed} />
        )}
        {holder.request !== undefined && (
          <Warning word={context.text.common.warning}>
            <p>
              {t.waiting.name}. {t.answerBy(longDayOf(holder.request.due, context.language))}
            </p>
            <p>
              {holder.request.items.length > 0 ? (
                <a class="button" href={`${here}/answer`}>
                  {t.answer}
                </a>
              ) : (
                t.words.askAgain
              )}
            </p>
          </Warning>
        )}
        <h2>{t.letters}</h2>
        {holder.movedOn !== undefined && <p>{t.words.moved(longDay(holder.movedOn, context.language))}</p>}
        {holder.letters.length === 0 ? (
          <Inset>
            <p>{t.noLetters}</p>
          </Inset>
        ) : (
          <ul class="tasks">
            {holder.letters.toReversed().map(({ id, day, content }) => (
              <li>
                <a href={`${here}/letter/${id}`}>{subjectOf(context, content.subject)}</a>
                <span>{longDay(day, context.language)}</span>
              </li>
            ))}
          </ul>
        )}
        <SummaryList rows={facts(context, holder)} />
        <p class="hint">
          {t.openingsHint} {t.asOf(longDay(context.office.clock(), context.language))}
        </p>
        {holds && (holder.mayAppeal || holder.mayWithdraw) && (
          <Actions>
            {holder.mayAppeal && <LinkButton href={`${here}/appeal`}>{t.appeal}</LinkButton>}
            {holder.mayWithdraw && <a href={`${here}/withdraw`}>{t.withdraw}</a>}
          </Actions>
        )}
        {only && <Below context={context} />}
      </>
    ),
  })
}

/** Somebody at an office says that they lost the words of this page: whoever still has them can stop it. */
function NewWordsAskedFor({ context, holder, day }: AskedForNewWords) {
  const t = context.text.applicant.status.words
  return (
    <Warning word={context.text.common.warning}>
      <p>{t.proposed(longDay(day, context.language))}</p>
      {context.door.as === 'holder' ? (
        <>
          <p>{t.ifNot}</p>
          <Form action={`/my/case/${holder.caseId}/stop-words`} token={context.token()}>
            <Button kind="warning">{t.stop}</Button>
          </Form>
        </>
      ) : (
        <p>{t.helper}</p>
      )}
    </Warning>
  )
}

interface AskedForNewWords {
  readonly context: ApplicantContext
  readonly holder: HolderCase
  readonly day: Date
}

function Below({ context }: { context: ApplicantContext }) {
  const t = context.text.applicant.status
  return (
    <ul>
      <li>
        <a href="/my/receipt">{t.receipt}</a>
      </li>
      {context.door.as === 'holder' && (
        <li>
          <a href="/my/helpers">{t.helpers}</a>
        </li>
      )}
    </ul>
  )
}

function facts(context: ApplicantContext, holder: HolderCase): readonly SummaryRow[] {
  const { terms, ...t } = context.text.applicant.status
  const day = (date: Date) => longDay(date, context.language)
  const places = context.text.rules.places as Readonly<Record<string, string>>
  const open = ['intake', 'decision', 'second', 'appeal'].includes(holder.status)
  return [
    { term: terms.code, value: <span class="code">{holder.code}</span> },
    { term: terms.submitted, value: day(holder.submitted) },
    ...(open ? [{ term: terms.due, value: holder.flags.waiting ? terms.paused : day(holder.due) }] : []),
    ...(holder.decided === undefined ? [] : [{ term: terms.decided, value: day(holder.decided.day) }]),
    ...(holder.meeting === undefined
      ? []
      : [{ term: terms.meeting, value: places[holder.meeting] ?? holder.meeting }]),
    { term: terms.openings, value: t.times(holder.openings) },
  ]
}

export const subjectOf = (context: ApplicantContext, subject: string): string => {
  const { subjects } = context.text.applicant.letter
  return (subjects as Readonly<Record<string, string>>)[subject] ?? subjects.other
}
