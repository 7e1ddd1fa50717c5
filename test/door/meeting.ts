/** Where everybody waits for each other, when there is to be a meeting. */
export class Meeting {
  readonly #size: number
  #arrived: (() => void) | undefined
  #waiting: (() => void)[] = []

  constructor(size: number) {
    this.#size = size
  }

  /** Goes by, unless there is a meeting. */
  async come(): Promise<void> {
    if (this.#arrived === undefined) return
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      if (this.#waiting.length === this.#size) this.#arrived?.()
    })
  }

  /** Until all of them are there; then they go on together. */
  async meet(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#arrived = resolve
    })
    this.open()
  }

  open(): void {
    this.#arrived = undefined
    for (const go of this.#waiting.splice(0)) go()
  }
}
