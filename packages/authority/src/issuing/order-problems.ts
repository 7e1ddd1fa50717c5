import { FormatError } from '@nansen/formats'
import { codeOf, nameComponents, type PartialDate } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import { SPECIMEN_STATES } from '../office.ts'
import { parseBirthDate } from './calendar.ts'
import { isKnownLanguage } from './languages.ts'
import type { Order } from './order.ts'
import { profileNamed } from './profile.ts'

/** Why no paper can be made from an order. */
export type OrderProblemCode =
  /** A field too many or missing, or no text. */
  | 'order.shape'
  /** A paper of a state that exists wants the signatures of two officers over its order. */
  | 'order.real-state'
  | 'order.profile-unknown'
  /** Empty, longer than 100 characters, or with characters that are not seen. */
  | 'order.reference'
  /** A person with one name has it as family name. */
  | 'order.name-missing'
  /** Longer than 100 characters. */
  | 'order.name-too-long'
  /** A digit, a control character, or a letter that no table writes in A–Z. */
  | 'order.name-character'
  /** Signs only. */
  | 'order.name-no-letter'
  /** Not composed (NFC), or with spaces at an end or two together: two ways to write one name. */
  | 'order.name-not-normal'
  | 'order.language-unknown'
  | 'order.nationality-unknown'
  /** No date, or one before anybody living was born. */
  | 'order.birth-date'
  | 'order.birth-date-future'
  | 'order.sex'
  | 'order.document-code'
  /** Refugees' papers are for refugees, those of the stateless for the stateless. */
  | 'order.document-code-nationality'
  | 'order.portrait'

/** A code and the field it is about, never the value. */
export interface OrderProblem {
  readonly code: OrderProblemCode
  readonly field: keyof Order
}

/** As much as a data page has room for, in the smallest print that is read. */
const LONGEST_NAME = 100
const LONGEST_REFERENCE = 100
/** Years; nobody was ever older than 122. */
const OLDEST = 130

const FIELDS: Readonly<Record<keyof Order, true>> = {
  kind: true,
  state: true,
  profile: true,
  reference: true,
  familyName: true,
  givenNames: true,
  language: true,
  nationality: true,
  birthDate: true,
  sex: true,
  documentCode: true,
  portrait: true,
}

/**
 * Whether it has the fields of an order and no other, each a text that has UTF-8. A field too many would be approved and
 * then not done; a surrogate alone would be written as U+FFFD, and two orders would have one digest.
 */
export function hasShape(order: object): order is Order {
  const fields = Object.entries(order)
  return (
    fields.length === Object.keys(FIELDS).length &&
    fields.every(
      ([name, value]) => Object.hasOwn(FIELDS, name) && typeof value === 'string' && !/\p{Cs}/u.test(value),
    )
  )
}

/** Everything that is wrong with an order, in the order of its fields; empty where a paper can be made from it. */
export function orderProblems(order: Order, at: Date): readonly OrderProblem[] {
  if (!hasShape(order)) return [{ code: 'order.shape', field: 'kind' }]
  return CHECKS.flatMap(({ field, problem }) => {
    const code = problem(order, at)
    return code === undefined ? [] : [{ code, field }]
  })
}

interface Check {
  readonly field: keyof Order
  readonly problem: (order: Order, at: Date) => OrderProblemCode | undefined
}

const unless = (holds: boolean, code: OrderProblemCode): OrderProblemCode | undefined =>
  holds ? undefined : code

const CHECKS: readonly Check[] = [
  { field: 'kind', problem: ({ kind }) => unless(kind === 'specimen', 'order.real-state') },
  {
    field: 'state',
    problem: ({ state }) =>
      unless(
        SPECIMEN_STATES.some(({ code3 }) => code3 === state),
        'order.real-state',
      ),
  },
  {
    field: 'profile',
    problem: ({ profile }) => unless(profileNamed(profile) !== undefined, 'order.profile-unknown'),
  },
  { field: 'reference', problem: ({ reference }) => unless(isReference(reference), 'order.reference') },
  {
    field: 'familyName',
    problem: ({ familyName, language }) =>
      familyName === '' ? 'order.name-missing' : nameProblem(familyName, language),
  },
  {
    field: 'givenNames',
    problem: ({ givenNames, language }) =>
      givenNames === '' ? undefined : nameProblem(givenNames, language),
  },
  {
    field: 'language',
    problem: ({ language }) => unless(isKnownLanguage(language), 'order.language-unknown'),
  },
  {
    field: 'nationality',
    problem: ({ nationality }) => unless(isNationality(nationality), 'order.nationality-unknown'),
  },
  { field: 'birthDate', problem: ({ birthDate }, at) => birthDateProblem(birthDate, at) },
  { field: 'sex', problem: ({ sex }) => unless(['M', 'F', 'X'].includes(sex), 'order.sex') },
  { field: 'documentCode', problem: documentCodeProblem },
  { field: 'portrait', problem: ({ portrait }) => unless(/^[0-9a-f]{64}$/.test(portrait), 'order.portrait') },
]

const lengthOf = (text: string): number => [...text].length

/** Characters that are not seen: control, format (but the joiners that Persian and Indic names need), private, none. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u

const isReference = (text: string): boolean =>
  text !== '' &&
  lengthOf(text) <= LONGEST_REFERENCE &&
  !UNSEEN.test(text) &&
  text === text.normalize('NFC').trim()

function nameProblem(name: string, language: string): OrderProblemCode | undefined {
  if (lengthOf(name) > LONGEST_NAME) return 'order.name-too-long'
  if (UNSEEN.test(name)) return 'order.name-character'
  if (name !== name.normalize('NFC').trim() || /\s\s|[^\S ]/u.test(name)) return 'order.name-not-normal'
  try {
    return unless(nameComponents(transliterate(name, { language })).length > 0, 'order.name-no-letter')
  } catch (error) {
    if (error instanceof FormatError) return 'order.name-character'
    throw error
  }
}

/** Organisations issue papers and have no nationals; codes that are out of use, or in use without being listed, are for reading. */
function isNationality(code: string): boolean {
  const entry = codeOf(code)
  return entry?.standing === 'current' && ['state', 'nationality', 'specimen'].includes(entry.kind)
}

function birthDateProblem(text: string, at: Date): OrderProblemCode | undefined {
  let date: PartialDate
  try {
    date = parseBirthDate(text)
  } catch (error) {
    if (error instanceof RangeError) return 'order.birth-date'
    throw error
  }
  if (date.year === undefined) return undefined
  if (date.year < at.getUTCFullYear() - OLDEST) return 'order.birth-date'
  const earliest = Date.UTC(date.year, (date.month ?? 1) - 1, date.day ?? 1)
  return unless(earliest <= at.getTime(), 'order.birth-date-future')
}

/** Of refugees under the Convention of 1951 and others, of the stateless: nationalities that are none. [9303-3 §5] */
const REFUGEES: readonly string[] = ['XXB', 'XXC']
const STATELESS = 'XXA'
const UNSPECIFIED = 'XXX'

/**
 * PS is for the stateless alone. PR is for refugees, whose nationality may be told; PT for whoever is no refugee.
 * [9303-4 §4.4]
 */
function documentCodeProblem({ documentCode, nationality }: Order): OrderProblemCode | undefined {
  switch (documentCode) {
    case 'PS':
      return unless(nationality === STATELESS, 'order.document-code-nationality')
    case 'PR':
      return unless(
        nationality !== STATELESS && nationality !== UNSPECIFIED,
        'order.document-code-nationality',
      )
    case 'PT':
      return unless(!REFUGEES.includes(nationality), 'order.document-code-nationality')
    default:
      return 'order.document-code'
  }
}
