import type { Purpose } from '@nansen/signing'
import { CeremonyRefusal } from './refusal.ts'

/** How long a key signs, how long its certificate lives, and how often it may sign, for each purpose. */
export interface Term {
  /** Months. */
  readonly signs: number
  /** Months; for a document signer those of the longest document come on top. */
  readonly lives: number
  /** Signatures. */
  readonly most: number
}

/**
 * [9303-12 table 1]: an authority signs three to five years and lives as long as what its signers signed last; a
 * document signer signs three months at the most. How long a list signer signs is left to the state. A log has
 * no certificate; its key is changed when the log is.
 */
export const TERMS: Readonly<Record<Purpose, Term>> = {
  csca: { signs: 60, lives: 180, most: 10_000 },
  'document-signer': { signs: 3, lives: 3, most: 100_000 },
  'master-list-signer': { signs: 12, lives: 15, most: 10_000 },
  log: { signs: 120, lives: 120, most: 2_147_483_647 },
  witness: { signs: 120, lives: 120, most: 2_147_483_647 },
}

/** Months that a document lives at the most; the profile's examples have ten years. [9303-12 table 1] */
export const LONGEST_DOCUMENT = 120
/** Two years, as our booklets have. */
export const DOCUMENT_MONTHS = 24
/** Days of a revocation list until the next. [9303-12 §4.1.5] */
export const CRL_DAYS = 90
/** Days between the notice of a new key of the authority and its first signature on anything else. [9303-12 §4.1] */
export const NOTICE_DAYS = 90

const DAY = 86_400_000

/** A moment so many months later: same day and time, or the last day of a shorter month. UTC. */
export function addMonths(from: Date, months: number): Date {
  const to = new Date(from)
  to.setUTCMonth(to.getUTCMonth() + months, 1)
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate()
  to.setUTCDate(Math.min(from.getUTCDate(), last))
  return to
}

export const addDays = (from: Date, days: number): Date => new Date(from.getTime() + days * DAY)

/** Whole seconds, as certificates have. */
export const wholeSeconds = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000)

/** The last second of a period that ends before `end`: both ends of a validity are inside it. [RFC5280 §4.1.2.5] */
export const lastSecond = (end: Date): Date => new Date(end.getTime() - 1000)

/** When a key may sign that is made at `at`. */
export function signingTerm(purpose: Purpose, at: Date): { notBefore: Date; notAfter: Date } {
  const notBefore = wholeSeconds(at)
  return { notBefore, notAfter: addMonths(notBefore, TERMS[purpose].signs) }
}

/**
 * When a certificate ends whose key began to sign at `from`: as long as what is signed with it. [9303-12 table 1]
 * @param documentMonths the life of the longest document that a document signer signs
 * @throws CeremonyRefusal period.length
 */
export function certificateEnd(purpose: Purpose, from: Date, documentMonths: number): Date {
  if (!Number.isInteger(documentMonths) || documentMonths < 1 || documentMonths > LONGEST_DOCUMENT)
    throw new CeremonyRefusal('period.length')
  const more = purpose === 'document-signer' ? documentMonths : 0
  return lastSecond(addMonths(from, TERMS[purpose].lives + more))
}
