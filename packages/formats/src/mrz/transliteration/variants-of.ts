import { firstStep, type Spellings, spellingsOf, stepsAt, type TransliterationOptions } from './spellings.ts'
import { written } from './transliterate.ts'

/** The most spellings that are ever listed. */
export const MAX_VARIANTS = 64

/**
 * Spellings under which a name is found in documents: first what `transliterate` writes, then each table
 * followed throughout, then one letter at a time written another way, then two, up to MAX_VARIANTS. A long
 * name has more than that: to compare, use `matches`, which considers all of them.
 * Throws as `transliterate` does.
 */
export function variantsOf(text: string, options: TransliterationOptions): readonly string[] {
  const spellings = spellingsOf(text, options, 'write')
  const found = new Set([written(spellings, 0)])
  for (let scheme = 0; scheme < spellings.tables.schemes.length; scheme++)
    found.add(written(spellings, 0, scheme))
  depart(spellings, found)
  return [...found].slice(0, MAX_VARIANTS)
}

/** A spelling that is settled up to a place; from there on the document's own way is followed. */
interface Beginning {
  readonly text: string
  readonly at: number
}

/** Breadth first, so that spellings nearer to the document's own come first. */
function depart(spellings: Spellings, found: Set<string>): void {
  const queue: Beginning[] = [{ text: '', at: 0 }]
  for (let turn = 0; turn < queue.length && turn < MAX_VARIANTS; turn++) {
    for (const beginning of departures(spellings, queue[turn]!)) {
      if (found.size >= MAX_VARIANTS) return
      const spelling = beginning.text + written(spellings, beginning.at)
      if (!found.has(spelling)) queue.push(beginning)
      found.add(spelling)
    }
  }
}

/** Each way to leave the document's own spelling once, at any place after the beginning. */
function* departures(spellings: Spellings, from: Beginning): Generator<Beginning> {
  let { text, at } = from
  while (at < spellings.letters.length) {
    const own = firstStep(spellings, at)
    for (const { write, to } of stepsAt(spellings, at)) {
      if (write !== own.write || to !== own.to) yield { text: text + write, at: to }
    }
    text += own.write
    at = own.to
  }
}
