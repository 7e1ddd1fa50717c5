import { type CaseFile, type NoticeOrigin, openNotice, settleNotice } from '@nansen/authority'
import { Actions, Button, Form, Heading, Inset, Radios, TextArea } from '../../html/index.ts'
import { actForm, type FormView, those } from '../frame/act-form.tsx'
import { caseHref } from '../frame/case-page.tsx'

const ORIGINS: readonly NoticeOrigin[] = ['interpol', 'state-of-origin', 'other']

interface Values {
  /** Of a notice that is opened. */
  readonly origin: string
  /** Of one that is settled. */
  readonly outcome: string
  readonly text: string
}

/** A wanted notice: its review is opened by one officer and settled by another, and refuses nobody by itself. P18 */
export const notice = actForm<Values>({
  title: ({ text }) => text.office.notice.title,
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
        settles && values.outcome !== 'no-obstacle' && values.outcome !== 'obstacle',
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
  view: (view) => (view.file.row.notice ? <Settle {...view} /> : <Open {...view} />),
})

function Open({ context, file, values, problems }: FormView<Values>) {
  const t = context.text.office.notice
  return (
    <>
      <Heading>{t.heading}</Heading>
      <p class="lead">{t.lead}</p>
      <Form action={caseHref(file.row.caseId, 'notice')} token={context.token()}>
        <Radios
          name="origin"
          label={t.origin}
          value={values.origin}
          problems={problems}
          choices={ORIGINS.map((origin) => ({ value: origin, text: t.origins[origin] }))}
        />
        <TextArea name="text" label={t.text} value={values.text} problems={problems} />
        <Actions>
          <Button name="do" value="open">
            {t.open}
          </Button>
        </Actions>
      </Form>
    </>
  )
}

function Settle({ context, file, values, problems }: FormView<Values>) {
  const t = context.text.office.notice
  const may = file.mayDo.includes('settle-notice')
  return (
    <>
      <Heading>{t.settleHeading}</Heading>
      <p class="lead">{t.settleLead}</p>
      <Told context={context} file={file} />
      <Form action={caseHref(file.row.caseId, 'notice')} token={context.token()}>
        <Radios
          name="outcome"
          label={t.outcome}
          value={values.outcome}
          problems={problems}
          choices={(['no-obstacle', 'obstacle'] as const).map((outcome) => ({
            value: outcome,
            text: t[outcome],
          }))}
        />
        <TextArea name="text" label={t.why} value={values.text} problems={problems} />
        <Actions>
          <Button name="do" value="settle" disabled={!may} describedBy={may ? undefined : 'why-not'}>
            {t.settle}
          </Button>
          {!may && (
            <span class="hint" id="why-not">
              {context.text.office.case.whyNot.noticeOwn}
            </span>
          )}
        </Actions>
      </Form>
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

function openedNotice({ history, parts }: CaseFile): NoticeContent {
  const event = history.findLast(({ kind }) => kind === 'case.notice-opened')
  return (parts.find(({ id }) => id === event?.body.part)?.content ?? {}) as NoticeContent
}
