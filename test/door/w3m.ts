import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { escaped, missingOf, openTextBrowser } from './text-browser.ts'

const COLUMNS = 160
/** So many that no page has to be turned; w3m knows no more. */
const ROWS = 200

/** What is missing on this machine for it, if something is. */
export const missingForW3m = missingOf(['script', 'stty', 'w3m'])

/** w3m, as one person has it open: text alone, no script, and it can send files. */
export interface W3m {
  /** What is on the glass now. */
  text(): string
  /** Waits until it is on the glass. @throws Error with all that is there instead */
  sees(expected: string | RegExp): Promise<string>
  /** Opens an address, and waits for what stands there. */
  go(address: string, expected: string | RegExp): Promise<string>
  /** Follows the link or pushes the button of these words, and waits for what stands there and not here. */
  press(words: string, expected: string | RegExp): Promise<string>
  /**
   * Types into the field after these words: one of a line, or the path of a file.
   * @param expected where it is the only field of its form, which w3m then sends at once: what stands on the next page
   */
  fill(label: string, text: string, expected?: string): Promise<void>
  /** Writes into the field of several lines after these words. */
  write(label: string, text: string): Promise<void>
  /** Marks the choice that stands before these words. */
  choose(words: string): Promise<void>
  /** Picks an option in the list after these words. */
  select(label: string, option: string): Promise<void>
  close(): Promise<void>
}

/** @param address where it begins */
export function openW3m(address: string): W3m {
  const home = mkdtempSync(join(tmpdir(), 'nansen-w3m-'))
  const typed = join(home, 'typed')
  const editor = join(home, 'editor')
  mkdirSync(join(home, '.w3m'))
  writeFileSync(editor, `#!/bin/sh\ncp '${typed}' "$1"\n`)
  chmodSync(editor, 0o700)
  writeFileSync(join(home, '.w3m/config'), `${SETTINGS}editor ${editor}\n`)
  const browser = openTextBrowser({
    name: 'w3m',
    home,
    command: `w3m '${address}'`,
    columns: COLUMNS,
    rows: ROWS,
  })
  const { text, type, until, isThere, sees, rests, close } = browser
  const bottom = () => browser.lines[ROWS - 1]!

  /** Types a command that asks for something on the last line, and the answer. */
  async function answer(command: string, question: RegExp, words: string): Promise<void> {
    type(command)
    await until(() => question.test(bottom()) || undefined, String(question))
    type(`\x15${words}`)
    await until(() => bottom().endsWith(words.slice(-12)) || undefined, words)
    type('\r')
    // The answer stays where it was typed, so there is nothing to wait for but the time in which a cursor moves.
    await rests()
  }
  /** Goes to the first place on the page where these words stand. */
  async function find(words: string): Promise<void> {
    await sees(words)
    type('g')
    await answer('/', /^Forward:/, escaped(words))
  }
  /** Goes to the field below or after the line that begins so. */
  async function findField(label: string): Promise<void> {
    const line = `^ *${escaped(label)}`
    await sees(new RegExp(line, 'm'))
    type('g')
    await answer('/', /^Forward:/, line)
    type('\t')
  }

  return {
    text,
    sees,
    async go(to, expected) {
      await answer('U', /^Goto URL:/, to)
      return sees(expected)
    },
    async press(words, expected) {
      if (isThere(expected)) throw new Error(`${expected} is on the page before`)
      await find(words)
      type('\r')
      return sees(expected)
    },
    async fill(label, value, expected = value.slice(0, 8)) {
      await findField(label)
      await answer('\r', /^(TEXT|Filename|PASSWORD|File[^:]*):/i, value)
      await sees(expected)
    },
    async write(label, value) {
      writeFileSync(typed, value)
      await findField(label)
      type('\r')
      await sees(value.slice(0, 16))
    },
    async choose(words) {
      await find(words)
      type('\x1b\t\r')
      await sees(new RegExp(`[[(][*][\\])] *${escaped(words)}`))
    },
    async select(label, option) {
      await findField(label)
      type('\r')
      await sees(option)
      // The list is open: `/` looks in it.
      await answer('/', /^Forward:/, option)
      type('\r')
      await sees(`[${option}`)
    },
    close,
  }
}

const SETTINGS = `use_cookie 1
ignorecase_search 0
accept_cookie 1
show_cookie 0
wrap_search 1
confirm_qq 0
display_charset UTF-8
use_mouse 0
auto_image 0
`
