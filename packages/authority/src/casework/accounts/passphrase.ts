import { SCRIPTS, type Script, wordList } from './words.ts'

export type { Script } from './words.ts'

/** At least 80 bits: 90 of the Latin list, 84 of the Cyrillic. */
export const PASSPHRASE_WORDS = 7

/** Longer than any seven words with whatever stands between them. */
const LONGEST = 400

/** Seven words, each as likely as any other of its list. @param random octets by chance */
export function drawPassphrase(random: (octets: number) => Uint8Array, script: Script): readonly string[] {
  const { words } = wordList(script)
  return Array.from({ length: PASSPHRASE_WORDS }, () => words[drawBelow(random, words.length)]!)
}

/**
 * The one way to write what somebody typed or pasted: seven words of one list with a space between them, whatever their
 * case, what stands between them, and the numbers that a list of words on paper may have.
 * @returns undefined where it is not seven words of one list
 */
export function normalisePassphrase(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    // Soft hyphens and the marks that phones put around what is copied.
    .replace(/\p{Cf}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  if (words.length !== PASSPHRASE_WORDS) return undefined
  const ofOneList = SCRIPTS.some((script) => words.every((word) => wordList(script).known.has(word)))
  return ofOneList ? words.join(' ') : undefined
}

/** A number below `limit`, which is at most 65,536: what would make some of them likelier is drawn again. */
function drawBelow(random: (octets: number) => Uint8Array, limit: number): number {
  const fair = 65_536 - (65_536 % limit)
  for (;;) {
    const [high, low] = random(2)
    const drawn = high! * 256 + low!
    if (drawn < fair) return drawn % limit
  }
}
