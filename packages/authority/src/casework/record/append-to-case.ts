import {
  append,
  type Event,
  type EventBody,
  type Head,
  isUniqueViolation,
  readStream,
  type SqlValue,
  type Tx,
} from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { streamOfCase } from './case-event.ts'
import { type CaseState, stateAfter, stateOf } from './case-state.ts'

/** A case in the transaction that looks at it: nobody else changes it until that is over. */
export interface KnownCase {
  /** 16 octets. */
  readonly id: Uint8Array
  /** The same, 32 hexadecimal digits. */
  readonly caseId: string
  /** 16 octets each. */
  readonly accountId: Uint8Array
  readonly familyId: Uint8Array
  readonly events: readonly Event[]
  /** What follows from the events; what the row says is not asked. P1 */
  readonly state: CaseState
}

/** Of times that the key service wrote an opening of the same case in the same breath. */
const MOST_TRIES = 5

/** A transaction over one case: the key service writes openings into the same stream without asking anybody. */
export async function caseTransaction<T>(
  office: Pick<CaseOffice, 'store'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let tries = MOST_TRIES; ; tries--) {
    try {
      return await office.store.transaction(work)
    } catch (error) {
      if (tries === 1 || !isUniqueViolation(error, 'event_pkey')) throw error
    }
  }
}

/** @param caseId 32 hexadecimal digits @returns undefined where there is no such case */
export async function readCase(tx: Tx, caseId: string): Promise<KnownCase | undefined> {
  if (!/^[0-9a-f]{32}$/.test(caseId)) return undefined
  const id = new Uint8Array(Buffer.from(caseId, 'hex'))
  // Held until the end: of several at once each sees what the one before it did.
  const [row] = await tx.query<{ account_id: Uint8Array; family_id: Uint8Array }>(
    'select account_id, family_id from case_file where id = $1 for update',
    [id],
  )
  // Asked for in any case: one that is not there takes as long as one that is another's. P8
  const events = await readStream(tx, streamOfCase(caseId))
  if (row === undefined) return undefined
  const state = stateOf(events)
  return state && { id, caseId, accountId: row.account_id, familyId: row.family_id, events, state }
}

/** What happens to a case. */
export interface NewCaseEvent {
  readonly kind: string
  /** `actor`, and ids, codes and days. */
  readonly body: EventBody
}

/**
 * Writes what happened to a case, in the journal and in the log, and brings its row up to date with what follows from
 * it: there is no other way in which a case changes. P20
 * @returns the case afterwards; undefined, and nothing is written, where an event does not fit
 */
export async function appendToCase(
  tx: Tx,
  office: Pick<CaseOffice, 'log' | 'clock'>,
  known: KnownCase,
  news: readonly NewCaseEvent[],
): Promise<KnownCase | undefined> {
  const stream = streamOfCase(known.caseId)
  const at = startOfDay(office.clock())
  const fresh = news.map(({ kind, body }) => ({ stream, kind, at, body }))
  let state: CaseState = known.state
  for (const event of fresh) {
    const next = stateAfter(state, event)
    if (next === undefined || next === state) return undefined
    state = next
  }
  const heads = new Map<string, Head>(known.events.slice(-1).map((event) => [stream, event]))
  const stored = await append(tx, fresh, heads)
  await office.log.enter(tx, stored)
  await tx.query(
    `update case_file set status = $2, minor = $3, waiting = $4, notice = $5, duplicate = $6, officer_id = $7,
       submitted = $8, due = $9, paused_since = $10 where id = $1`,
    [known.id, ...Object.values(rowOf(state))],
  )
  return { ...known, events: [...known.events, ...stored], state }
}

/** A case as its row says it, beside its ids: in the order of the columns. */
export const rowOf = (state: CaseState): Readonly<Record<string, SqlValue>> => ({
  status: state.status,
  minor: state.minor,
  waiting: state.waiting,
  notice: state.notice,
  duplicate: state.duplicate,
  officer_id: state.officer === undefined ? null : new Uint8Array(Buffer.from(state.officer, 'hex')),
  submitted: state.submitted,
  due: state.due,
  paused_since: state.pausedSince ?? null,
})
