import { recordIdentityCheck } from '@nansen/authority'
import { actForm } from '../frame/act-form.tsx'
import {
  nobodySeen,
  PERSON_FIELDS,
  PersonFields,
  personProblems,
  readPerson,
  seenPerson,
} from './seen-person.tsx'

/** Who saw whom, where and when, with what evidence, and whether it is the face of the photograph. */
export const identityCheck = actForm({
  words: ({ text }) => text.office.identityCheck,
  initial: nobodySeen,
  read: readPerson,
  check: personProblems,
  act: ({ office, desk }, caseId, typed) => recordIdentityCheck(office, desk, caseId, seenPerson(typed)),
  fields: { ...PERSON_FIELDS, other: 'place' },
  inputs: (view) => <PersonFields {...view} />,
})
