import { ChainedFile, type LineFormat } from '../chained-file.ts'

/** Hexadecimal in lower case; a day as `2026-11-25`. */
export type OfficerJournalEntry =
  /** How far the chain of enrolments was seen: a shorter one, or another, is refused from then on. */
  | { readonly kind: 'head'; readonly length: number; readonly head: string }
  /** An officer opened a case, for the first time that day. */
  | { readonly kind: 'opening'; readonly officer: string; readonly case: string; readonly day: string }

const FORMAT: LineFormat<OfficerJournalEntry> = {
  write: (line) => {
    const { number, previous } = line
    return line.kind === 'head'
      ? JSON.stringify({ number, kind: line.kind, length: line.length, head: line.head, previous })
      : JSON.stringify({
          number,
          kind: line.kind,
          officer: line.officer,
          case: line.case,
          day: line.day,
          previous,
        })
  },
  isEntry: (line) =>
    line.kind === 'head'
      ? Number.isSafeInteger(line.length) && typeof line.head === 'string'
      : line.kind === 'opening' &&
        [line.officer, line.case, line.day].every((text) => typeof text === 'string'),
}

/**
 * What the key service remembers of officers by itself, outside the database: whoever puts an older database back
 * cannot bring back an officer who was let go, and who has read enough for today has read enough. P1, P8
 */
export class OfficerJournal {
  readonly #file: ChainedFile<OfficerJournalEntry>
  /** The cases that each officer opened on the newest day seen. */
  readonly #opened = new Map<string, Set<string>>()
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
    }
    const cases = this.#opened.get(entry.officer) ?? new Set()
    cases.add(entry.case)
    this.#opened.set(entry.officer, cases)
  }
}
