import { CaseRefusal } from '../case-refusal.ts'
import { jsonOf, type OpenedPart } from './case-parts.ts'

/** What the applicant handed in, beside pictures. */
export interface ApplicationContent {
  /** In which they are written to. */
  readonly language: 'en' | 'ru'
  readonly person: {
    readonly familyName: string
    readonly givenNames: string
    /** As a BCP 47 tag. */
    readonly nameLanguage: string
    /** As an order writes it. */
    readonly birthDate: string
    readonly sex: '' | 'M' | 'F' | 'X'
    readonly nationality: string
  }
  /** Codes of grounds. */
  readonly reasons: readonly string[]
  readonly story: string
  readonly stay: { readonly country: string; readonly basis: string; readonly until: string }
  /** A code of PLACES. */
  readonly meeting: string
  readonly waiver: boolean
}

/** The first that was handed in: whatever came later is no application. @throws CaseRefusal case.altered */
export function applicationIn(parts: readonly OpenedPart[]): ApplicationContent {
  const application = jsonOf<ApplicationContent>(parts.find(({ kind }) => kind === 'application'))
  if (typeof application.person !== 'object') throw new CaseRefusal('case.altered')
  return application
}

/** JPEG of 413 × 531 pixels; undefined where there is none. */
export const photoIn = (parts: readonly OpenedPart[]): Uint8Array | undefined =>
  parts.find(({ kind }) => kind === 'photo')?.bytes
