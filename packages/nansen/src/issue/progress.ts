import type { Output } from '../output.ts'

/** Milliseconds between two lines, where the output is no terminal. */
const BETWEEN_LINES = 5_000
const WIDTH = 30

/** How far a run is: a bar on a terminal, now and then a line elsewhere. It tells numbers, and nothing of anybody. */
export class Progress {
  readonly #output: Output
  readonly #terminal: boolean
  readonly #clock: () => number
  #last: number

  constructor(output: Output, terminal: boolean, clock: () => number) {
    this.#output = output
    this.#terminal = terminal
    this.#clock = clock
    this.#last = clock()
  }

  /** @param share of the list that was read, from 0 to 1 */
  at(done: number, share: number): void {
    if (this.#terminal) {
      const full = Math.round(WIDTH * Math.min(share, 1))
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
      this.#output.error(
        `\r${bar} ${String(Math.round(100 * Math.min(share, 1))).padStart(3)} %  ${done} papers`,
      )
    } else if (this.#clock() - this.#last >= BETWEEN_LINES) {
      this.#last = this.#clock()
      this.#output.error(`${done} papers, ${Math.round(100 * share)} % of the list\n`)
    }
  }

  end(): void {
    if (this.#terminal) this.#output.error('\r\u001b[K')
  }
}
