import { codeOf } from '@nansen/formats/mrz'
import { parseDay } from '../../issuing/calendar.ts'
import { type Order, type OrderProblemCode, orderProblems } from '../../issuing/order.ts'
import { CURRENT_PROFILE } from '../../issuing/profile.ts'
import { EVIDENCE_KINDS } from '../rules/evidence-kinds.ts'
import { GROUNDS } from '../rules/grounds.ts'
import { PLACES } from '../rules/places.ts'
import { STAY_BASES } from '../rules/stay-bases.ts'
import { isUnderAge } from './age.ts'
import type { Draft, DraftPerson } from './draft.ts'
import type { TaskName } from './tasks.ts'

/** Why a draft cannot be handed in yet. */
export type DraftProblemCode =
  /** Nothing was told. */
  | 'draft.missing'
  /** The person has not said that the name may stand so in the zone. */
  | 'draft.spelling-not-confirmed'
  /** Somebody of age is not a child of this application: they apply for themselves. */
  | 'draft.child-of-age'
  /** Not one of the codes that there are. */
  | 'draft.unknown-code'
  /** No day, or one that no calendar has. */
  | 'draft.date'
  /** What would be wrong with an order for a paper. */
  | OrderProblemCode

export interface DraftProblem {
  /** Of whom, where it is about one of them. */
  readonly person?: string
  /** The page on which it is mended. */
  readonly task: TaskName
  readonly field: string
  readonly code: DraftProblemCode
}

/** Everything that stands in the way of handing in, in the order of the pages; empty where nothing does. */
export const draftProblems = (draft: Draft, at: Date): readonly DraftProblem[] => [
  ...draft.people.flatMap((person, place) => personProblems(person, place > 0, at)),
  ...commonProblems(draft),
]

function personProblems(person: DraftPerson, isChild: boolean, at: Date): readonly DraftProblem[] {
  const found: DraftProblem[] = []
  const problem = (task: TaskName, field: string, code: DraftProblemCode) =>
    found.push({ person: person.id, task, field, code })
  const inOrder = new Map(orderProblems(orderOf(person), at).map(({ field, code }) => [field, code]))

  for (const [task, field, ofOrder] of FIELDS) {
    const code = inOrder.get(ofOrder)
    if (person[field] === '' && field !== 'givenNames') problem(task, field, 'draft.missing')
    else if (code !== undefined && code !== 'order.document-code-nationality') problem(task, field, code)
  }
  const isNamed = found.length === 0 || !found.some(({ task }) => task === 'name')
  if (isNamed && !person.spellingConfirmed)
    problem('name', 'spellingConfirmed', 'draft.spelling-not-confirmed')
  const isDated = person.birthDate !== '' && !inOrder.has('birthDate')
  if (isChild && isDated && isUnderAge(person.birthDate, at) === false)
    problem('birth', 'birthDate', 'draft.child-of-age')
  if (person.photo === undefined) problem('photo', 'photo', 'draft.missing')
  // Whoever has nothing to show applies all the same: at the identity check they are seen.
  if (!person.evidence.every(({ kind }) => isCode(EVIDENCE_KINDS, kind)))
    problem('evidence', 'kind', 'draft.unknown-code')
  return found
}

/** Of a person, by page and field, and the field of an order that it becomes. */
const FIELDS: readonly (readonly [TaskName, TextField, keyof Order])[] = [
  ['name', 'familyName', 'familyName'],
  ['name', 'givenNames', 'givenNames'],
  ['name', 'nameLanguage', 'language'],
  ['birth', 'birthDate', 'birthDate'],
  ['birth', 'sex', 'sex'],
  ['nationality', 'nationality', 'nationality'],
]
type TextField = 'familyName' | 'givenNames' | 'nameLanguage' | 'birthDate' | 'sex' | 'nationality'

/** As if a paper were made of it today: the rules for names and dates stand in one place. */
const orderOf = (person: DraftPerson): Order => ({
  kind: 'specimen',
  state: 'UTO',
  profile: CURRENT_PROFILE,
  reference: person.id,
  familyName: person.familyName,
  givenNames: person.givenNames,
  language: person.nameLanguage,
  nationality: person.nationality,
  birthDate: person.birthDate,
  sex: person.sex as Order['sex'],
  documentCode: 'PT',
  portrait: '0'.repeat(64),
})

function commonProblems({ reasons, stay, meeting }: Draft): readonly DraftProblem[] {
  const found: DraftProblem[] = []
  const problem = (task: TaskName, field: string, code: DraftProblemCode) => found.push({ task, field, code })
  if (reasons.length === 0) problem('reasons', 'reasons', 'draft.missing')
  else if (!reasons.every((reason) => isCode(REASONS, reason)))
    problem('reasons', 'reasons', 'draft.unknown-code')
  if (stay.country === '') problem('stay', 'country', 'draft.missing')
  else if (codeOf(stay.country)?.standing !== 'current') problem('stay', 'country', 'draft.unknown-code')
  if (stay.basis === '') problem('stay', 'basis', 'draft.missing')
  else if (!isCode(STAY_BASES, stay.basis)) problem('stay', 'basis', 'draft.unknown-code')
  if (stay.until !== '' && !isDay(stay.until)) problem('stay', 'until', 'draft.date')
  if (meeting === '') problem('meeting', 'meeting', 'draft.missing')
  else if (!isCode(PLACES, meeting)) problem('meeting', 'meeting', 'draft.unknown-code')
  return found
}

/** What speaks for a passport: nobody gives a reason against themselves. */
const REASONS = GROUNDS.filter(({ kind }) => kind === 'approve')

const isCode = (list: readonly { readonly code: string }[], code: string): boolean =>
  list.some((entry) => entry.code === code)

function isDay(text: string): boolean {
  try {
    parseDay(text)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
