import { hex } from '@nansen/formats/tlv'
import { begin, type NewEvent, type SqlValue, type Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { appendToCase, readCase, rowOf } from '../record/append-to-case.ts'
import { streamOfCase } from '../record/case-event.ts'
import { stateOf } from '../record/case-state.ts'
import { type PartRow, partRows } from '../record/part-rows.ts'
import { CURRENCY, feeFor } from '../rules/fees.ts'
import { actorOf, type Door } from './door.ts'
import type { MatchIndexes } from './person-indexes.ts'

/** A case that is to be, with what is in it sealed already. */
export interface NewCase {
  readonly id: Uint8Array
  readonly familyId: Uint8Array
  readonly minor: boolean
  readonly waiver: boolean
  /** Code of the place where they want to be seen. */
  readonly place: string
  /** Given for others' fees, in cents. */
  readonly solidarity: number
  readonly parts: readonly PartRow[]
  readonly matches: MatchIndexes
}

/** Others that may be of the same person; more than these nobody can look at. */
const MOST_CANDIDATES = 20

/**
 * The rows and events of new cases. Where another account has a case of what may be the same person, both are marked, for
 * officers alone: whoever hands in a name to learn whether its owner has applied learns nothing. P11
 */
export async function insertCases(
  office: CaseOffice,
  tx: Tx,
  door: Door,
  cases: readonly NewCase[],
  day: Date,
): Promise<void> {
  const found = new Map<NewCase, readonly Uint8Array[]>()
  for (const one of cases) found.set(one, await candidatesOf(tx, door, one))

  const events = new Map(cases.map((one) => [one, firstEvents(door, one, found.get(one)!, day)]))
  await tx.insert(
    'case_file',
    cases.map((one) => ({
      id: one.id,
      account_id: door.accountId,
      family_id: one.familyId,
      ...rowOf(stateOf(events.get(one)!)!),
    })),
  )
  await tx.insert(
    'case_part',
    cases.flatMap(({ id, parts }) => partRows(id, parts)),
  )
  await tx.insert('case_match', cases.flatMap(matchRows))
  await tx.insert(
    'fee_entry',
    cases.flatMap((one) => feeRows(one, day)),
  )
  await office.log.enter(tx, await begin(tx, [...events.values()].flat()))
  for (const one of cases)
    for (const other of found.get(one)!) {
      const known = await readCase(tx, hex(other))
      if (known !== undefined) await appendToCase(tx, office, known, [duplicateFound(one.id)])
    }
}

/** Cases of other accounts under one of the indexes, the newest first. */
async function candidatesOf(
  tx: Tx,
  { accountId }: Door,
  { matches }: NewCase,
): Promise<readonly Uint8Array[]> {
  const rows = await tx.query<{ id: Uint8Array }>(
    `select id from case_file
      where id in (select case_id from case_match where match = any($1::bytea[]))
        and account_id <> $2 and status <> 'withdrawn'
      order by submitted desc, id limit ${MOST_CANDIDATES}`,
    [matches.sought, accountId],
  )
  return rows.map(({ id }) => id)
}

function firstEvents(door: Door, one: NewCase, others: readonly Uint8Array[], at: Date): readonly NewEvent[] {
  const stream = streamOfCase(hex(one.id))
  const actor = actorOf(door)
  const submitted = { actor, minor: one.minor, waiver: one.waiver, place: one.place }
  return [
    { stream, kind: 'case.submitted', at, body: submitted },
    ...feesOf(one).map(({ kind }) => ({ stream, kind: 'case.fee', at, body: { actor, kind } })),
    ...others.map((other) => ({ stream, at, ...duplicateFound(other) })),
  ]
}

/** Nobody did it: it was found. */
const duplicateFound = (other: Uint8Array) => ({
  kind: 'case.duplicate-found',
  body: { actor: 'office', other: hex(other) },
})

const matchRows = ({ id, matches }: NewCase): readonly Readonly<Record<string, SqlValue>>[] =>
  matches.kept.map((match) => ({ match, case_id: id }))

/** Who says that they cannot pay need not show it. */
function feesOf({ minor, waiver, solidarity }: NewCase) {
  const amount = feeFor(minor)
  return [
    ...(amount > 0 ? [{ kind: 'due', amount }] : []),
    ...(amount > 0 && waiver ? [{ kind: 'waived', amount }] : []),
    ...(solidarity > 0 ? [{ kind: 'solidarity', amount: solidarity }] : []),
  ]
}

const feeRows = (one: NewCase, day: Date) =>
  feesOf(one).map(({ kind, amount }, seq) => ({
    case_id: one.id,
    seq,
    kind,
    amount,
    currency: CURRENCY,
    day,
  }))
