import { hex } from '@nansen/formats/tlv'
import type { Store, Tx } from '@nansen/store'
import type { IntentIdentity } from './ledger.ts'
import type { IntentId } from './signing.ts'

/** An intent as the key service reads it: committed, with what has become of it. */
export interface IntentRow extends IntentIdentity {
  readonly purpose: string
  readonly case_id: Uint8Array | null
  readonly bytes: Uint8Array
  readonly digest: Uint8Array
  /** The key of its case. */
  readonly wrapped: Uint8Array | null
  readonly signature: Uint8Array | null
  readonly voided: string | null
  readonly approval_id: Uint8Array | null
  /** The paper that it is the security object of, and what is kept of it. */
  readonly paper_id: Uint8Array | null
  readonly content: Uint8Array | null
}

/** More in one call are refused: a batch is held in memory. */
const MOST_IDS = 10_000

export function demandIds(ids: readonly IntentId[]): void {
  if (ids.length > MOST_IDS) throw new RangeError('at most 10,000 intents at once')
}

/**
 * The intents of these ids, by id in hexadecimal. A transaction of its own, so that it sees what is committed and nothing
 * else. P2
 */
export async function readIntents(
  store: Store,
  ids: readonly IntentId[],
): Promise<ReadonlyMap<string, IntentRow>> {
  const rows = await store.transaction((tx) =>
    tx.query<IntentRow & Readonly<Record<string, unknown>>>(
      `select i.id, i.key_id, i.purpose, i.case_id, i.bytes, i.digest, i.decision, i.once, i.approval_id,
              c.wrapped, s.value as signature, v.reason as voided,
              p.id as paper_id, case when s.value is null then p.content end as content
         from intent i
         left join case_key c on c.case_id = i.case_id
         left join signature s on s.intent_id = i.id
         left join voided v on v.intent_id = i.id
         left join paper p on p.intent_id = i.id
        where i.id = any($1::bytea[])`,
      [ids],
    ),
  )
  return new Map(rows.map((row) => [hex(row.id), row]))
}

/** What stands of an intent after its signature was to be stored. */
export interface StoredRow {
  readonly id: Uint8Array
  readonly signature: Uint8Array | null
  readonly voided: string | null
}

/** Stores signatures where there is none and the intent is not voided, and says what stands then: the first one wins. P4 */
export async function storeSignatures(
  store: Store,
  signatures: readonly { readonly id: Uint8Array; readonly value: Uint8Array }[],
): Promise<ReadonlyMap<string, StoredRow>> {
  const ids = signatures.map(({ id }) => id)
  const rows = await store.transaction(async (tx) => {
    await tx.query(
      `insert into signature (intent_id, value)
       select fresh.intent_id, fresh.value
         from unnest($1::bytea[], $2::bytea[]) as fresh (intent_id, value)
        where not exists (select 1 from voided v where v.intent_id = fresh.intent_id)
       on conflict do nothing`,
      [ids, signatures.map(({ value }) => value)],
    )
    return tx.query<StoredRow & Readonly<Record<string, unknown>>>(
      `select i.id, s.value as signature, v.reason as voided
         from intent i
         left join signature s on s.intent_id = i.id
         left join voided v on v.intent_id = i.id
        where i.id = any($1::bytea[])`,
      [ids],
    )
  })
  return new Map(rows.map((row) => [hex(row.id), row]))
}

/** An intent's case, and how far the paper is that it belongs to. */
export interface CaseRow {
  readonly id: Uint8Array
  readonly case_id: Uint8Array | null
  readonly wrapped: Uint8Array | null
  readonly stage: string | null
}

export const readCases = (tx: Tx, ids: readonly IntentId[]): Promise<readonly CaseRow[]> =>
  tx.query<CaseRow & Readonly<Record<string, unknown>>>(
    `select i.id, i.case_id, c.wrapped, p.stage
       from intent i
       left join case_key c on c.case_id = i.case_id
       left join paper p on p.intent_id = i.id and p.case_id = i.case_id
      where i.id = any($1::bytea[])`,
    [ids],
  )

/** How many signatures are stored of each key. */
export const countSignatures = (tx: Tx): Promise<readonly { key_id: string; count: number }[]> =>
  tx.query<{ key_id: string; count: number }>(
    `select i.key_id, count(*) as count from signature s join intent i on i.id = s.intent_id group by i.key_id`,
  )
