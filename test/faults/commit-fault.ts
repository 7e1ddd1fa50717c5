/** What is to happen to one COMMIT. */
export interface CommitFault {
  /**
   * `before` it reaches the server: nothing is stored. `after` the server answered that it is stored, and before the
   * client hears so.
   */
  readonly side: 'before' | 'after'
  /** `cut` closes both sockets; `half-open` passes nothing more and keeps them; `delay` waits and then goes on. */
  readonly act: 'cut' | 'half-open' | 'delay'
  /** For `delay`. */
  readonly milliseconds?: number
  /** Counted from now among the commits that match; 1, the next, unless said. */
  readonly nth?: number
  /** Only commits of transactions that ran SQL with this in it: the name of a table as a word, or a pattern. */
  readonly touched?: string | RegExp
}

/** The two ways in which a commit fails, as the tests of issuing go through them. */
export const COMMIT_FAULTS = {
  failed: { side: 'before', act: 'cut' },
  'failed but stored': { side: 'after', act: 'cut' },
} as const satisfies Readonly<Record<string, CommitFault>>

/** A fault that waits for its commit; each happens once. */
export class PlannedFault {
  readonly fault: CommitFault
  /** Ends when it has happened; never, if it does not. */
  readonly happened: Promise<void>
  #state: 'waiting' | 'chosen' | 'happened' | 'cancelled' = 'waiting'
  #left: number
  #tell: () => void = () => {}

  constructor(fault: CommitFault) {
    this.fault = fault
    this.#left = fault.nth ?? 1
    this.happened = new Promise((resolve) => {
      this.#tell = resolve
    })
  }

  get hasHappened(): boolean {
    return this.#state === 'happened'
  }

  cancel(): void {
    if (this.#state === 'waiting') this.#state = 'cancelled'
  }

  /** Whether this is the commit it waits for. @param ran the SQL of its transaction */
  takes(ran: readonly string[]): boolean {
    if (this.#state !== 'waiting' || !this.#matches(ran)) return false
    this.#left--
    if (this.#left > 0) return false
    this.#state = 'chosen'
    return true
  }

  /** The commit it had chosen failed by itself; it takes the next that matches. */
  missed(): void {
    if (this.#state !== 'chosen') return
    this.#state = 'waiting'
    this.#left = 1
  }

  happens(): void {
    this.#state = 'happened'
    this.#tell()
  }

  #matches(ran: readonly string[]): boolean {
    const { touched } = this.fault
    if (touched === undefined) return true
    const pattern = typeof touched === 'string' ? new RegExp(`\\b${touched}\\b`, 'i') : touched
    return ran.some((sql) => pattern.test(sql))
  }
}
