import { ChainedFile, type LineFormat } from '../chained-file.ts'

/** Hexadecimal in lower case; a day as `2026-11-25`. */
export type OfficerJournalEntry =
  /** How far the chain of enrolments was seen: a shorter one, or another, is refused from then on. */
  | { readonly kind: 'head'; readonly length: number; readonly head: string }
  /** An officer opened a case, for the first time that day. */
  | { readonly kind: 'opening'; readonly officer: string; readonly case: string; readonly day: string }
  /** An officer asked for more than they may open that day, for the first time. */
  | { readonly kind: 'stopped'; readonly officer: string; readonly day: string }

const FORMAT: LineFormat<OfficerJournalEntry> = {
  write: (line) => {
    const { number, kind, previous } = line
    switch (line.kind) {
      case 'head':
        return JSON.stringify({ number, kind, length: line.length, head: line.head, previous })
      case 'opening':
        return JSON.stringify({
          number,
          kind,
          officer: line.officer,
          case: line.case,
          day: line.day,
          previous,
        })
      case 'stopped':
        return JSON.stringify({ number, kind, officer: line.officer, day: line.day, previous })
    }
  },
  isEntry: (line) => {
    switch (line.kind) {
      case 'head':
        return Number.isSafeInteger(line.length) && areTexts(line.head)
      case 'opening':
        return areTexts(line.officer, line.case, line.day)
      case 'stopped':
        return areTexts(line.officer, line.day)
    }
  },
}

const areTexts = (...values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'string')

/**
 * What the key service remembers of officers by itself, outside the database: whoever puts an older database back
 * cannot bring back an officer who was let go, and who has read enough for today has read enough. P1, P8
 */
export class OfficerJournal {
  readonly #file: ChainedFile<OfficerJournalEntry>
  /** The cases that each officer opened on the newest day seen. */
  readonly #opened = new Map<string, Set<string>>()
  readonly #stopped = new Set<string>()
  #day = ''
  #seen: { readonly length: number; readonly head: string } | undefined

  /** @throws SigningRefusal journal.broken, journal.in-use */
  constructor(path: string) {
    this.#file = new ChainedFile(path, FORMAT, (entry) => this.#take(entry))
  }

  /** The longest chain that was seen. */
  get seen(): { readonly length: number; readonly head: string } | undefined {
    return this.#seen
  }

  /** How many cases an officer has opened on a day, and whether this is one of them. */
  openedOn(
    day: string,
    officer: string,
    caseId: string,
  ): { readonly count: number; readonly before: boolean } {
    const cases = day > this.#day ? undefined : this.#opened.get(officer)
    return { count: cases?.size ?? 0, before: cases?.has(caseId) ?? false }
  }

  /** Whether an officer asked for more on a day than they may open. */
  wasStoppedOn(day: string, officer: string): boolean {
    return day <= this.#day && this.#stopped.has(officer)
  }

  /** @throws SigningOutage, SigningRefusal journal.broken */
  append(entry: OfficerJournalEntry): void {
    this.#file.append([entry])
  }

  close(): void {
    this.#file.close()
  }

  #take(entry: OfficerJournalEntry): void {
    if (entry.kind === 'head') {
      this.#seen = entry
      return
    }
    // A clock that is set back opens no new budget: what was read on a later day counts on.
    if (entry.day > this.#day) {
      this.#day = entry.day
      this.#opened.clear()
      this.#stopped.clear()
    }
    if (entry.kind === 'stopped') {
      this.#stopped.add(entry.officer)
      return
    }
    const cases = this.#opened.get(entry.officer) ?? new Set()
    cases.add(entry.case)
    this.#opened.set(entry.officer, cases)
  }
}
