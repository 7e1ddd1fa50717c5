import { type CaseFile, type Fact, sendBack as giveBack } from '@nansen/authority'
import { Checkboxes, Hidden, TextArea } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'

const FACTS: readonly Fact[] = ['identity-check', 'lawful-stay', 'screening']

/** From where: facts are chosen before a decision alone. */
const placeOf = ({ row }: CaseFile) => (row.status === 'production' ? 'production' : 'decision')

/** Gives a case back: from a decision, for facts to be recorded again; from production, to be decided anew. */
export const sendBack = actForm({
  words({ text }, file) {
    const { sendBack: t } = text.office
    return placeOf(file) === 'production' ? { ...t, lead: t.leadProduction } : t
  },
  initial: (_, file) => ({ from: placeOf(file) as string, again: [] as readonly string[], reason: '' }),
  read: (form) => ({ from: form.get('from'), again: form.all('again'), reason: form.get('reason') }),
  check: ({ text }, { from, again, reason }) =>
    those(
      [from !== 'production' && again.length === 0, 'again', text.office.sendBack.noFacts],
      [reason === '', 'reason', text.office.empty],
    ),
  act: ({ office, desk }, caseId, { again, reason }) =>
    giveBack(office, desk, caseId, { again: again as readonly Fact[], reason }),
  fields: { again: 'again', reason: 'reason', other: 'reason' },
  inputs({ context, file, values, problems }) {
    const t = context.text.office.sendBack
    const from = placeOf(file)
    return (
      <>
        <Hidden name="from" value={from} />
        {from === 'decision' && (
          <Checkboxes
            name="again"
            label={t.again}
            values={values.again}
            problems={problems}
            choices={FACTS.map((fact) => ({ value: fact, text: t.facts[fact] }))}
          />
        )}
        <TextArea name="reason" label={t.reason} hint={t.hint} value={values.reason} problems={problems} />
      </>
    )
  },
})
