import type { Tx } from '@nansen/store'
import { idOf } from '../record/octets.ts'
import type { Door } from './door.ts'

/** How many of these files the account has. */
export async function filesThere(tx: Tx, { accountId }: Door, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const [row] = await tx.query<{ count: number }>(
    'select count(*) as count from draft_file where account_id = $1 and id = any($2::bytea[])',
    [accountId, octetsOf(ids)],
  )
  return row!.count
}

export async function dropFiles(tx: Tx, { accountId }: Door, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query('delete from draft_file where account_id = $1 and id = any($2::bytea[])', [
    accountId,
    octetsOf(ids),
  ])
}

/** Those of no draft: put, and then never shown. */
export async function dropFilesBut(tx: Tx, { accountId }: Door, ids: readonly string[]): Promise<void> {
  await tx.query('delete from draft_file where account_id = $1 and not id = any($2::bytea[])', [
    accountId,
    octetsOf(ids),
  ])
}

const octetsOf = (ids: readonly string[]): readonly Uint8Array[] => ids.flatMap((id) => idOf(id) ?? [])
