import { MessageChannel, Worker } from 'node:worker_threads'
import type { OfficeSettings, OpenOffice } from '../office/index.ts'
import type { Done, LaneStart, Work } from './lane.ts'
import { serveLane, sharedLog } from './lane-office.ts'

export interface LanesToOpen<D> {
  /** A module that calls `runLane`. */
  readonly script: URL
  readonly count: number
  readonly opened: OpenOffice
  readonly folder: string
  readonly settings: OfficeSettings
  readonly environment: NodeJS.ProcessEnv
  readonly data: D
}

interface Lane<A> {
  readonly worker: Worker
  readonly pending: Map<number, { settle(answer: A): void; fail(error: unknown): void }>
  readonly gone: Promise<void>
  /** Why it ended before it was told to. */
  ended?: unknown
}

/** Lanes of one office at work: each piece goes to the lane that has the least to do. */
export class Lanes<Q, A> {
  readonly #lanes: readonly Lane<A>[]
  #number = 0

  private constructor(lanes: readonly Lane<A>[]) {
    this.#lanes = lanes
  }

  static open<Q, A, D>(toOpen: LanesToOpen<D>): Lanes<Q, A> {
    const log = sharedLog(toOpen.opened.office)
    return new Lanes<Q, A>(Array.from({ length: toOpen.count }, () => openLane<A, D>(toOpen, log)))
  }

  /** @throws what the work throws, and what ends the lane */
  ask(question: Q): Promise<A> {
    const lane = this.#lanes.reduce((least, one) => (one.pending.size < least.pending.size ? one : least))
    if ('ended' in lane) return Promise.reject(lane.ended)
    const number = this.#number++
    return new Promise((settle, fail) => {
      lane.pending.set(number, { settle, fail })
      lane.worker.postMessage({ number, question } satisfies Work<Q>)
    })
  }

  /** Lets each finish what it has, and waits until it has ended. */
  async close(): Promise<void> {
    await Promise.all(
      this.#lanes.map(({ worker, gone }) => {
        worker.postMessage('end' satisfies Work<Q>)
        return gone
      }),
    )
  }
}

function openLane<A, D>(toOpen: LanesToOpen<D>, log: () => Promise<void>): Lane<A> {
  const { script, opened, folder, settings, environment, data } = toOpen
  const { port1, port2 } = new MessageChannel()
  serveLane(opened, port1, log)
  const start: LaneStart<D> = { folder, settings, environment: { ...environment }, port: port2, data }
  const worker = new Worker(script, { workerData: start, transferList: [port2], env: {}, execArgv: [] })
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const lane: Lane<A> = { worker, pending: new Map(), gone }
  worker.on('message', (done: Done<A>) => {
    const waiting = lane.pending.get(done.number)
    lane.pending.delete(done.number)
    if ('error' in done) waiting?.fail(done.error)
    else waiting?.settle(done.answer)
  })
  const over = (error: unknown) => {
    if (!('ended' in lane)) lane.ended = error
    for (const { fail } of lane.pending.values()) fail(error)
    lane.pending.clear()
  }
  worker.on('error', over)
  worker.on('exit', () => over(new Error('a lane has ended')))
  return lane
}
