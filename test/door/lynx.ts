import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { escaped, missingOf, openTextBrowser } from './text-browser.ts'

const COLUMNS = 200
/** So many that no page has to be turned. */
const ROWS = 240
/** Numbers lead to links and fields; a page is shown when all of it is there. */
const SETTINGS = `DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED
PARTIAL:FALSE
PREFERRED_LANGUAGE:en
`
const LYNX =
  'lynx -cfg=lynx.cfg -term=vt100 -accept_all_cookies -noreferer -nopause -nocolor -tna ' +
  '-assume_charset=utf-8 -display_charset=utf-8'

/** What is missing on this machine for it, if something is. */
export const missingForLynx = missingOf(['script', 'stty', 'lynx'])

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
  const browser = openTextBrowser({
    name: 'lynx',
    home,
    command: `${LYNX} '${address}'`,
    columns: COLUMNS,
    rows: ROWS,
  })
  const { text, type, until, isThere, sees, close } = browser

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
    await until(() => (browser.lines[ROWS - 3]!.startsWith(`(${kind}`) ? true : undefined), `(${kind}`)
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
    close,
  }
}
