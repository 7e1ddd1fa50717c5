import { sameBytes } from '@nansen/formats/tlv'
import { sealToAccount } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import type { LetterContent } from '../record/letter-content.ts'
import { encodeJson } from '../record/octets.ts'
import { octetsOf } from './case-parts.ts'

/** What a letter is about; the same code is its subject. */
export type LetterKind =
  | 'request'
  | 'approved'
  | 'refused'
  | 'appeal-upheld'
  | 'appeal-reversed'
  | 'words-proposed'
  | 'words-given'

export interface LetterRow {
  readonly id: Uint8Array
  /** Whose passphrase opens it. */
  readonly accountId: Uint8Array
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
    tx.query<AccountRow>(
      `select account.id, public_key from case_file join account on account.id = account_id
        where case_file.id = $1`,
      [octetsOf(caseId)],
    ),
  )
  return account && sealTo(office, account, kind, content)
}

/** The same, to an account that the case does not belong to yet. @returns undefined where there is no such account */
export async function sealLetterTo(
  office: CaseOffice,
  accountId: Uint8Array,
  kind: LetterKind,
  content: Omit<LetterContent, 'subject'>,
): Promise<LetterRow | undefined> {
  const [account] = await office.store.transaction((tx) =>
    tx.query<AccountRow>('select id, public_key from account where id = $1', [accountId]),
  )
  return account && sealTo(office, account, kind, content)
}

interface AccountRow extends Readonly<Record<string, unknown>> {
  readonly id: Uint8Array
  readonly public_key: Uint8Array
}

function sealTo(
  office: CaseOffice,
  account: AccountRow,
  kind: LetterKind,
  content: Omit<LetterContent, 'subject'>,
): LetterRow {
  const id = office.random(16)
  const bytes = sealToAccount(account.public_key, id, encodeJson({ ...content, subject: kind }, BLOCK))
  return { id, accountId: account.id, kind, bytes }
}

/** @throws CaseRefusal case.status where the case went to another account after the letter was sealed */
export async function insertLetter(
  tx: Tx,
  office: Pick<CaseOffice, 'clock'>,
  caseId: Uint8Array,
  { id, accountId, kind, bytes }: LetterRow,
): Promise<void> {
  const [row] = await tx.query<{ account_id: Uint8Array }>('select account_id from case_file where id = $1', [
    caseId,
  ])
  // Nobody could ever open it.
  if (row === undefined || !sameBytes(row.account_id, accountId)) throw new CaseRefusal('case.status')
  await tx.insert('letter', [{ id, case_id: caseId, kind, bytes, day: startOfDay(office.clock()) }])
}
