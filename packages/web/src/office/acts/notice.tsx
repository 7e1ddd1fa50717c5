import { type CaseFile, type NoticeOrigin, openNotice, settleNotice } from '@nansen/authority'
import { Hidden, Inset, Radios, TextArea } from '../../html/index.ts'
import { actForm, type FormView, those } from '../frame/act-form.tsx'

const ORIGINS: readonly NoticeOrigin[] = ['interpol', 'state-of-origin', 'other']
const OUTCOMES = ['no-obstacle', 'obstacle'] as const

interface Values {
  /** Of a notice that is opened. */
  readonly origin: string
  /** Of one that is settled. */
  readonly outcome: string
  readonly text: string
}

/** A wanted notice: its review is opened by one officer and settled by another, and refuses nobody by itself. P18 */
export const notice = actForm<Values>({
  words({ text }, { row }) {
    const { notice: t } = text.office
    return row.notice ? { ...t, heading: t.settleHeading, lead: t.settleLead, save: t.settle } : t
  },
  initial: () => ({ origin: '', outcome: '', text: '' }),
  read: (form) => ({ origin: form.get('origin'), outcome: form.get('outcome'), text: form.get('text') }),
  check({ text, form }, values) {
    const t = text.office
    const settles = form.get('do') === 'settle'
    return those(
      [
        !settles && !ORIGINS.some((origin) => origin === values.origin),
        'origin',
        t.chooseOne(t.notice.origin),
      ],
      [
        settles && !OUTCOMES.some((outcome) => outcome === values.outcome),
        'outcome',
        t.chooseOne(t.notice.outcome),
      ],
      [values.text === '', 'text', t.empty],
    )
  },
  async act({ office, desk, form }, caseId, { origin, outcome, text }) {
    if (form.get('do') === 'settle')
      await settleNotice(office, desk, caseId, {
        outcome: outcome === 'obstacle' ? 'obstacle' : 'no-obstacle',
        text,
      })
    else await openNotice(office, desk, caseId, { origin: origin as NoticeOrigin, text })
  },
  fields: { other: 'text' },
  before: (view) => view.file.row.notice && <Told {...view} />,
  inputs: (view) => (view.file.row.notice ? <Settle {...view} /> : <Open {...view} />),
  against({ context, file }) {
    if (!file.row.notice || file.mayDo.includes('settle-notice')) return undefined
    const { noticeOwn, role } = context.text.office.case.whyNot
    return openingOf(file)?.actor === `officer:${context.desk.officer.id}` ? noticeOwn : role
  },
})

function Open({ context, values, problems }: FormView<Values>) {
  const t = context.text.office.notice
  return (
    <>
      <Hidden name="do" value="open" />
      <Radios
        name="origin"
        label={t.origin}
        value={values.origin}
        problems={problems}
        choices={ORIGINS.map((origin) => ({ value: origin, text: t.origins[origin] }))}
      />
      <TextArea name="text" label={t.text} value={values.text} problems={problems} />
    </>
  )
}

function Settle({ context, values, problems }: FormView<Values>) {
  const t = context.text.office.notice
  return (
    <>
      <Hidden name="do" value="settle" />
      <Radios
        name="outcome"
        label={t.outcome}
        value={values.outcome}
        problems={problems}
        choices={OUTCOMES.map((outcome) => ({ value: outcome, text: t[outcome] }))}
      />
      <TextArea name="text" label={t.why} value={values.text} problems={problems} />
    </>
  )
}

interface NoticeContent {
  readonly origin?: NoticeOrigin
  readonly text?: string
}

/** What was written when the review was opened. */
function Told({ context, file }: Pick<FormView<Values>, 'context' | 'file'>) {
  const t = context.text.office.notice
  const { origin, text } = openedNotice(file)
  return (
    <>
      <h2>{t.told}</h2>
      <Inset>
        {origin !== undefined && <p>{t.origins[origin]}</p>}
        <p class="letter">{text}</p>
      </Inset>
    </>
  )
}

const openingOf = ({ history }: CaseFile) => history.findLast(({ kind }) => kind === 'case.notice-opened')

function openedNotice(file: CaseFile): NoticeContent {
  const part = openingOf(file)?.body.part
  return (file.parts.find(({ id }) => id === part)?.content ?? {}) as NoticeContent
}
