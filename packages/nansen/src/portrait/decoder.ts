import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { PortraitError, type PortraitErrorCode } from './portrait-error.ts'

type Child = ChildProcessByStdio<Writable, Readable, null>

export interface DecoderOptions {
  /** Milliseconds for one picture; 5,000 unless told. */
  readonly timeLimit?: number
  /** Octets the process may take; 512 MiB unless told. The largest permitted picture takes 360. */
  readonly memoryLimit?: number
}

const PROGRAM = fileURLToPath(new URL('../../bin/portrait-decoder.js', import.meta.url))
const TIME_LIMIT = 5_000
const MEMORY_LIMIT = 512 * 1024 * 1024
/** More than a portrait may have, so that a child that was taken over cannot fill our memory. */
const MOST_ANSWER = 64 * 1024
const CODES: readonly string[] = [
  'portrait.not-an-image',
  'portrait.too-large',
  'portrait.too-small',
  'portrait.decoder-missing',
] satisfies PortraitErrorCode[]

/**
 * The process that opens pictures, started when the first one comes and again after it died. It gets an empty
 * environment and two pipes: no key, no setting, no open file of ours. One picture at a time.
 */
export class Decoder {
  readonly #timeLimit: number
  readonly #memoryLimit: number
  #child: Child | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor({ timeLimit = TIME_LIMIT, memoryLimit = MEMORY_LIMIT }: DecoderOptions = {}) {
    this.#timeLimit = timeLimit
    this.#memoryLimit = memoryLimit
  }

  /** Of the process, while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** @throws PortraitError */
  decode(picture: Uint8Array): Promise<Uint8Array> {
    const answer = this.#last.then(() => this.#ask(picture))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  /** Ends the process; another picture would start it again. */
  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  #ask(picture: Uint8Array): Promise<Uint8Array> {
    const child = this.#started()
    return new Promise((resolve, reject) => {
      let received = Buffer.alloc(0)
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
        finish(() => reject(new PortraitError('portrait.decoder-died')))
      }
      const collect = (part: Buffer): void => {
        received = Buffer.concat([received, part])
        if (received.length < 5) return
        const length = received.readUInt32BE(1)
        if (length > MOST_ANSWER || received.length > 5 + length) died()
        else if (received.length === 5 + length) finish(() => settle(received, resolve, reject))
      }
      const timer = setTimeout(died, this.#timeLimit)
      child.stdout.on('data', collect)
      child.on('close', died)
      child.on('error', died)
      this.#keepAlive(child, true)
      const head = Buffer.alloc(4)
      head.writeUInt32BE(picture.length)
      child.stdin.write(head)
      child.stdin.write(picture)
    })
  }

  #started(): Child {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null)
      return this.#child
    const child = spawn(process.execPath, ['--max-old-space-size=128', PROGRAM, String(this.#memoryLimit)], {
      env: {},
      cwd: '/',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    // A child that is gone is told by its close; the pipe that broke with it says nothing more.
    child.stdin.on('error', () => undefined)
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
  resolve: (jpeg: Uint8Array) => void,
  reject: (error: PortraitError) => void,
): void {
  const body = received.subarray(5)
  const code = body.toString('latin1')
  if (received[0] === 0) resolve(new Uint8Array(body))
  else reject(new PortraitError(isCode(code) ? code : 'portrait.decoder-died'))
}

const isCode = (text: string): text is PortraitErrorCode => CODES.includes(text)
