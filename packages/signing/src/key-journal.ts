import { ChainedFile, type ChainedLine, type LineFormat, readChainedFile } from './chained-file.ts'

/** One signature that a key of the key service made; hexadecimal in lower case. */
export interface KeyJournalEntry {
  readonly key: string
  readonly intent: string
  /** SHA-256 of what was signed. */
  readonly digest: string
  /** SHA-256 of the intent's bytes as they are stored, encrypted where they belong to a case. */
  readonly stored: string
  /** SHA-256 of the signature. */
  readonly signature: string
}

/** A line of the journal: an entry, its number from 0, and SHA-256 of the line before it, without its end. */
export type KeyJournalLine = ChainedLine<KeyJournalEntry>

const FORMAT: LineFormat<KeyJournalEntry> = {
  write: ({ number, key, intent, digest, stored, signature, previous }) =>
    JSON.stringify({ number, key, intent, digest, stored, signature, previous }),
  isEntry: ({ key }) => typeof key === 'string',
}

/**
 * What the keys have signed, told by the service that holds them and not by the database: one line for each signature, on
 * the disk before the signature leaves, each chained to the one before. Use is counted here. P2, P5
 */
export class KeyJournal {
  readonly #counts = new Map<string, number>()
  readonly #file: ChainedFile<KeyJournalEntry>

  /** @throws as {@link ChainedFile} */
  constructor(path: string) {
    this.#file = new ChainedFile(path, FORMAT, ({ key }) => void this.#counts.set(key, this.countOf(key) + 1))
  }

  /** How often a key has signed. */
  countOf(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  /** @throws as {@link ChainedFile.append} */
  append(entries: readonly KeyJournalEntry[]): void {
    this.#file.append(entries)
  }

  close(): void {
    this.#file.close()
  }
}

/** Every line of a journal, for whoever checks it. @throws SigningRefusal journal.broken */
export const readKeyJournal = (path: string): readonly KeyJournalLine[] => readChainedFile(path, FORMAT)
