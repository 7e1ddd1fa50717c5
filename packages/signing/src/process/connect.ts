import { spawn } from 'node:child_process'
import { connect as connectSocket } from 'node:net'
import type { Readable, Writable } from 'node:stream'

/** Both directions of a key process, as long as it lives. */
export interface KeyConnection {
  /** Towards the key process. */
  readonly questions: Writable
  /** From it; ends or fails when it is gone. */
  readonly answers: Readable
  /** Lets it end by itself, and after that ends it. */
  close(): Promise<void>
  /** Ends it now: it was silent for too long. What it was doing is as after a power cut, and recovered alike. P2 */
  abandon(): void
}

/** Reaches the key process, by starting it or by finding it. Called again when it is gone. */
export type Connect = () => Promise<KeyConnection>

export interface KeyProcessCommand {
  readonly command: string
  readonly arguments: readonly string[]
  /** The whole environment of the child: what the office has in its own is not for it, and the other way round. */
  readonly environment: Readonly<Record<string, string>>
}

/** Milliseconds that a key process has to end after it was let go. */
const TO_END = 5000

/** A key process as a child of the office, over its standard input and output; its standard error is the office's. */
export function spawnKeyProcess({ command, arguments: list, environment }: KeyProcessCommand): Connect {
  let previous: Promise<void> = Promise.resolve()
  return async () => {
    // Its journal is one process's: the next waits until the last is gone.
    await previous
    const child = spawn(command, [...list], { env: { ...environment }, stdio: ['pipe', 'pipe', 'inherit'] })
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    previous = gone
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    return {
      questions: child.stdin,
      answers: child.stdout,
      async close() {
        child.stdin.end()
        const late = setTimeout(() => child.kill('SIGKILL'), TO_END)
        await gone
        clearTimeout(late)
      },
      abandon: () => void child.kill('SIGKILL'),
    }
  }
}

/** A key process that runs for itself, perhaps under another user, over its socket. */
export function connectKeySocket(path: string): Connect {
  return async () => {
    const socket = connectSocket(path)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return {
      questions: socket,
      answers: socket,
      close: () => new Promise<void>((resolve) => void socket.destroy().once('close', () => resolve())),
      abandon: () => void socket.destroy(),
    }
  }
}
