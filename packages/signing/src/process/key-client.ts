import { SigningOutage, SigningRefusal, type SigningRefusalCode } from '../signing.ts'
import type { Connect, KeyConnection } from './connect.ts'
import { linesOf } from './lines.ts'
import {
  encodeQuestion,
  isCode,
  MOST_ANSWER,
  parseAnswer,
  type Question,
  WIRE_VERSION,
  WireError,
} from './wire.ts'

/** Questions without an answer, at the most. */
const MOST_PENDING = 64
/** Questions in a row on which nothing was heard: then this connection is given up. */
const MOST_SILENT = 2

interface Pending {
  readonly settle: (answer: unknown) => void
  readonly fail: (error: Error) => void
}

interface Open {
  readonly connection: KeyConnection
  readonly pending: Map<number, Pending>
  /** Numbers below this were asked. */
  next: number
  silent: number
}

/**
 * Asks a key process and waits so long and no longer. What goes wrong is an outage, whatever it was: nothing is taken
 * for signed that did not come back, and asking again gives the same signatures. P27
 */
export class KeyClient {
  readonly #connect: Connect
  readonly #timeout: number
  #opening: Promise<Open> | undefined
  #current: Open | undefined

  /** @param timeout milliseconds for an answer, the start of the process included */
  constructor(connect: Connect, timeout: number) {
    this.#connect = connect
    this.#timeout = timeout
  }

  /**
   * @param read reads the answer; a WireError of it means that the answer is not one to this question
   * @throws SigningRefusal as the key process refused; SigningOutage
   */
  async ask<T>(question: Question, read: (answer: unknown) => T): Promise<T> {
    const deadline = new Deadline(this.#timeout)
    try {
      return await this.#ask(await deadline.limit(this.#reach()), deadline, question, read)
    } catch (error) {
      throw error instanceof SigningRefusal || error instanceof SigningOutage ? error : outage(error)
    } finally {
      deadline.end()
    }
  }

  async #ask<T>(
    open: Open,
    deadline: Deadline,
    question: Question,
    read: (answer: unknown) => T,
  ): Promise<T> {
    if (open.pending.size >= MOST_PENDING) throw new SigningOutage('key process: too many questions at once')
    const number = open.next++
    const answer = new Promise<unknown>((settle, fail) => open.pending.set(number, { settle, fail }))
    open.connection.questions.write(encodeQuestion(number, question))
    try {
      return read(await deadline.limit(answer))
    } catch (error) {
      const silent = error instanceof Late && ++open.silent >= MOST_SILENT
      if (silent || error instanceof WireError) this.#giveUp(open, error)
      throw error
    } finally {
      open.pending.delete(number)
    }
  }

  async close(): Promise<void> {
    const open = await this.#opening?.catch(() => undefined)
    this.#opening = undefined
    this.#current = undefined
    await open?.connection.close()
  }

  #reach(): Promise<Open> {
    this.#opening ??= this.#begin().then(
      (open) => {
        this.#current = open
        return open
      },
      (error) => {
        // What failed is not kept: the next question tries again.
        this.#opening = undefined
        throw error
      },
    )
    return this.#opening
  }

  async #begin(): Promise<Open> {
    const connection = await this.#connect()
    const open: Open = { connection, pending: new Map(), next: 1, silent: 0 }
    // A pipe that breaks under a question is noticed by its answers ending.
    connection.questions.on('error', () => {})
    const lines = linesOf(connection.answers, MOST_ANSWER)
    const deadline = new Deadline(MOST_SILENT * this.#timeout)
    try {
      greeting((await deadline.limit(lines.next())).value)
    } catch (error) {
      connection.abandon()
      throw error
    } finally {
      deadline.end()
    }
    this.#listen(open, lines)
    return open
  }

  async #listen(open: Open, lines: AsyncGenerator<string>): Promise<void> {
    try {
      for await (const text of lines) hear(open, text)
      this.#giveUp(open, new WireError('it is gone'))
    } catch (error) {
      this.#giveUp(open, error)
    }
  }

  /** Everybody who waits on this connection waits in vain; the next question makes a new one. */
  #giveUp(open: Open, cause: unknown): void {
    if (this.#current === open) {
      this.#current = undefined
      this.#opening = undefined
    }
    for (const { fail } of open.pending.values()) fail(outage(cause))
    open.pending.clear()
    open.connection.abandon()
  }
}

function outage(cause: unknown): SigningOutage {
  const what =
    cause instanceof Late ? 'no answer in time' : cause instanceof WireError ? cause.message : 'out of reach'
  return new SigningOutage(`key process: ${what}`, { cause })
}

function hear(open: Open, text: string): void {
  const { number, answer, refusal, outage } = parseAnswer(text)
  if (number >= open.next) throw new WireError('an answer to nothing asked')
  open.silent = 0
  // Whoever asked may have stopped waiting: a late answer is to nobody.
  const waiting = open.pending.get(number)
  if (refusal !== undefined) waiting?.fail(new SigningRefusal(refusal as SigningRefusalCode))
  else if (outage !== undefined) waiting?.fail(new SigningOutage(`key process: ${outage}`))
  else waiting?.settle(answer)
}

/** The first line: who is there, or why nobody is. */
function greeting(text: string | undefined): void {
  if (text === undefined) throw new WireError('it is gone')
  let first: { nansen?: unknown; version?: unknown; refusal?: unknown; outage?: unknown } | null
  try {
    first = JSON.parse(text)
  } catch {
    throw new WireError('no greeting')
  }
  if (isCode(first?.refusal)) throw new SigningRefusal(first.refusal as SigningRefusalCode)
  if (isCode(first?.outage)) throw new SigningOutage(`key process: ${first.outage}`)
  if (first?.nansen !== 'keys' || first.version !== WIRE_VERSION) throw new WireError('another version')
}

class Late extends Error {}

/** A span of time over several waits. */
class Deadline {
  readonly #late: Promise<never>
  readonly #timer: NodeJS.Timeout

  constructor(milliseconds: number) {
    let late!: () => void
    this.#late = new Promise((_, reject) => {
      late = () => reject(new Late())
    })
    this.#late.catch(() => {})
    this.#timer = setTimeout(late, milliseconds)
  }

  limit<T>(wait: Promise<T>): Promise<T> {
    return Promise.race([wait, this.#late])
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
