import { hash as digestOf } from 'node:crypto'
import type { SqlValue, Tx } from './store.ts'

/** What an event says: ids, digests as text, codes. Never personal data. */
export type EventBody = Readonly<Record<string, string | number | boolean | null>>

export interface NewEvent {
  /** What it happened to, such as `paper/…` with a random id. */
  readonly stream: string
  /** What happened, such as `paper.released`. */
  readonly kind: string
  readonly at: Date
  readonly body: EventBody
}

/** An event as it is stored. */
export interface Event extends NewEvent {
  /** Its place in the stream, from 0. */
  readonly seq: number
  /** The body as text: exactly what was hashed. */
  readonly text: string
  /** The hash of the event before; 32 zero octets for the first. */
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

type EventRow = Omit<Event, 'body' | 'text'> & { readonly body: string }

/** What the first event of a stream names as the one before it. */
export const START: Uint8Array = new Uint8Array(32)
const DOMAIN = 'nansen journal event 1'
const COLUMNS = 'stream, seq, kind, at, body, previous, hash'

/**
 * Writes events at the ends of their streams: one question for all heads that are not known, and one insert, however
 * many they are.
 * @param known the last events of streams, where the caller has them: what is not asked for puts the transaction in
 *   nobody's way. Of a stream that has moved on since, the database refuses the event as one that is there already
 * @returns the events as stored, in the order given
 */
export async function append(
  tx: Tx,
  events: readonly NewEvent[],
  known: ReadonlyMap<string, Head> = new Map(),
): Promise<readonly Event[]> {
  if (events.length === 0) return []
  const unknown = new Set(events.map(({ stream }) => stream).filter((stream) => !known.has(stream)))
  const heads = unknown.size === 0 ? [] : await headsOf(tx, [...unknown])
  return write(tx, events, new Map([...known, ...heads]))
}

/**
 * Writes the first events of streams that are new: nothing is asked.
 * @throws SqlError of a unique violation where a stream is not new
 */
export async function begin(tx: Tx, events: readonly NewEvent[]): Promise<readonly Event[]> {
  return events.length === 0 ? [] : write(tx, events, new Map())
}

async function write(
  tx: Tx,
  events: readonly NewEvent[],
  heads: Map<string, Head>,
): Promise<readonly Event[]> {
  const stored = events.map((event) => {
    const head = heads.get(event.stream)
    const text = canonicalBody(event.body)
    const link = {
      ...event,
      text,
      seq: head === undefined ? 0 : head.seq + 1,
      previous: head?.hash ?? START,
    }
    const whole: Event = { ...link, hash: hashOf({ ...link, at: event.at.toISOString() }) }
    heads.set(event.stream, whole)
    return whole
  })
  await tx.insert('event', stored.map(rowOf))
  return stored
}

/** Where a stream ends: the number and the hash of its last event. */
export interface Head {
  readonly seq: number
  readonly hash: Uint8Array
}

async function headsOf(tx: Tx, streams: readonly string[]): Promise<Map<string, Head>> {
  const rows = await tx.query<{ stream: string; seq: number; hash: Uint8Array }>(
    `select asked.stream, head.seq, head.hash from unnest($1::text[]) as asked (stream)
     cross join lateral (
       select seq, hash from event where event.stream = asked.stream order by seq desc limit 1
     ) as head`,
    [streams],
  )
  return new Map(rows.map(({ stream, seq, hash }) => [stream, { seq, hash }]))
}

function rowOf({ stream, seq, kind, at, text, previous, hash }: Event): Record<string, SqlValue> {
  return { stream, seq, kind, at, body: text, previous, hash }
}

/** The events of a stream, in order. Whether their chain holds, {@link verifyStream} says. */
export async function readStream(tx: Tx, stream: string): Promise<readonly Event[]> {
  const rows = await tx.query<EventRow>(`select ${COLUMNS} from event where stream = $1 order by seq`, [
    stream,
  ])
  return rows.map(eventOf)
}

function eventOf(row: EventRow): Event {
  return { ...row, text: row.body, body: JSON.parse(row.body) as EventBody }
}

/** JSON with sorted keys and no space, so that one body has one text. @throws RangeError for what is no such body */
export function canonicalBody(body: EventBody): string {
  const keys = Object.keys(body).sort()
  const members = keys.map((key) => {
    const value = body[key]
    const plain = value === null || ['string', 'boolean'].includes(typeof value)
    if (!plain && !Number.isFinite(value)) throw new RangeError('no body of an event')
    return `${JSON.stringify(key)}:${JSON.stringify(value)}`
  })
  return `{${members.join(',')}}`
}

/** The fields of an event that its hash is over; the moment as `2026-11-23T10:00:00.000Z`. */
export interface Hashed {
  readonly stream: string
  readonly seq: number
  readonly kind: string
  readonly at: string
  readonly text: string
  readonly previous: Uint8Array
}

/** SHA-256 over every field, each behind its length, so that no two events have the same octets. */
export function hashOf({ stream, seq, kind, at, text, previous }: Hashed): Uint8Array {
  const texts = [DOMAIN, stream, String(seq), kind, at, text]
  const lengths = texts.map((field) => Buffer.byteLength(field, 'utf8'))
  const octets = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 4 + previous.length))
  let end = 0
  for (const [i, field] of texts.entries()) {
    end = octets.writeUInt32BE(lengths[i]!, end)
    end += octets.write(field, end, 'utf8')
  }
  octets.set(previous, octets.writeUInt32BE(previous.length, end))
  return new Uint8Array(digestOf('sha256', octets, 'buffer'))
}
