import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type Office, type RefusalCode, refusalOf } from '@nansen/authority'
import type { OfficeSettings } from '../office/index.ts'
import { openOfficeInLane } from './lane-office.ts'

/** What a lane is started with. */
export interface LaneStart<D> {
  readonly folder: string
  readonly settings: OfficeSettings
  readonly environment: NodeJS.ProcessEnv
  readonly port: MessagePort
  /** For the work alone. */
  readonly data: D
}

/** To a lane: a piece of work, or that there is no more. */
export type Work<Q> = { readonly number: number; readonly question: Q } | 'end'
export type Done<A> = { readonly number: number } & ({ readonly answer: A } | { readonly error: unknown })

/** How a lane answers, with its office or without. */
export interface LaneWork<Q, A, D> {
  /** Made once from the office and the data that the lane was started with. */
  readonly work: (office: Office, data: D) => (question: Q) => Promise<A>
  /** The answer where the office cannot be opened in this lane: the code says why. */
  readonly refused: (question: Q, code: RefusalCode) => A
}

/** The body of a thread: opens the office and does each piece of work as it comes, several at once. */
export async function runLane<Q, A, D>({ work, refused }: LaneWork<Q, A, D>): Promise<void> {
  const start = workerData as LaneStart<D>
  const { answer, close } = await answering(start, work, refused)
  const underWay = new Set<Promise<void>>()
  parentPort!.on('message', (message: Work<Q>) => {
    if (message === 'end') {
      parentPort!.close()
      return void Promise.all(underWay).finally(close)
    }
    const { number, question } = message
    const tell = (done: object) => parentPort!.postMessage({ number, ...done })
    const doing: Promise<void> = answer(question)
      .then(
        (given) => tell({ answer: given }),
        (error: unknown) => tell({ error }),
      )
      .finally(() => underWay.delete(doing))
    underWay.add(doing)
  })
}

async function answering<Q, A, D>(
  { folder, settings, environment, port, data }: LaneStart<D>,
  work: LaneWork<Q, A, D>['work'],
  refused: LaneWork<Q, A, D>['refused'],
): Promise<{ answer(question: Q): Promise<A>; close(): Promise<void> }> {
  try {
    const { office, close } = await openOfficeInLane(folder, settings, environment, port)
    return { answer: work(office, data), close }
  } catch (error) {
    const { code } = refusalOf(error)
    return { answer: async (question) => refused(question, code), close: async () => port.close() }
  }
}
