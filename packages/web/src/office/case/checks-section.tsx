import type { CaseFile, Fact as RecordedFact } from '@nansen/authority'
import { Tag } from '../../html/index.ts'
import { longDay, longDayOf } from '../../text/dates.ts'
import { caseHref } from '../frame/case-page.tsx'
import { type Fact, Facts } from '../frame/facts.tsx'
import { evidenceWord, ruleWord } from '../frame/rule-words.ts'
import type { SectionProps } from './case.tsx'

/** What was checked, with what result, when and by whom; and what an approval still needs. */
export function ChecksSection(props: SectionProps) {
  const { missing } = props.file.checks
  const t = props.context.text.office.case.checks
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{t.heading}</h2>
      <Lacks {...props} />
      <Facts
        facts={[
          ...computed(props),
          identity(props),
          stay(props),
          screening(props),
          duplicates(props),
          notice(props),
          request(props),
        ]}
      />
      {missing.length === 0 && <p class="hint">{t.approvable}</p>}
    </section>
  )
}

/** What an approval still needs; nothing where all is there. */
export function Lacks({ context, file }: Pick<SectionProps, 'context' | 'file'>) {
  const t = context.text.office.case.checks
  const { missing } = file.checks
  const over = !['intake', 'decision', 'second'].includes(file.row.status)
  if (missing.length === 0 || over) return null
  return (
    <div class="inset">
      <p>{t.lacks}</p>
      <ul>
        {missing.map((lack) => (
          <li>{t.lack[lack]}</li>
        ))}
      </ul>
    </div>
  )
}

const computed = ({ context, file }: SectionProps): readonly Fact[] => {
  const t = context.text.office.case.checks
  const source = context.text.office.case.application.computed
  return [
    {
      term: t.photo,
      value: file.photo === undefined ? <Tag tone="bad">{t.photoMissing}</Tag> : t.photoThere,
      source,
    },
    {
      term: t.zone,
      value: file.zone.length === 0 ? <Tag tone="bad">{t.zoneBad}</Tag> : <Tag tone="good">{t.zoneGood}</Tag>,
      source,
    },
  ]
}

function recordedBy({ context, names }: SectionProps, { by, at }: { by: string; at: Date }): string {
  return `${names(by)}, ${longDay(at, context.language)}`
}

/** That what is recorded here no longer counts. */
function Again({ context, file, fact }: Pick<SectionProps, 'context' | 'file'> & { fact: RecordedFact }) {
  if (!file.checks.wanted.includes(fact)) return null
  return (
    <>
      <Tag tone="warm">{context.text.office.case.checks.again}</Tag>
      <br />
    </>
  )
}

function identity(props: SectionProps): Fact {
  const { context, file } = props
  const t = context.text.office.case.checks
  const check = file.checks.identity
  if (check === undefined) return { term: t.identity, value: <Tag tone="warm">{t.missing}</Tag> }
  const place = ruleWord(context.text, 'places', check.place)
  const seen = check.seen.map((kind) => evidenceWord(context.text, kind)).join(', ')
  return {
    term: t.identity,
    value: (
      <>
        <Again context={context} file={file} fact="identity-check" />
        <Tag tone={check.portraitMatches ? 'good' : 'bad'}>
          {check.portraitMatches ? t.identityYes : t.identityNo}
        </Tag>
        <br />
        {t.identityDetail(check.evidenceLevel, place, longDayOf(check.day, context.language))}
        <br />
        {t.originals} {seen || context.text.office.none}
        {check.note !== '' && (
          <>
            <br />
            <q class="letter">{check.note}</q>
          </>
        )}
      </>
    ),
    source: recordedBy(props, check),
  }
}

function stay(props: SectionProps): Fact {
  const { context, file } = props
  const t = context.text.office.case.checks
  const fact = file.checks.stay
  if (fact === undefined) return { term: t.stay, value: <Tag tone="warm">{t.missing}</Tag> }
  return {
    term: t.stay,
    value: (
      <>
        <Again context={context} file={file} fact="lawful-stay" />
        <Tag tone={fact.lawful ? 'good' : 'bad'}>{fact.lawful ? t.lawful : t.notLawful}</Tag>
        <br />
        {ruleWord(context.text, 'stayBases', fact.basis)}
      </>
    ),
    source: recordedBy(props, fact),
  }
}

function screening(props: SectionProps): Fact {
  const { context, file } = props
  const t = context.text.office.case.checks
  const found = file.checks.screening
  if (found === undefined) return { term: t.screening, value: <Tag tone="warm">{t.missing}</Tag> }
  return {
    term: t.screening,
    value: (
      <>
        <Again context={context} file={file} fact="screening" />
        <Tag tone={found.result === 'clear' ? 'good' : 'warm'}>
          {found.result === 'clear' ? t.clear : t.concern}
        </Tag>
        <br />
        {longDayOf(found.day, context.language)}
      </>
    ),
    source: recordedBy(props, found),
  }
}

function duplicates({ context, file }: SectionProps): Fact {
  const t = context.text.office.case.checks
  const { candidates } = file
  if (candidates.length === 0)
    return {
      term: t.duplicates,
      value: t.noDuplicates,
      source: context.text.office.case.application.computed,
    }
  return {
    term: t.duplicates,
    value: candidates.map(({ caseId, code, settled }) => (
      <span class="related">
        <a class="code" href={caseHref(file.row.caseId, `duplicates?with=${caseId}`)}>
          {code}
        </a>{' '}
        <Tag tone={settled === undefined ? 'warm' : 'plain'}>
          {settled === undefined ? t.unsettled : t[settled]}
        </Tag>
      </span>
    )),
    source: context.text.office.case.application.computed,
  }
}

function notice(props: SectionProps): Fact {
  const { context, file, names } = props
  const t = context.text.office.case.checks
  const last = lastOf(file, ['case.notice-opened', 'case.notice-settled'])
  return {
    term: t.notice,
    value: file.row.notice ? <Tag tone="bad">{t.noticeOpen}</Tag> : t.noNotice,
    ...(last !== undefined && {
      source: `${names(last.actor.replace('officer:', ''))}, ${longDay(last.at, context.language)}`,
    }),
  }
}

function request({ context, file }: SectionProps): Fact {
  const t = context.text.office.case.checks
  return {
    term: t.request,
    value: file.row.waiting ? <Tag tone="warm">{t.requestOpen}</Tag> : t.requestNone,
  }
}

const lastOf = ({ history }: CaseFile, kinds: readonly string[]) =>
  history.findLast(({ kind }) => kinds.includes(kind))
