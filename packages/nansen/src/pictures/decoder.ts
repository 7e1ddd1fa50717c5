import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { PhotoAdvice } from '@nansen/authority'
import { type Confinement, confinement as narrowest } from './confinement.ts'
import { DecoderRefusal, type DecoderRefusalCode } from './decoder-refusal.ts'

type Child = ChildProcessByStdio<Writable, Readable, null>

export interface DecoderOptions {
  /** Milliseconds for one picture; 5,000 unless told. */
  readonly timeLimit?: number
  /** Octets the process may take; 512 MiB unless told. The largest permitted picture takes 360. */
  readonly memoryLimit?: number
  /** How the process is started; as narrowly as this machine can unless told. */
  readonly confinement?: () => Confinement | undefined
}

/** What to make: the portrait of a chip, 413 × 531 pixels, or a picture to read, 1600 at most along its long side. */
export type PictureKind = 'portrait' | 'picture'

export interface Decoded {
  readonly jpeg: Uint8Array
  /** Of a portrait. */
  readonly advice: readonly PhotoAdvice[]
}

const TIME_LIMIT = 5_000
const MEMORY_LIMIT = 512 * 1024 * 1024
/** As the process numbers them; and more octets than either has, so that a taken-over child cannot fill our memory. */
const KINDS = { portrait: { number: 0, most: 64 * 1024 }, picture: { number: 1, most: 4 * 1024 * 1024 } }
/** In the order of their bits, as in bin/decoder/photo-advice.js. */
const ADVICE: readonly PhotoAdvice[] = [
  'small',
  'too-dark',
  'too-bright',
  'low-contrast',
  'blurred',
  'background-uneven',
]
const CODES: readonly string[] = ['unreadable', 'too-many-pixels'] satisfies DecoderRefusalCode[]
/** Octets before a request and before an answer. */
const REQUEST_HEAD = 5
const ANSWER_HEAD = 6

/**
 * The process that opens pictures, started when the first one comes and again after it died. It gets an empty
 * environment and two pipes: no key, no setting, no open file of ours. One picture at a time; the others wait.
 */
export class Decoder {
  readonly #timeLimit: number
  readonly #memoryLimit: number
  readonly #confinement: () => Confinement | undefined
  #child: Child | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: DecoderOptions = {}) {
    this.#timeLimit = options.timeLimit ?? TIME_LIMIT
    this.#memoryLimit = options.memoryLimit ?? MEMORY_LIMIT
    this.#confinement = options.confinement ?? narrowest
  }

  /** Of the process, while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** @throws DecoderRefusal */
  decode(kind: PictureKind, picture: Uint8Array): Promise<Decoded> {
    const answer = this.#last.then(() => this.#ask(kind, picture))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  /** Ends the process; another picture would start it again. */
  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  #ask(kind: PictureKind, picture: Uint8Array): Promise<Decoded> {
    const child = this.#started()
    const { number, most } = KINDS[kind]
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = []
      let received = 0
      const finish = (outcome: () => void): void => {
        clearTimeout(timer)
        child.stdout.off('data', collect)
        child.off('close', died)
        child.off('error', died)
        this.#keepAlive(child, false)
        outcome()
      }
      const died = (): void => {
        if (this.#child === child) this.close()
        finish(() => reject(new DecoderRefusal('died')))
      }
      const collect = (part: Buffer): void => {
        parts.push(part)
        received += part.length
        if (received < ANSWER_HEAD) return
        if (parts[0]!.length < ANSWER_HEAD) parts.splice(0, parts.length, Buffer.concat(parts))
        const length = parts[0]!.readUInt32BE(2)
        if (length > most || received > ANSWER_HEAD + length) died()
        else if (received === ANSWER_HEAD + length)
          finish(() => settle(Buffer.concat(parts), resolve, reject))
      }
      const timer = setTimeout(died, this.#timeLimit)
      child.stdout.on('data', collect)
      child.on('close', died)
      child.on('error', died)
      this.#keepAlive(child, true)
      const head = Buffer.alloc(REQUEST_HEAD)
      head[0] = number
      head.writeUInt32BE(picture.length, 1)
      child.stdin.write(head)
      child.stdin.write(picture)
    })
  }

  #started(): Child {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null)
      return this.#child
    const confined = this.#confinement()
    if (confined === undefined) throw new DecoderRefusal('missing')
    const [program, ...args] = confined.command
    const child = spawn(program!, [...args, String(this.#memoryLimit)], {
      env: {},
      cwd: '/',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    // A child that is gone is told by its close; the pipe that broke with it says nothing more. An error that nobody
    // listens to would end the server.
    for (const each of [child, child.stdin, child.stdout]) each.on('error', () => undefined)
    this.#child = child
    return child
  }

  /** An idle child does not keep the program running. */
  #keepAlive(child: Child, busy: boolean): void {
    const change = busy ? 'ref' : 'unref'
    child[change]()
    for (const pipe of [child.stdin, child.stdout])
      (pipe as Partial<Record<'ref' | 'unref', () => void>>)[change]?.()
  }
}

function settle(
  received: Buffer,
  resolve: (decoded: Decoded) => void,
  reject: (refusal: DecoderRefusal) => void,
): void {
  const [outcome, bits = 0] = received
  const body = received.subarray(ANSWER_HEAD)
  if (outcome === 0) {
    const advice = ADVICE.filter((_, i) => (bits & (1 << i)) !== 0)
    resolve({ jpeg: new Uint8Array(body), advice })
    return
  }
  const code = body.toString('latin1')
  reject(new DecoderRefusal(isCode(code) ? code : 'died'))
}

const isCode = (text: string): text is DecoderRefusalCode => CODES.includes(text)
