import { EXIT } from './exit.ts'

/** Where a command writes; handed in, so that tests can read it. */
export interface Output {
  out(text: string): void
  error(text: string): void
  /** Whether colours are wanted. */
  readonly colour: boolean
}

export function processOutput(): Output {
  // Whoever was to read the answers is gone; to end in 1, as Node would, says "rejected".
  process.stdout.on('error', () => process.exit(EXIT.failed))
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    // NO_COLOR is the convention by which people switch colours off everywhere.
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  }
}

// biome-ignore format: one row a class of characters
const UNSAFE = new RegExp(
  [
    '[\\u0000-\\u001f\\u007f-\\u009f]', // control characters: escape sequences of terminals begin with one
    '[\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]', // invisible, break lines, or turn the direction
    '[\\u{e0000}-\\u{e007f}]', // invisible too
  ].join('|'),
  'gu',
)

/** Text from a document or a file name, made harmless for a terminal. */
export const printable = (text: string): string => text.replace(UNSAFE, '\ufffd')

/** A value as one line of JSON that a terminal, too, takes for text: JSON itself lets many of these characters stand. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(UNSAFE, (unsafe) =>
    unsafe
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )}\n`
