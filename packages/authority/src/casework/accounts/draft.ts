import type { PhotoAdvice } from '../case-office.ts'

/** An application before it is handed in. */
export interface Draft {
  /** Of its writing, from 0 where nothing was written. */
  readonly version: number
  /** In which the applicant is written to. */
  readonly language: 'en' | 'ru'
  /** The applicant, and behind them children. */
  readonly people: readonly DraftPerson[]
  /** Codes of grounds. */
  readonly reasons: readonly string[]
  readonly story: string
  /** On what they stay where they are: the three letters of the state, a code, `2027-03-31` or empty. */
  readonly stay: { readonly country: string; readonly basis: string; readonly until: string }
  /** Code of the place where they want to be seen; empty until it is chosen. */
  readonly meeting: string
  /** Asks for the fee to be waived. */
  readonly waiver: boolean
  /** Given for others' fees, in cents. */
  readonly solidarity: number
}

export interface DraftPerson {
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly familyName: string
  readonly givenNames: string
  /** Of the name, as a BCP 47 tag. */
  readonly nameLanguage: string
  /** The person saw how the name stands in the zone. */
  readonly spellingConfirmed: boolean
  /** `1987-04-12`; from the right, what is not known is X: `1987-XX-XX`; empty until it is told. */
  readonly birthDate: string
  readonly sex: '' | 'M' | 'F' | 'X'
  /** The three letters of the zone, or `D`. */
  readonly nationality: string
  /** Id of a file. */
  readonly photo: string | undefined
  readonly photoAdvice: readonly PhotoAdvice[]
  readonly evidence: readonly DraftEvidence[]
}

export interface DraftEvidence {
  readonly id: string
  /** A code of the kinds of evidence. */
  readonly kind: string
  /** Id of a file. */
  readonly file: string
}

/** Somebody of whom nothing is told yet. @param id 32 hexadecimal digits */
export const emptyPerson = (id: string): DraftPerson => ({
  id,
  familyName: '',
  givenNames: '',
  nameLanguage: '',
  spellingConfirmed: false,
  birthDate: '',
  sex: '',
  nationality: '',
  photo: undefined,
  photoAdvice: [],
  evidence: [],
})

/** An application of which nothing is told yet. */
export const emptyDraft = (firstPerson: string): Draft => ({
  version: 0,
  language: 'en',
  people: [emptyPerson(firstPerson)],
  reasons: [],
  story: '',
  stay: { country: '', basis: '', until: '' },
  meeting: '',
  waiver: false,
  solidarity: 0,
})

/** The files that a draft shows, by id. */
export const filesOf = (draft: Draft): ReadonlySet<string> =>
  new Set(
    draft.people.flatMap(({ photo, evidence }) => [
      ...(photo === undefined ? [] : [photo]),
      ...evidence.map(({ file }) => file),
    ]),
  )
