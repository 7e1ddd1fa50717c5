import type { Evidence } from '../evidence/evidence.ts'
import type { Finding, FindingCode } from '../finding.ts'

export type CheckName =
  | 'format'
  | 'mrz.check-digits'
  | 'sod.signature'
  | 'sod.chain'
  | 'sod.country'
  | 'sod.document-type'
  | 'sod.signing-period'
  | 'lds.hashes'
  | 'lds.complete'
  | 'mrz.chip-agrees'
  | 'return-right'
  | 'revocation'
  | 'expiry'
  | 'chip'

/** One row of the table of checks: a function of the evidence alone, and the section it carries out. */
export interface Check {
  readonly name: CheckName
  readonly applies: readonly Evidence['kind'][]
  readonly check: (evidence: Evidence) => Outcome
  readonly cites: string
}

/**
 * What a check says. A failure says what it proves, and a check that was not done says whether the answer
 * stays open because of it; there is no result that a caller could join wrongly.
 */
export type Outcome =
  | { readonly result: 'passed'; readonly weight: 'none'; readonly notes: readonly Finding[] }
  | {
      readonly result: 'failed'
      readonly weight: 'not-genuine' | 'not-valid'
      readonly finding: Finding
      readonly notes: readonly Finding[]
    }
  | {
      readonly result: 'not-done'
      readonly weight: 'cannot-tell' | 'aside'
      readonly finding: Finding
      readonly notes: readonly Finding[]
    }

export type CheckResult = Outcome & { readonly name: CheckName; readonly cites: string }

export const finding = (code: FindingCode, where: string, cites: string): Finding => ({ code, where, cites })

export const passed = (notes: readonly Finding[] = []): Outcome => ({
  result: 'passed',
  weight: 'none',
  notes,
})

/** Proof that what was presented is not what it claims to be. */
export const notGenuine = (found: Finding, notes: readonly Finding[] = []): Outcome => ({
  result: 'failed',
  weight: 'not-genuine',
  finding: found,
  notes,
})

/** Proof that it is no longer, or not yet, good. */
export const notValid = (found: Finding, notes: readonly Finding[] = []): Outcome => ({
  result: 'failed',
  weight: 'not-valid',
  finding: found,
  notes,
})

/** Without this the answer cannot be yes. */
export const cannotTell = (found: Finding, notes: readonly Finding[] = []): Outcome => ({
  result: 'not-done',
  weight: 'cannot-tell',
  finding: found,
  notes,
})

/** Not done, and nothing hangs on it. */
export const aside = (found: Finding, notes: readonly Finding[] = []): Outcome => ({
  result: 'not-done',
  weight: 'aside',
  finding: found,
  notes,
})
