/** Where a command writes; handed in, so that tests can read it. */
export interface Output {
  out(text: string): void
  error(text: string): void
  /** Whether colours are wanted. */
  readonly colour: boolean
}

export function processOutput(): Output {
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
    '[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]', // invisible, or turn the direction of what follows
  ].join('|'),
  'gu',
)

/** Text from a document or a file name, made harmless for a terminal. */
export const printable = (text: string): string => text.replace(UNSAFE, '\ufffd')
