import { parentPort, workerData } from 'node:worker_threads'
import type { Trust } from '@nansen/inspection'
import { seeded } from '../corpora/seeded.ts'
import { keep, keptFor, nameOf, seedsIn, trustIn } from './corpus.ts'
import { makeSeeds } from './make-seeds.ts'
import { mutate } from './mutations.ts'
import { TARGETS, type TargetName } from './targets.ts'

// The loop of the fuzzer, in a thread of its own so that `run.mjs` can end it where an input hangs it.

/** What `run.mjs` hands over. */
export interface Task {
  readonly folder: string
  readonly targets: readonly TargetName[]
  /** For each target. */
  readonly seconds: number
  readonly seed: number
  readonly keep: boolean
  /** Other files to begin with; what comes of them is not kept. */
  readonly foreign: readonly Uint8Array[]
  /** First a count of inputs run and the length of the input, then the input that is being run. */
  readonly shared: SharedArrayBuffer
}

/** What comes back, one at a time. */
export type Message =
  | { readonly is: 'finding'; readonly target: TargetName; readonly input: Uint8Array; readonly what: string }
  | {
      readonly is: 'state'
      readonly target: TargetName
      readonly seconds: number
      readonly runs: number
      readonly corpus: number
      readonly branches: number
      readonly newest: number
    }
  | { readonly is: 'kept'; readonly target: TargetName; readonly files: number; readonly octets: number }

/** Slower than this is a finding. */
const MILLISECONDS = 100
/** Octets kept for one target; six make less than 1.5 MB. */
const MOST_KEPT = 230_000

// Most inputs are refused, and a trace costs more than all the reading before it.
Error.stackTraceLimit = 0

const visits = (globalThis as unknown as { __visits: Uint32Array }).__visits

/** An input that did something new, and what it did: each branch, and whether again and again. */
interface Entry {
  readonly input: Uint8Array
  readonly features: readonly number[]
  /** Made from seeds of our own. */
  readonly own: boolean
}

/** Counts in eight classes, so that "again" and "many times more" are news and "once more" is not. */
const classOf = (count: number): number =>
  count < 4 ? count - 1 : count < 8 ? 3 : count < 16 ? 4 : count < 32 ? 5 : count < 128 ? 6 : 7

class Fuzzer {
  readonly #target: TargetName
  readonly #task: Task
  readonly #trust: Trust
  readonly #random: (n: number) => number
  readonly #seen = new Uint8Array(visits.length)
  readonly #found = new Set<string>()
  readonly #entries: Entry[] = []
  readonly #head: Int32Array
  readonly #body: Uint8Array
  #runs = 0
  #newest = 0

  constructor(target: TargetName, task: Task, trust: Trust) {
    this.#target = target
    this.#task = task
    this.#trust = trust
    const next = seeded(task.seed ^ hashOf(target))
    this.#random = (n) => (n <= 1 ? 0 : next() % n)
    this.#head = new Int32Array(task.shared, 0, 2)
    this.#body = new Uint8Array(task.shared, 8)
  }

  async run(): Promise<void> {
    const { seconds, folder, foreign } = this.#task
    const own = [...seedsIn(folder), ...keptFor(folder, this.#target)]
    for (const input of own) await this.#try(input, true)
    for (const input of foreign) await this.#try(input, false)
    const start = performance.now()
    let told = start
    for (let now = start; now - start < seconds * 1000; now = performance.now()) {
      for (let i = 0; i < 64; i++) await this.#step()
      if (now - told < 10_000) continue
      told = now
      this.#tell((now - start) / 1000)
    }
    this.#tell((performance.now() - start) / 1000)
    if (this.#task.keep) this.#keep()
  }

  async #step(): Promise<void> {
    // The newest are the most promising.
    const count = this.#entries.length
    const nth = this.#random(3) === 0 ? count - 1 - this.#random(Math.min(count, 40)) : this.#random(count)
    const entry = this.#entries[nth]!
    const other = this.#entries[this.#random(count)]!
    const text = this.#target === 'mrz' && this.#random(4) > 0
    await this.#try(mutate(entry.input, other.input, this.#random, text), entry.own && other.own)
  }

  async #try(input: Uint8Array, own: boolean): Promise<void> {
    this.#body.set(input.subarray(0, this.#body.length))
    Atomics.store(this.#head, 1, Math.min(input.length, this.#body.length))
    Atomics.add(this.#head, 0, 1)
    this.#runs++
    visits.fill(0)
    const start = performance.now()
    try {
      await TARGETS[this.#target](input, this.#trust)
    } catch {
      this.#report(input, await this.#traced(input))
    }
    const took = performance.now() - start
    if (took > MILLISECONDS) await this.#confirmSlow(input)
    else this.#learn(input, own)
  }

  /** What it throws when it is run again with its trace. */
  async #traced(input: Uint8Array): Promise<string> {
    Error.stackTraceLimit = 20
    try {
      await TARGETS[this.#target](input, this.#trust)
      return 'something was thrown, and was not when it was run again'
    } catch (error) {
      return error instanceof Error ? (error.stack ?? String(error)) : String(error)
    } finally {
      Error.stackTraceLimit = 0
    }
  }

  /** The machine may have been busy, or the code not yet compiled. */
  async #confirmSlow(input: Uint8Array): Promise<void> {
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < 5; i++) {
      const start = performance.now()
      try {
        await TARGETS[this.#target](input, this.#trust)
      } catch {
        return
      }
      least = Math.min(least, performance.now() - start)
    }
    if (least > MILLISECONDS) this.#report(input, `slow: ${Math.round(least)} ms`)
  }

  /** One report for each place in the code. */
  #report(input: Uint8Array, what: string): void {
    const place = what.startsWith('slow') ? `slow ${input.length >> 8}` : what.split('\n').slice(0, 3).join()
    if (this.#found.has(place)) return
    this.#found.add(place)
    send({ is: 'finding', target: this.#target, input, what })
  }

  #learn(input: Uint8Array, own: boolean): void {
    let news = false
    for (let i = 0; i < visits.length; i++) {
      const count = visits[i]!
      if (count === 0) continue
      const bit = 1 << classOf(count)
      if ((this.#seen[i]! & bit) !== 0) continue
      this.#seen[i]! |= bit
      news = true
    }
    if (!news) return
    const features: number[] = []
    for (let i = 0; i < visits.length; i++) if (visits[i]! > 0) features.push(2 * i + Number(visits[i]! > 3))
    this.#entries.push({ input: input.slice(), features, own })
    this.#newest = this.#runs
  }

  #tell(seconds: number): void {
    const branches = this.#seen.reduce((sum, seen) => sum + Number(seen !== 0), 0)
    const { length } = this.#entries
    send({
      is: 'state',
      target: this.#target,
      seconds,
      runs: this.#runs,
      corpus: length,
      branches,
      newest: this.#newest,
    })
  }

  /**
   * The smallest inputs that together do all that was seen done, but for the seeds, which are kept anyway. Those
   * already kept come first, so that a run changes few files.
   */
  #keep(): void {
    const { folder } = this.#task
    const covered = new Set<number>()
    const own = this.#entries.filter((entry) => entry.own)
    const [seeds, others] = split(own, seedsIn(folder))
    const [known, fresh] = split(others, keptFor(folder, this.#target))
    for (const { features } of seeds) for (const feature of features) covered.add(feature)
    const kept: Uint8Array[] = []
    let octets = 0
    for (const { input, features } of [...known.sort(bySize), ...fresh.sort(bySize)]) {
      if (features.every((feature) => covered.has(feature)) || octets + input.length > MOST_KEPT) continue
      for (const feature of features) covered.add(feature)
      kept.push(input)
      octets += input.length
    }
    keep(folder, this.#target, kept)
    send({ is: 'kept', target: this.#target, files: kept.length, octets })
  }
}

/** Those whose input is among `inputs`, and the others. */
function split(entries: readonly Entry[], inputs: readonly Uint8Array[]): [Entry[], Entry[]] {
  const names = new Set(inputs.map(nameOf))
  const among = ({ input }: Entry): boolean => names.has(nameOf(input))
  return [entries.filter(among), entries.filter((entry) => !among(entry))]
}

const bySize = (a: Entry, b: Entry): number => a.input.length - b.input.length
const send = (message: Message): void => parentPort!.postMessage(message)

function hashOf(name: string): number {
  let hash = 0
  for (const character of name) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0
  return hash
}

if (workerData?.makeSeeds) {
  parentPort!.postMessage({ is: 'seeds', count: makeSeeds(workerData.folder) })
} else {
  const task = workerData as Task
  const trust = await trustIn(task.folder)
  for (const target of task.targets) await new Fuzzer(target, task, trust).run()
}
