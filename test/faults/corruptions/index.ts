/**
 * Ways to spoil the stored data of an office, each of which the checker must report: what a thief of the database, of
 * the disks or of a backup could try, and what a bug could do.
 */
import type { Corruption } from './corruption.ts'
import { corruptionsOfJournal } from './of-journal.ts'
import { corruptionsOfLog } from './of-log.ts'
import { corruptionsOfRegister } from './of-register.ts'
import { corruptionsOfSignatures } from './of-signatures.ts'

export type { Corruption, StoredOffice } from './corruption.ts'

export const corruptions: readonly Corruption[] = [
  ...corruptionsOfSignatures,
  ...corruptionsOfRegister,
  ...corruptionsOfJournal,
  ...corruptionsOfLog,
]
