import { sealToAccount } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import type { LetterContent } from '../record/letter-content.ts'
import { encodeJson } from '../record/octets.ts'
import { octetsOf } from './case-parts.ts'

/** What a letter is about; the same code is its subject. */
export type LetterKind = 'request' | 'approved' | 'refused' | 'appeal-upheld' | 'appeal-reversed'

export interface LetterRow {
  readonly id: Uint8Array
  readonly kind: LetterKind
  readonly bytes: Uint8Array
}

/** Letters of one kind are of few lengths. */
const BLOCK = 2048

/**
 * A letter that only the applicant's passphrase opens: whoever wrote it cannot read it again. P7
 * @returns undefined where there is no such case: the act that it belongs to is refused then
 */
export async function sealLetter(
  office: CaseOffice,
  caseId: string,
  kind: LetterKind,
  content: Omit<LetterContent, 'subject'>,
): Promise<LetterRow | undefined> {
  const [account] = await office.store.transaction((tx) =>
    tx.query<{ public_key: Uint8Array }>(
      'select account.public_key from case_file join account on account.id = account_id where case_file.id = $1',
      [octetsOf(caseId)],
    ),
  )
  if (account === undefined) return undefined
  const id = office.random(16)
  const bytes = sealToAccount(account.public_key, id, encodeJson({ ...content, subject: kind }, BLOCK))
  return { id, kind, bytes }
}

export const insertLetter = (
  tx: Tx,
  office: Pick<CaseOffice, 'clock'>,
  caseId: Uint8Array,
  { id, kind, bytes }: LetterRow,
): Promise<void> =>
  tx.insert('letter', [{ id, case_id: caseId, kind, bytes, day: startOfDay(office.clock()) }])
