import { sameBytes } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { appendToCase, type KnownCase, type NewCaseEvent, readCase } from '../record/append-to-case.ts'
import type { Door } from './door.ts'

/**
 * A case of this account. Of another account, it is as if there were none. P8
 * @param caseId 32 hexadecimal digits
 * @throws CaseRefusal case.unknown
 */
export async function demandOwnCase(tx: Tx, { accountId }: Door, caseId: string): Promise<KnownCase> {
  const known = await readCase(tx, caseId)
  if (known === undefined || !sameBytes(known.accountId, accountId)) throw new CaseRefusal('case.unknown')
  return known
}

/** Writes what the applicant did. @throws CaseRefusal case.status where it does not fit any more */
export async function actOnCase(
  office: CaseOffice,
  tx: Tx,
  known: KnownCase,
  event: NewCaseEvent,
): Promise<void> {
  if ((await appendToCase(tx, office, known, [event])) === undefined) throw new CaseRefusal('case.status')
}
