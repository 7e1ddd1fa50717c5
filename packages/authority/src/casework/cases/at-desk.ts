import { type Officer, SigningRefusal, type SigningRefusalCode } from '@nansen/signing'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal, type CaseRefusalCode } from '../case-refusal.ts'

/** Somebody who is signed in, as the pages know them. What counts is the token: the rest is asked of the key service. */
export interface AtDesk {
  readonly officer: Officer
  /** Of an `OfficerSession`. */
  readonly token: string
}

/**
 * Whoever sits there, with the roles that the chain of enrolments gives them now.
 * @throws CaseRefusal officer.session
 */
export async function officerAt(office: CaseOffice, desk: AtDesk): Promise<Officer> {
  const session = await office.signing.officers.session(desk.token)
  if (session === undefined) throw new CaseRefusal('officer.session')
  return session.officer
}

/** What the key service says no to, in the words of this room. */
const MEANINGS: Readonly<Partial<Record<SigningRefusalCode, CaseRefusalCode>>> = {
  'officer.session': 'officer.session',
  'officer.unknown': 'officer.assertion',
  'officer.assertion': 'officer.assertion',
  'approval.refused': 'officer.assertion',
  'case.not-assigned': 'case.not-assigned',
  'case.unknown': 'case.not-assigned',
  'case.budget': 'case.budget',
  'sealed.altered': 'case.altered',
}

/** Asks the key service. @throws CaseRefusal for what it refuses of a case; what else it refuses rises as it is */
export async function askKeyService<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    const meaning = error instanceof SigningRefusal ? MEANINGS[error.code] : undefined
    if (meaning === undefined) throw error
    throw new CaseRefusal(meaning, { cause: error })
  }
}
