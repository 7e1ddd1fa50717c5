import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Office } from '@nansen/authority'
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

/**
 * The body of a thread: opens the office and does each piece of work as it comes, several at once.
 * @param work made once from the office and the data that the lane was started with
 */
export async function runLane<Q, A, D>(
  work: (office: Office, data: D) => (question: Q) => Promise<A>,
): Promise<void> {
  const { folder, settings, environment, port, data } = workerData as LaneStart<D>
  const { office, close } = await openOfficeInLane(folder, settings, environment, port)
  const answer = work(office, data)
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
