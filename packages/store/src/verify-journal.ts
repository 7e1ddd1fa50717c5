import { canonicalBody, type EventBody, type Hashed, hashOf, START } from './journal.ts'
import type { Store, Tx } from './store.ts'

/** A place where a chain does not hold. */
export interface JournalBreak {
  readonly stream: string
  readonly seq: number
  readonly what: /** No event has this place, and one behind it does. */
    | 'missing'
    /** It names another event than the one before it. */
    | 'previous'
    /** It is not what its hash was made over. */
    | 'changed'
    /** Its body is no body in its one notation. */
    | 'body'
}

interface Row extends Hashed {
  readonly hash: Uint8Array
  /** The moment is one that {@link Hashed.at} says in full. */
  readonly plain: boolean
}

/** The moment as text, and whether text says all of it: finer parts than it shows would be a change that it hides. */
const ROW = `stream, seq, kind, body as text, previous, hash,
  coalesce(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '') as at,
  at = date_trunc('milliseconds', at) and at >= '0001-01-01Z' and at < '10000-01-01Z' as plain`

const PAGE = 1000

/**
 * Every break in one stream. An end that was cut off leaves a chain that holds: that an event is gone from there, only
 * the log of this authority shows.
 */
export async function verifyStream(tx: Tx, stream: string): Promise<readonly JournalBreak[]> {
  const chain = new Chain()
  for (const row of await tx.query<Row & Record<string, unknown>>(
    `select ${ROW} from event where stream = $1 order by seq`,
    [stream],
  ))
    chain.take(row)
  return chain.breaks
}

/** Every break in every stream, read a page at a time: what is appended meanwhile may or may not be looked at. */
export async function verifyJournal(store: Store): Promise<readonly JournalBreak[]> {
  const chain = new Chain()
  let last: readonly [stream: string, seq: number] = ['', -1]
  for (;;) {
    const rows = await store.transaction((tx) =>
      tx.query<Row & Record<string, unknown>>(
        `select ${ROW} from event where (stream, seq) > ($1, $2) order by stream, seq limit ${PAGE}`,
        last,
      ),
    )
    for (const row of rows) chain.take(row)
    if (rows.length < PAGE) return chain.breaks
    const { stream, seq } = rows.at(-1)!
    last = [stream, seq]
  }
}

/** Takes events in the order of their streams and places. */
class Chain {
  readonly breaks: JournalBreak[] = []
  #stream: string | undefined
  #next = 0
  #previous = START

  take(row: Row): void {
    const { stream, seq } = row
    if (stream !== this.#stream) {
      this.#stream = stream
      this.#next = 0
      this.#previous = START
    }
    const found = (what: JournalBreak['what'], at = seq) => this.breaks.push({ stream, seq: at, what })
    if (seq !== this.#next) found('missing', this.#next)
    else if (Buffer.compare(row.previous, this.#previous) !== 0) found('previous')
    if (!row.plain || Buffer.compare(row.hash, hashOf(row)) !== 0) found('changed')
    else if (!isCanonical(row.text)) found('body')
    this.#next = seq + 1
    this.#previous = row.hash
  }
}

function isCanonical(text: string): boolean {
  try {
    return canonicalBody(JSON.parse(text) as EventBody) === text
  } catch {
    return false
  }
}
