import { hashOf } from '../../../packages/store/src/journal.ts'
import { type Corruption, change, flipped, rowsOf, type StoredOffice, unguard } from './corruption.ts'

interface StoredEvent {
  readonly stream: string
  readonly seq: number
  readonly kind: string
  readonly at: Date
  readonly text: string
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

/** The events of the longest stream of a paper that is in the log. */
async function aStream(office: StoredOffice): Promise<StoredEvent[]> {
  const rows = await rowsOf(
    office,
    `select stream, seq, kind, at, body as text, previous, hash from event
      where stream = (select stream from event where stream in (select stream from log_entry)
                       group by stream order by count(*) desc, stream limit 1) order by seq`,
    [],
    2,
  )
  return rows as unknown as StoredEvent[]
}

async function rewrite(office: StoredOffice, events: readonly StoredEvent[]): Promise<void> {
  await unguard(office, 'event', 'log_entry')
  await change(office, 'delete from event where stream = $1 returning true', [events[0]!.stream])
  for (const { stream, seq, kind, at, text, previous, hash } of events)
    await change(
      office,
      `insert into event (stream, seq, kind, at, body, previous, hash)
       values ($1, $2, $3, $4, $5, $6, $7) returning true`,
      [stream, seq, kind, at, text, previous, hash],
    )
}

/** As who knows the rules would: numbers and hashes follow again. */
function rechained(events: readonly StoredEvent[]): StoredEvent[] {
  let previous: Uint8Array = new Uint8Array(32)
  return events.map((event, seq) => {
    const link = { ...event, seq, previous }
    previous = hashOf({ ...link, at: link.at.toISOString() })
    return { ...link, hash: previous }
  })
}

/** The body says something else, and is as well formed as before. */
function otherBody(event: StoredEvent): StoredEvent {
  const text = event.text.replace(
    /[0-9a-f]{16}/,
    (digits) => (digits[0] === '0' ? '1' : '0') + digits.slice(1),
  )
  if (text === event.text) throw new Error('nothing to corrupt: no digits in the body')
  return { ...event, text }
}

/** What happened, and in which order. P20 */
export const corruptionsOfJournal: readonly Corruption[] = [
  {
    name: 'the body of an event is changed',
    invariant: 9,
    plant: async (office) => {
      const events = await aStream(office)
      await rewrite(office, [otherBody(events[0]!), ...events.slice(1)])
    },
  },
  {
    name: 'the body of an event is changed and its stream chained anew',
    invariant: 9,
    plant: async (office) => {
      const events = await aStream(office)
      await rewrite(office, rechained([otherBody(events[0]!), ...events.slice(1)]))
    },
  },
  {
    name: 'the time of an event is changed',
    invariant: 9,
    plant: async (office) => {
      const events = await aStream(office)
      const last = events.at(-1)!
      await rewrite(office, events.with(-1, { ...last, at: new Date(last.at.getTime() - 86_400_000) }))
    },
  },
  {
    name: 'the first event of a stream is removed',
    invariant: 9,
    plant: async (office) => rewrite(office, (await aStream(office)).slice(1)),
  },
  {
    name: 'the first event of a stream is removed and the rest chained anew',
    invariant: 9,
    plant: async (office) => rewrite(office, rechained((await aStream(office)).slice(1))),
  },
  {
    name: 'the last event of a stream is removed',
    invariant: 9,
    plant: async (office) => rewrite(office, (await aStream(office)).slice(0, -1)),
  },
  {
    name: 'an event is put at the end of a stream, rightly chained',
    invariant: 9,
    plant: async (office) => {
      const events = await aStream(office)
      await rewrite(office, rechained([...events, events.at(-1)!]))
    },
  },
  {
    name: 'an event is put between two, without a chain',
    invariant: 9,
    plant: async (office) => {
      const [first, ...rest] = await aStream(office)
      const between = { ...first!, seq: 1, hash: flipped(first!.hash) }
      await rewrite(office, [first!, between, ...rest.map((event) => ({ ...event, seq: event.seq + 1 }))])
    },
  },
  {
    name: 'a whole stream is gone, and what the log knew of it',
    invariant: 9,
    plant: async (office) => {
      const [{ stream }] = (await aStream(office)) as [StoredEvent]
      await unguard(office, 'event', 'log_entry')
      for (const table of ['log_entry', 'event'])
        await change(office, `delete from ${table} where stream = $1 returning true`, [stream])
    },
  },
]
