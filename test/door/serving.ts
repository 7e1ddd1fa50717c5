import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMAND = fileURLToPath(new URL('../../packages/nansen/bin/nansen.js', import.meta.url))
/** Milliseconds in which it must answer, keys and invented people included. */
const PATIENCE = 120_000

/** `nansen serve` in a process of its own, as people start it. */
export interface ServingOffice {
  /** `http://127.0.0.1:41234`, without a slash. */
  readonly origin: string
  /** The same by the name that passkeys belong to. */
  readonly named: string
  readonly folder: string
  readonly pid: number
  /** All that it wrote, to both streams. */
  said(): string
  /** Ends it as Control-C does, and starts it again on the same folder. */
  restart(): Promise<ServingOffice>
  /** kill -9. */
  kill(): Promise<void>
  /** Ends it; the folder stays. */
  stop(): Promise<void>
  /** Ends it and takes its folder away. */
  remove(): Promise<void>
}

export interface ServeOptions {
  readonly folder?: string
  /** Wait until invented people have applied. */
  readonly cases?: boolean
  readonly arguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export async function serveOffice(options: ServeOptions = {}): Promise<ServingOffice> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'nansen-door-'))
  const cases = options.cases === true ? [] : ['--no-cases']
  const child = spawn(
    process.execPath,
    [
      COMMAND,
      'serve',
      '--office',
      join(folder, 'office'),
      '--port',
      '0',
      ...cases,
      ...(options.arguments ?? []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.environment } },
  )
  let said = ''
  child.stdout!.on('data', (chunk) => {
    said += chunk
  })
  child.stderr!.on('data', (chunk) => {
    said += chunk
  })
  await until(
    child,
    () => said.includes('Control-C'),
    () => said,
  )
  const [, host, port] = /https?:\/\/([^:/\s]+):(\d+)\//.exec(said)!
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    named: `http://${host}:${port}`,
    folder: join(folder, 'office'),
    pid: child.pid!,
    said: () => said,
    async restart() {
      await end('SIGTERM')
      return serveOffice({ ...options, folder })
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async remove() {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function until(child: ChildProcess, ready: () => boolean, said: () => string): Promise<void> {
  const late = performance.now() + PATIENCE
  while (!ready()) {
    if (child.exitCode !== null || performance.now() > late) {
      child.kill('SIGKILL')
      throw new Error(`nansen serve did not come up: ${said()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
