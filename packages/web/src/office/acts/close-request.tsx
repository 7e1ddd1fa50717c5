import { closeRequest as close } from '@nansen/authority'
import { Actions, Button, Form, Heading } from '../../html/index.ts'
import { actForm } from '../frame/act-form.tsx'
import { caseHref } from '../frame/case-page.tsx'

/** Goes on without an answer. */
export const closeRequest = actForm({
  title: ({ text }) => text.office.requestMore.close.title,
  initial: () => ({}),
  read: () => ({}),
  check: () => [],
  act: ({ office, desk }, caseId) => close(office, desk, caseId),
  fields: { other: 'close' },
  view({ context, file }) {
    const t = context.text.office.requestMore.close
    return (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Form action={caseHref(file.row.caseId, 'close-request')} token={context.token()}>
          <Actions>
            <Button id="close">{t.button}</Button>
          </Actions>
        </Form>
      </>
    )
  },
})
