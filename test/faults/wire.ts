/** One message of PostgreSQL's protocol, with its type and length in front; a client's first has no type. */
export interface Message {
  /** One letter, or empty for what a client says first. */
  readonly type: string
  readonly bytes: Buffer
  /** What stands behind the length. */
  readonly body: Buffer
}

/** What a client may say first instead of asking for a session: the number behind the length. */
export const REQUESTS = { cancel: 80877102, tls: 80877103, gss: 80877104 } as const

/** Cuts a stream of octets into messages, however they were split on the way. */
export class Messages {
  /** Whether the next message has no type. */
  untyped: boolean
  #rest: Buffer = Buffer.alloc(0)

  constructor(from: 'client' | 'server') {
    this.untyped = from === 'client'
  }

  /** @returns the messages that are whole now; the caller may change `untyped` between two of them */
  *push(chunk: Buffer): Generator<Message> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (;;) {
      const head = this.untyped ? 0 : 1
      if (this.#rest.length < head + 4) return
      const end = head + this.#rest.readUInt32BE(head)
      if (this.#rest.length < end) return
      const bytes = this.#rest.subarray(0, end)
      this.#rest = this.#rest.subarray(end)
      yield {
        type: head === 0 ? '' : String.fromCharCode(bytes[0]!),
        bytes,
        body: bytes.subarray(head + 4),
      }
    }
  }
}

/** The texts at the start of a body, each ended by a zero octet. */
export function texts(body: Buffer, count: number): readonly string[] {
  const found: string[] = []
  for (let at = 0; found.length < count; ) {
    const end = body.indexOf(0, at)
    if (end < 0) break
    found.push(body.toString('utf8', at, end))
    at = end + 1
  }
  return found
}
