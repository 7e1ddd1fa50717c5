import { addNote } from '@nansen/authority'
import { Actions, Button, Form, Heading, TextArea } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { caseHref } from '../frame/case-page.tsx'

/** A note for whoever holds the case next. */
export const note = actForm({
  title: ({ text }) => text.office.note.title,
  initial: () => ({ text: '' }),
  read: (form) => ({ text: form.get('text') }),
  check: ({ text }, values) => those([values.text === '', 'text', text.office.empty]),
  act: ({ office, desk }, caseId, { text }) => addNote(office, desk, caseId, text),
  fields: { other: 'text' },
  view({ context, file, values, problems }) {
    const t = context.text.office.note
    return (
      <>
        <Heading>{t.heading}</Heading>
        <p>{t.lead}</p>
        <Form action={caseHref(file.row.caseId, 'note')} token={context.token()}>
          <TextArea name="text" label={t.text} hint={t.hint} value={values.text} problems={problems} />
          <Actions>
            <Button>{t.save}</Button>
          </Actions>
        </Form>
      </>
    )
  },
})
