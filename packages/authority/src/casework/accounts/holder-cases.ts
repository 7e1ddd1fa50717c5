import { hex } from '@nansen/formats/tlv'
import type { EventBody, Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { caseCode } from '../record/case-code.ts'
import { type CaseEvent, streamOfCase } from '../record/case-event.ts'
import { type CaseState, mayWithdraw, type ProductionStage, stateOf } from '../record/case-state.ts'
import type { CaseFlags, CaseStatus } from '../record/case-status.ts'
import { type Door, demandDoor } from './door.ts'
import { type HolderLetter, type HolderRequest, lettersOf, openRequest } from './letters.ts'

export type { HolderLetter, HolderRequest } from './letters.ts'

/** A case as its holder sees it. */
export interface HolderCase {
  /** 32 hexadecimal digits. */
  readonly caseId: string
  readonly code: string
  readonly status: CaseStatus
  /**
   * Whether something is asked, and nothing else: whoever hands in another's name to learn whether they have applied, or
   * whether a notice is known here, is told the same as everybody. P11
   */
  readonly flags: Pick<CaseFlags, 'waiting'>
  readonly minor: boolean
  /** The day. */
  readonly submitted: Date
  readonly due: Date
  /** How often somebody of the office opened it. */
  readonly openings: number
  /** Code of the place where they will be seen. */
  readonly meeting?: string
  /** The oldest first. */
  readonly letters: readonly HolderLetter[]
  /** What the office asks for, where it does. */
  readonly request?: HolderRequest
  /** The last decision of two officers. */
  readonly decided?: { readonly day: Date; readonly outcome: 'approved' | 'refused' }
  readonly paper?: { readonly stage: ProductionStage }
  /** Whether the holder can appeal now. */
  readonly mayAppeal: boolean
  /** Whether the holder can take it back now. */
  readonly mayWithdraw: boolean
  /** On which day an officer said that somebody stood there and had lost the words of this page: it waits for another. */
  readonly wordsProposed?: Date
  /** On which day it came from another page: what was written there before stays closed here. */
  readonly movedOn?: Date
}

/**
 * The cases of the account, as they were handed in. A helper who may only answer sees those in which something is asked,
 * with the letter that asks it.
 * @throws CaseRefusal door.*
 */
export async function casesOf(office: CaseOffice, door: Door): Promise<readonly HolderCase[]> {
  return office.store.transaction(async (tx) => {
    const { scopes } = await demandDoor(tx, door, ['status', 'answer'])
    const rows = await tx.query<{ id: Uint8Array }>(
      'select id from case_file where account_id = $1 order by submitted, family_id, minor, id',
      [door.accountId],
    )
    const events = await eventsOf(
      tx,
      rows.map(({ id }) => hex(id)),
    )
    const known = rows.flatMap(({ id }) => {
      const own = events.get(hex(id)) ?? []
      const state = stateOf(own)
      return state === undefined ? [] : [{ id, caseId: hex(id), own, state }]
    })
    const moved = known.filter(({ state }) => state.movedOn !== undefined)
    const letters = await lettersOf(
      tx,
      door,
      known.map(({ id }) => id),
      new Set(moved.map(({ caseId }) => caseId)),
    )
    const cases = known.map(({ caseId, own, state }) =>
      holderCase(caseId, own, state, letters.get(caseId) ?? []),
    )
    return scopes.includes('status') ? cases : cases.flatMap(onlyAsked)
  })
}

function holderCase(
  caseId: string,
  events: readonly CaseEvent[],
  state: CaseState,
  letters: readonly HolderLetter[],
): HolderCase {
  const { status, waiting, minor, submitted, due, openings, decided, stage, words, movedOn } = state
  const place = events[0]?.body.place
  const request = openRequest({ state }, letters)
  return {
    caseId,
    code: caseCode(caseId),
    status,
    flags: { waiting },
    minor,
    submitted,
    due,
    openings,
    ...(typeof place === 'string' && { meeting: place }),
    letters,
    ...(request && { request }),
    ...(decided && { decided }),
    ...(stage && { paper: { stage } }),
    mayAppeal: state.mayAppeal,
    mayWithdraw: mayWithdraw(state),
    ...(words && { wordsProposed: words.day }),
    ...(movedOn && { movedOn }),
  }
}

/** Of a case, no more than what is asked. */
function onlyAsked(holders: HolderCase): readonly HolderCase[] {
  const { request, letters } = holders
  if (request === undefined) return []
  const asking = letters.filter(({ id, content }) => content.request === request.id || id === request.id)
  return [{ ...holders, letters: asking }]
}

async function eventsOf(
  tx: Tx,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CaseEvent[]>> {
  const rows = await tx.query<{ stream: string; kind: string; at: Date; body: string }>(
    'select stream, kind, at, body from event where stream = any($1::text[]) order by stream, seq',
    [caseIds.map(streamOfCase)],
  )
  const found = new Map<string, CaseEvent[]>(caseIds.map((caseId) => [caseId, []]))
  const byStream = new Map(caseIds.map((caseId) => [streamOfCase(caseId), caseId]))
  for (const { stream, kind, at, body } of rows)
    found.get(byStream.get(stream)!)!.push({ kind, at, body: JSON.parse(body) as EventBody })
  return found
}
