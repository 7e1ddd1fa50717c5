/** How long an office spends on the way to each of its named steps, added up; for one call at a time. */
export class StepTimes {
  /** @type {Map<string, number>} */
  #sums = new Map()
  #last = 0

  /** Called before each call, so that what lies between two calls is nobody's. */
  begin() {
    this.#last = performance.now()
  }

  /** Handed to the office. @param {string} name */
  step = (name) => {
    const now = performance.now()
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + now - this.#last)
    this.#last = now
  }

  /** Milliseconds a paper, by step in the order in which they were first reached. @param {number} papers */
  perPaper(papers) {
    return Object.fromEntries(
      [...this.#sums].map(([name, sum]) => [name, Number((sum / papers).toPrecision(3))]),
    )
  }
}
