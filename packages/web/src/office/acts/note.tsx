import { addNote } from '@nansen/authority'
import { TextArea } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'

/** A note for whoever holds the case next. */
export const note = actForm({
  words: ({ text }) => text.office.note,
  initial: () => ({ text: '' }),
  read: (form) => ({ text: form.get('text') }),
  check: ({ text }, values) => those([values.text === '', 'text', text.office.empty]),
  act: ({ office, desk }, caseId, { text }) => addNote(office, desk, caseId, text),
  fields: { other: 'text' },
  inputs({ context, values, problems }) {
    const t = context.text.office.note
    return <TextArea name="text" label={t.text} hint={t.hint} value={values.text} problems={problems} />
  },
})
