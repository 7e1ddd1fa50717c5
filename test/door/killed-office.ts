import { type ServeOptions, type ServingOffice, serveOffice } from './serving.ts'

/** Kills of each test: DOOR_KILLS, fewer where somebody waits. Which moment comes when is fixed by the seed. */
export const KILLS = Number(process.env.DOOR_KILLS ?? 6)
/** Milliseconds that such a test may take. */
export const LONGEST = 10 * 60_000 + KILLS * 120_000

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** An office whose server is killed now and then. Whoever finds nobody at home waits until it is there again. */
export class KilledOffice {
  #serving: ServingOffice
  #there: Promise<unknown> = Promise.resolve()
  #open: () => void = () => {}
  /** Kills so far. */
  kills = 0

  private constructor(serving: ServingOffice) {
    this.#serving = serving
  }

  static async start(options: ServeOptions): Promise<KilledOffice> {
    return new KilledOffice(await serveOffice(options))
  }

  get serving(): ServingOffice {
    return this.#serving
  }

  /** Its address, as soon as it answers visitors. */
  async origin(): Promise<string> {
    await this.#there
    return this.#serving.origin
  }

  /** kill -9, and up again. Visitors wait outside until `opened`. */
  async kill(): Promise<{ opened(): void }> {
    this.#there = new Promise<void>((resolve) => {
      this.#open = resolve
    })
    await this.#serving.kill()
    this.kills++
    this.#serving = await this.#serving.restart()
    return { opened: () => this.#open() }
  }

  async remove(): Promise<void> {
    this.#open()
    await this.#serving.remove()
  }
}

/**
 * Does something that asks the office; where it was killed meanwhile, waits, and does it again.
 * @param again from the second time on: whoever was cut off does not know what became of it
 */
export async function throughOutages<Result>(
  office: KilledOffice,
  visitor: { origin: string },
  something: (again: boolean) => Promise<Result>,
): Promise<Result> {
  for (let again = false; ; again = true) {
    visitor.origin = await office.origin()
    const { kills } = office
    try {
      return await something(again)
    } catch (error) {
      if (!isOutage(error)) throw error
      // Nobody killed it: then it may not hang up.
      const late = performance.now() + 10_000
      while (office.kills === kills) {
        if (performance.now() > late) throw error
        await pause(20)
      }
    }
  }
}

const isOutage = (error: unknown): boolean =>
  ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '') ||
  (error instanceof Error && /socket hang up|aborted/.test(error.message))
