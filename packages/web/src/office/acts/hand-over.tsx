import { handOver as giveOn } from '@nansen/authority'
import { TextArea } from '../../html/index.ts'
import { Lacks } from '../case/checks-section.tsx'
import { actForm, those } from '../frame/act-form.tsx'

/** Gives a case to those who decide though facts are missing: otherwise whoever never came could not be refused. */
export const handOver = actForm({
  words: ({ text }) => text.office.handOver,
  initial: () => ({ reason: '' }),
  read: (form) => ({ reason: form.get('reason') }),
  check: ({ text }, { reason }) => those([reason === '', 'reason', text.office.empty]),
  act: ({ office, desk }, caseId, { reason }) => giveOn(office, desk, caseId, reason),
  // What is still open is no field: it is done elsewhere, before.
  fields: { reason: 'reason', answer: 'save', notice: 'save', duplicate: 'save', other: 'reason' },
  before: ({ context, file }) => <Lacks context={context} file={file} />,
  inputs({ context, values, problems }) {
    const t = context.text.office.handOver
    return <TextArea name="reason" label={t.reason} hint={t.hint} value={values.reason} problems={problems} />
  },
})
