/**
 * The checker: reads only what is stored, holds no key, changes nothing, and says what does not fit together. Of the
 * invariants that hold whatever was cut off, killed or restored, those that exist so far:
 *
 * 1 every signature in the key service's journal has its intent, and every stored signature its line there;
 * 2 every intent is finished, or void;
 * 3 no number, order, intent or serial twice;
 * 4 every paper rests on the decision of two officers that it was recorded with; whether their signatures stand, the key
 *   service alone can tell;
 * 6 the log only grows: every checkpoint is the beginning of the tree, and each was recorded before it was signed;
 * 7 what was acknowledged is there; 8 nothing else is; 9 what was done is what the journal says.
 *
 * Published status (5) and canaries (10) come with their rooms.
 */
import { type Store, verifyJournal } from '@nansen/store'
import { checkLog, type LogToCheck } from './check-log.ts'
import { checkMoves } from './check-moves.ts'
import { checkRegister } from './check-register.ts'
import { checkSignatures } from './check-signatures.ts'
import { checkTrust } from './check-trust.ts'
import type { Problem } from './problem.ts'

export type { LogToCheck } from './check-log.ts'
export type { Invariant, Problem, ProblemCode } from './problem.ts'

export interface OfficeToCheck {
  readonly store: Store
  /** The file of the key service's journal. */
  readonly keyJournal: string
  readonly log: LogToCheck
}

/** @returns everything that does not fit; nothing where all invariants hold */
export async function checkOffice({ store, keyJournal, log }: OfficeToCheck): Promise<readonly Problem[]> {
  const problems = await store.transaction(async (tx) => [
    ...(await checkSignatures(tx, keyJournal)),
    ...(await checkRegister(tx)),
    ...(await checkTrust(tx)),
    ...(await checkMoves(tx)),
  ])
  for (const { stream, seq } of await verifyJournal(store))
    problems.push({ invariant: 9, code: 'journal.chain', where: `${stream} ${seq}` })
  return [...problems, ...(await checkLog(store, log))]
}
