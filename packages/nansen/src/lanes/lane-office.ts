import * as node from 'node:crypto'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { bringLogUpToDate, type Office, refusalOf } from '@nansen/authority'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { connectKeyPort, openRemoteSigning, relayKeys, SigningOutage, SigningRefusal } from '@nansen/signing'
import { StoreError } from '@nansen/store'
import { enterEvents } from '@nansen/store/log'
import { drawAhead } from '../chance.ts'
import { crashAt } from '../crash-at.ts'
import { type OfficeSettings, type OpenOffice, openOfficeStore, stateOf } from '../office/index.ts'

/** What a lane asks for of the thread that opened the office: a way to the keys, or the log brought up to date. */
type Question = { readonly keys: MessagePort } | { readonly log: number }
type Answer = { readonly log: number; readonly failed?: Failure }
interface Failure {
  readonly room: 'store' | 'signing' | 'other'
  readonly code: string
}

export interface OfficeInLane {
  readonly office: Office
  close(): Promise<void>
}

/**
 * The office in a lane.
 * @param port to {@link serveLane}
 * @throws StoreError; SigningOutage; SigningRefusal
 */
export async function openOfficeInLane(
  folder: string,
  settings: OfficeSettings,
  environment: NodeJS.ProcessEnv,
  port: MessagePort,
): Promise<OfficeInLane> {
  const random = drawAhead()
  const log = logOver(port)
  const store = await openOfficeStore(folder, settings, environment, false)
  try {
    const connect = connectKeyPort(() => {
      const { port1, port2 } = new MessageChannel()
      port.postMessage({ keys: port2 } satisfies Question, [port2])
      return port1
    })
    const signing = await openRemoteSigning({ random, connect })
    const office: Office = {
      state: stateOf(settings),
      store,
      signing,
      log: { enter: (tx, events) => enterEvents(tx, events, random), sequence: log },
      crypto: nodeCrypto(node),
      clock: () => new Date(),
      random,
      step: crashAt(environment.NANSEN_CRASH_AT),
    }
    return {
      office,
      async close() {
        await signing.close()
        await store.close()
        port.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Brings the log up to date over there; when it answers, nothing of this lane waits any more. */
function logOver(port: MessagePort): () => Promise<undefined> {
  const waiting = new Map<number, (failed: Failure | undefined) => void>()
  let number = 0
  port.on('message', ({ log, failed }: Answer) => {
    waiting.get(log)?.(failed)
    waiting.delete(log)
  })
  return async () => {
    const asked = number++
    const failed = await new Promise<Failure | undefined>((resolve) => {
      waiting.set(asked, resolve)
      port.postMessage({ log: asked } satisfies Question)
    })
    if (failed !== undefined) throw errorOf(failed)
    return undefined
  }
}

/** Serves a lane until it closes its end. */
export function serveLane({ office }: OpenOffice, port: MessagePort, log: () => Promise<void>): void {
  port.on('message', (question: Question) => {
    if ('keys' in question) {
      // What is no refusal reaches the lane as an outage, which is where it is told.
      relayKeys(office.signing, question.keys, () => {}).catch(() => question.keys.close())
      return
    }
    log().then(
      () => port.postMessage({ log: question.log } satisfies Answer),
      (error) => port.postMessage({ log: question.log, failed: failureOf(error) } satisfies Answer),
    )
  })
}

/**
 * Brings the log up to date for several lanes at once: whoever asks while it is being done has all that they entered
 * before in the next time, together with all others who asked meanwhile.
 */
export function sharedLog(office: Pick<Office, 'log'>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const run = (): Promise<void> => {
    next = undefined
    running = bringLogUpToDate(office).finally(() => {
      running = undefined
    })
    return running
  }
  return () => {
    if (running === undefined) return run()
    next ??= running.then(run, run)
    return next
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof StoreError) return { room: 'store', code: error.code }
  if (error instanceof SigningRefusal) return { room: 'signing', code: error.code }
  try {
    return { room: 'other', code: refusalOf(error).code }
  } catch {
    return { room: 'other', code: 'unknown' }
  }
}

function errorOf({ room, code }: Failure): Error {
  if (room === 'store') return new StoreError(code as StoreError['code'])
  if (room === 'signing') return new SigningRefusal(code as SigningRefusal['code'])
  return new SigningOutage(`the log: ${code}`)
}
