import type { Draft, DraftPerson } from './draft.ts'
import { draftProblems } from './draft-problems.ts'

/** The pages of an application. */
export type TaskName =
  | 'name'
  | 'birth'
  | 'nationality'
  | 'photo'
  | 'evidence'
  | 'reasons'
  | 'stay'
  | 'meeting'
  | 'family'
  | 'fee'

/** `waiting` for another that comes before it. */
export type TaskState = 'done' | 'begun' | 'not-begun' | 'waiting'

export interface Task {
  readonly name: TaskName
  /** Of whom, where it is about one of them. */
  readonly person?: string
  readonly state: TaskState
}

/** About each person. */
const OF_PERSON = ['name', 'birth', 'nationality', 'photo', 'evidence'] as const
/** About the application as a whole. */
const OF_ALL = ['reasons', 'stay', 'meeting', 'family', 'fee'] as const

/** What there is to do, in the order of the pages: the applicant's, what is about all, and then each child's. */
export function tasksOf(draft: Draft, at: Date): readonly Task[] {
  const problems = draftProblems(draft, at)
  const wrong = (name: TaskName, person?: string) =>
    problems.some((problem) => problem.task === name && problem.person === person)
  const [applicant, ...children] = draft.people
  const ofPerson = (person: DraftPerson): readonly Task[] =>
    OF_PERSON.map((name) => {
      const begun = hasBegun(person, name)
      // Of a child nothing is asked before it has a name: the other pages would not say of whom they are.
      const waits = person !== applicant && name !== 'name' && person.familyName === ''
      return { name, person: person.id, state: waits ? 'waiting' : stateOf(begun, wrong(name, person.id)) }
    })
  const ofAll = OF_ALL.map((name): Task => {
    if (name !== 'family') return { name, state: stateOf(hasBegunAll(draft, name), wrong(name)) }
    const open = children.some((child) => OF_PERSON.some((of) => wrong(of, child.id)))
    return { name, state: stateOf(children.length > 0, open) }
  })
  return [...(applicant === undefined ? [] : ofPerson(applicant)), ...ofAll, ...children.flatMap(ofPerson)]
}

function stateOf(begun: boolean, wrong: boolean): TaskState {
  if (!begun) return 'not-begun'
  return wrong ? 'begun' : 'done'
}

function hasBegun(person: DraftPerson, name: (typeof OF_PERSON)[number]): boolean {
  switch (name) {
    case 'name':
      return person.familyName !== '' || person.givenNames !== ''
    case 'birth':
      return person.birthDate !== '' || person.sex !== ''
    case 'nationality':
      return person.nationality !== ''
    case 'photo':
      return person.photo !== undefined
    case 'evidence':
      return person.evidence.length > 0
  }
}

function hasBegunAll(draft: Draft, name: Exclude<(typeof OF_ALL)[number], 'family'>): boolean {
  switch (name) {
    case 'reasons':
      return draft.reasons.length > 0 || draft.story !== ''
    case 'stay':
      return draft.stay.country !== '' || draft.stay.basis !== ''
    case 'meeting':
      return draft.meeting !== ''
    case 'fee':
      return draft.waiver || draft.solidarity > 0
  }
}
