import { closeRequest as close } from '@nansen/authority'
import { actForm } from '../frame/act-form.tsx'

/** Goes on without an answer. */
export const closeRequest = actForm({
  words: ({ text }) => text.office.requestMore.close,
  initial: () => ({}),
  read: () => ({}),
  check: () => [],
  act: ({ office, desk }, caseId) => close(office, desk, caseId),
  fields: { other: 'save' },
})
