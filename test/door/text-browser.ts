import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Terminal } from './terminal.ts'

/** Milliseconds until what is waited for must be seen. */
const PATIENCE = 30_000
/** Milliseconds without a letter, after which the page is taken to be drawn. */
const QUIET = 120

export interface TextBrowserOptions {
  readonly name: string
  /** A folder of its own, which is gone when it is closed. */
  readonly home: string
  /** With its arguments, as a shell takes them. */
  readonly command: string
  readonly columns: number
  /** So many that no page has to be turned. */
  readonly rows: number
}

/** A browser that shows text, as one person has it open. */
export interface TextBrowser {
  readonly lines: readonly string[]
  text(): string
  type(keys: string): void
  /** Waits for something that is seen when nothing is being drawn. @throws Error with all that is there instead */
  until<T>(seen: () => T | undefined, what: string): Promise<T>
  isThere(expected: string | RegExp): boolean
  sees(expected: string | RegExp): Promise<string>
  /** Waits for the time in which a cursor moves, where nothing tells that it did. */
  rests(): Promise<void>
  close(): Promise<void>
}

/** What of these is missing on this machine, if something is. */
export const missingOf = (commands: readonly string[]): string | undefined =>
  commands.find(
    (command) =>
      !(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command))),
  )

export function openTextBrowser(options: TextBrowserOptions): TextBrowser {
  const { name, home, command, columns, rows } = options
  const screen = new Terminal(columns, rows)
  // A programme that shows pages wants a terminal: `script` is one, between two pipes.
  const child = spawn(
    'script',
    ['-qfec', `stty cols ${columns} rows ${rows} && exec ${command}`, '/dev/null'],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8', TERM: 'vt100' },
    },
  )
  const gone = once(child, 'exit')
  let last = performance.now()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen.write(text)
    last = performance.now()
  })
  child.stdin.on('error', () => undefined)

  const text = () => screen.lines.join('\n')
  async function until<T>(seen: () => T | undefined, what: string): Promise<T> {
    const late = performance.now() + PATIENCE
    for (;;) {
      const found = seen()
      // What is being drawn is not read.
      if (found !== undefined && performance.now() - last > QUIET) return found
      if (performance.now() > late || child.exitCode !== null) {
        const shown = screen.lines.filter((line) => line !== '').join('\n')
        throw new Error(`${name} does not show ${what}, but\n${shown}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const isThere = (expected: string | RegExp) =>
    typeof expected === 'string' ? text().includes(expected) : expected.test(text())

  return {
    get lines() {
      return screen.lines
    },
    text,
    type: (keys) => void child.stdin.write(keys),
    until,
    isThere,
    sees: (expected) => until(() => (isThere(expected) ? text() : undefined), String(expected)),
    async rests() {
      last = performance.now()
      await until(() => true, 'a rest')
    },
    async close() {
      child.kill('SIGTERM')
      await gone
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Words as they stand in an expression. */
export const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
