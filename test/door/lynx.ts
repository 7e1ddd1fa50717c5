import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Terminal } from './terminal.ts'

const COLUMNS = 200
/** So many that no page has to be turned. */
const ROWS = 240
/** Milliseconds until what is waited for must be seen. */
const PATIENCE = 30_000

/** Milliseconds without a letter, after which the page is taken to be drawn. */
const QUIET = 100

/** Numbers lead to links and fields; a page is shown when all of it is there. */
const SETTINGS = `DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED
PARTIAL:FALSE
PREFERRED_LANGUAGE:en
`
const LYNX =
  'lynx -cfg=lynx.cfg -term=vt100 -accept_all_cookies -noreferer -nopause -nocolor -tna ' +
  '-assume_charset=utf-8 -display_charset=utf-8'

/** What is missing on this machine for it, if something is. */
export const missingForLynx: string | undefined = ['script', 'stty', 'lynx'].find(
  (command) => !(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command))),
)

/** Lynx, as one person has it open: its cookies live as long as the process. */
export interface Lynx {
  /** What is on the glass now; links and fields have their numbers, as `[7]`. */
  text(): string
  /** Waits until it is on the glass. @throws Error with all that is there instead */
  sees(expected: string | RegExp): Promise<string>
  /** Opens an address, and waits for what stands there and not here. */
  go(address: string, expected: string | RegExp): Promise<string>
  /** Follows the link or pushes the button of these words, and waits for what stands there and not here. */
  press(words: string, expected: string | RegExp): Promise<string>
  /** Types into the field after these words. */
  fill(label: string, text: string): Promise<void>
  /** Marks the choice whose words begin so. */
  choose(words: string): Promise<void>
  /** Picks an option in the list after these words. */
  select(label: string, option: string): Promise<void>
  close(): Promise<void>
}

/** @param address where it begins */
export function openLynx(address: string): Lynx {
  const home = mkdtempSync(join(tmpdir(), 'nansen-lynx-'))
  writeFileSync(join(home, 'lynx.cfg'), SETTINGS)
  const screen = new Terminal(COLUMNS, ROWS)
  // A programme that shows pages wants a terminal: `script` is one, between two pipes.
  const child = spawn(
    'script',
    ['-qfec', `stty cols ${COLUMNS} rows ${ROWS} && exec ${LYNX} '${address}'`, '/dev/null'],
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

  const type = (keys: string) => child.stdin.write(keys)
  const text = () => screen.lines.join('\n')

  async function until<T>(seen: () => T | undefined, what: string): Promise<T> {
    const late = performance.now() + PATIENCE
    for (;;) {
      const found = seen()
      // What is being drawn is not read.
      if (found !== undefined && performance.now() - last > QUIET) return found
      if (performance.now() > late || child.exitCode !== null) {
        const shown = screen.lines.filter((line) => line !== '').join('\n')
        throw new Error(`lynx does not show ${what}, but\n${shown}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const isThere = (expected: string | RegExp) =>
    typeof expected === 'string' ? text().includes(expected) : expected.test(text())
  const sees = (expected: string | RegExp) =>
    until(() => (isThere(expected) ? text() : undefined), String(expected))

  function notYet(expected: string | RegExp): void {
    if (isThere(expected)) throw new Error(`${expected} is on the page before`)
  }

  /** The number of a link or field, as soon as it is there. */
  const numbered = (pattern: RegExp) =>
    until(() => pattern.exec(text())?.slice(1).find(Boolean), String(pattern))
  const after = (label: string) => numbered(new RegExp(`^ *${escaped(label)}\\s[^[]*\\[(\\d+)\\]`, 'm'))
  /** Goes to a field by its number, and waits until lynx says what kind it is. */
  async function moveTo(number: string, kind: string): Promise<void> {
    type(`${number}g\r`)
    await until(() => (screen.lines[ROWS - 3]!.startsWith(`(${kind}`) ? true : undefined), `(${kind}`)
  }

  return {
    text,
    sees,
    async go(to, expected) {
      notYet(expected)
      type(`g\x15${to}\r`)
      return sees(expected)
    },
    async press(words, expected) {
      notYet(expected)
      const number = await numbered(
        new RegExp(`\\(\\[(\\d+)\\][^)\\n]*\\) ${escaped(words)}|\\[(\\d+)\\]${escaped(words)}`),
      )
      type(`${number}g\r\r`)
      return sees(expected)
    },
    async fill(label, value) {
      await moveTo(await after(label), 'Text')
      type(`\r\x15${value}\t`)
      // A field shows as much as it is wide.
      await sees(value.slice(0, 16))
    },
    async choose(words) {
      const number = await numbered(new RegExp(`\\[(\\d+)\\]\\([* ]\\) ${escaped(words)}`))
      await moveTo(number, 'Radio')
      type('\r')
      await sees(`[${number}](*) ${words}`)
    },
    async select(label, option) {
      const number = await after(label)
      await moveTo(number, 'Option')
      type('\r')
      await sees(option)
      // The list is open: `/` looks in it.
      type(`/${option}\r\r`)
      await sees(new RegExp(`\\[${number}\\]\\[\\(\\d+\\)_*${escaped(option)}_`))
    },
    async close() {
      child.kill('SIGTERM')
      await gone
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
