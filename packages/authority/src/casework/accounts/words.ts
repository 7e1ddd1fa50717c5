import { readFileSync } from 'node:fs'

/** Of the words of a passphrase. */
export type Script = 'latin' | 'cyrillic'

export const SCRIPTS: readonly Script[] = ['latin', 'cyrillic']

/** What a passphrase is drawn from, in the order of the file. Where the words come from: data/SOURCES.md. */
export interface WordList {
  readonly words: readonly string[]
  readonly known: ReadonlySet<string>
}

const lists = new Map<Script, WordList>()

/** @throws Error where the package lacks its data */
export function wordList(script: Script): WordList {
  let list = lists.get(script)
  if (list === undefined) {
    const path = new URL(`../../../data/words-${script}.txt`, import.meta.url)
    const words = readFileSync(path, 'utf8').trimEnd().split('\n')
    list = { words, known: new Set(words) }
    lists.set(script, list)
  }
  return list
}
