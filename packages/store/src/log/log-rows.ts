import { StoreError } from '../errors.ts'
import type { Tx } from '../store.ts'
import { commitmentTo, SALT } from './commitment.ts'
import { EMPTY_ROOT } from './hash.ts'

/** An event of the journal, as far as the log needs it. */
export interface LoggedEvent {
  readonly stream: string
  readonly seq: number
  /** 32 octets: its place in the chain of its stream. */
  readonly hash: Uint8Array
}

/** The tree as the database has it. */
export interface DatabaseHead {
  readonly size: number
  readonly root: Uint8Array
}

/** What the holder of a record is given, so that they can find it in the log. */
export interface LogEntry {
  readonly commitment: Uint8Array
  readonly salt: Uint8Array
  /** `undefined` while it waits for a place. */
  readonly position: number | undefined
}

/** Events into the log, waiting for their places: in the transaction that makes them happen, or not at all. */
export async function enterEvents(
  tx: Tx,
  events: readonly LoggedEvent[],
  random: (octets: number) => Uint8Array,
): Promise<void> {
  if (events.length === 0) return
  const salts = random(events.length * SALT)
  const rows = events.map(({ stream, seq, hash }, i) => {
    const salt = salts.slice(i * SALT, (i + 1) * SALT)
    return { commitment: commitmentTo(hash, salt), salt, stream, seq }
  })
  await tx.insert('log_entry', rows)
}

/** A database that has none yet has an empty tree. */
export async function readHead(tx: Tx): Promise<DatabaseHead> {
  const [head] = await tx.query<{ size: number; root: Uint8Array }>(
    'select size, root from log_head where id = 1',
  )
  return head ?? { size: 0, root: EMPTY_ROOT }
}

/**
 * Moves the tree on, if it is still where it was.
 * @throws StoreError log.lost-race
 */
export async function moveHead(tx: Tx, from: DatabaseHead, to: DatabaseHead): Promise<void> {
  const moved = await tx.query(
    `insert into log_head (id, size, root) values (1, $1, $2)
     on conflict (id) do update set size = excluded.size, root = excluded.root
     where log_head.size = $3 and log_head.root = $4
     returning id`,
    [to.size, to.root, from.size, from.root],
  )
  if (moved.length !== 1) throw new StoreError('log.lost-race')
}

export async function anyWaiting(tx: Tx): Promise<boolean> {
  return (await tx.query('select 1 as waits from log_entry where position is null limit 1')).length > 0
}

/**
 * Gives places from `start` on to at most `most` of the entries that wait, in the order of their commitments, which says
 * nothing about when or by whom they were made.
 * @returns their commitments by place
 */
export async function givePlaces(tx: Tx, start: number, most: number): Promise<readonly Uint8Array[]> {
  const placed = await tx.query<{ commitment: Uint8Array; position: number }>(
    `with placed as (
       select commitment, $1::bigint + row_number() over (order by commitment) - 1 as position
       from log_entry where position is null order by commitment limit $2
     )
     update log_entry set position = placed.position from placed
     where log_entry.commitment = placed.commitment and log_entry.position is null
     returning log_entry.commitment, log_entry.position`,
    [start, most],
  )
  return inPlaces(placed, start)
}

/**
 * The leaves at [start, end), by place.
 * @throws StoreError log.forked where one is missing
 */
export async function readLeaves(tx: Tx, start: number, end: number): Promise<readonly Uint8Array[]> {
  const rows = await tx.query<{ commitment: Uint8Array; position: number }>(
    'select commitment, position from log_entry where position >= $1 and position < $2 order by position',
    [start, end],
  )
  if (rows.length !== end - start) throw new StoreError('log.forked')
  return inPlaces(rows, start)
}

export async function readEntry(tx: Tx, stream: string, seq: number): Promise<LogEntry | undefined> {
  const [entry] = await tx.query<{ commitment: Uint8Array; salt: Uint8Array; position: number | null }>(
    'select commitment, salt, position from log_entry where stream = $1 and seq = $2',
    [stream, seq],
  )
  return entry && { ...entry, position: entry.position ?? undefined }
}

function inPlaces(
  rows: readonly { readonly commitment: Uint8Array; readonly position: number }[],
  start: number,
): readonly Uint8Array[] {
  const sorted = [...rows].sort((a, b) => a.position - b.position)
  if (sorted.some(({ position }, i) => position !== start + i)) throw new StoreError('log.forked')
  return sorted.map(({ commitment }) => commitment)
}
