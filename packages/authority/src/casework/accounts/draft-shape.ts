import { CaseRefusal } from '../case-refusal.ts'
import type { Draft, DraftPerson } from './draft.ts'

/** The applicant and their children. */
export const MOST_PEOPLE = 12
export const MOST_EVIDENCE = 12
/** Characters. */
export const LONGEST_STORY = 20_000
const LONGEST_FIELD = 200
const MOST_REASONS = 30
/** In cents. */
const MOST_SOLIDARITY = 1_000_000

const ID = /^[0-9a-f]{32}$/

/**
 * Whether a draft can be kept, whatever is missing in it still: what somebody typed is never lost for being wrong, and
 * what no page can send is not kept.
 * @throws CaseRefusal draft.shape, draft.too-large
 */
export function demandShape(draft: Draft): void {
  const { people, reasons, story, stay, meeting, waiver, solidarity, language } = draft
  if (people.length > MOST_PEOPLE) refuse('draft.too-large', 'people')
  if (people.some(({ evidence }) => evidence.length > MOST_EVIDENCE)) refuse('draft.too-large', 'evidence')
  if (!isText(story, LONGEST_STORY)) refuse('draft.too-large', 'story')
  if (reasons.length > MOST_REASONS || !reasons.every((code) => isText(code, LONGEST_FIELD)))
    refuse('draft.shape', 'reasons')
  const fields = [stay.country, stay.basis, stay.until, meeting]
  const whole =
    people.length > 0 &&
    people.every(isPerson) &&
    isDistinct(people.map(({ id }) => id)) &&
    isDistinct(people.flatMap(({ evidence }) => evidence.map(({ id }) => id))) &&
    fields.every((text) => isText(text, LONGEST_FIELD)) &&
    (language === 'en' || language === 'ru') &&
    typeof waiver === 'boolean' &&
    Number.isSafeInteger(solidarity) &&
    solidarity >= 0 &&
    solidarity <= MOST_SOLIDARITY
  if (!whole) refuse('draft.shape')
}

function isPerson(person: DraftPerson): boolean {
  const { id, familyName, givenNames, nameLanguage, birthDate, sex, nationality, photo, evidence } = person
  return (
    ID.test(id) &&
    [familyName, givenNames, nameLanguage, birthDate, nationality].every((text) =>
      isText(text, LONGEST_FIELD),
    ) &&
    ['', 'M', 'F', 'X'].includes(sex) &&
    (photo === undefined || ID.test(photo)) &&
    evidence.every(({ id, kind, file }) => ID.test(id) && ID.test(file) && isText(kind, LONGEST_FIELD))
  )
}

const isDistinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length

/** A surrogate alone has no UTF-8: it would come back as another letter. */
const isText = (text: unknown, longest: number): boolean =>
  typeof text === 'string' && [...text].length <= longest && !/\p{Cs}/u.test(text)

function refuse(code: 'draft.shape' | 'draft.too-large', field?: string): never {
  throw new CaseRefusal(code, field === undefined ? undefined : { field })
}
