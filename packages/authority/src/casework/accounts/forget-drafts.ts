import type { Tx } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'

/** Days: who was kept from going on for half a year begins anew. */
export const DRAFT_DAYS = 180

/** Deletes what was begun and not touched for too long, with its files. P10 */
export async function forgetDrafts(tx: Tx, at: Date): Promise<void> {
  const last = new Date(startOfDay(at).getTime() - DRAFT_DAYS * 86_400_000)
  await tx.query(
    `with gone as (delete from draft where day < $1 returning account_id)
     delete from draft_file where account_id in (select account_id from gone)`,
    [last],
  )
}
