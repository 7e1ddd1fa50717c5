import type { Inspection } from '@nansen/inspection'

/** What a shell learns from `nansen inspect`. */
export const EXIT = { allAccepted: 0, rejectedOrNotValid: 1, unproven: 2, usage: 64, failed: 70 } as const

/** The worst of several answers: something rejected or not valid, else something unproven, else all accepted; of none, unproven. */
export function exitCodeOf(verdicts: readonly Inspection['verdict']['verdict'][]): number {
  if (verdicts.some((verdict) => verdict === 'rejected' || verdict === 'not-valid'))
    return EXIT.rejectedOrNotValid
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'accepted')
    ? EXIT.allAccepted
    : EXIT.unproven
}

/** A mistake in how the command was called, with a sentence on what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
