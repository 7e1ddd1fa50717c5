import { Readable, Writable } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import { type Signing, SigningRefusal } from '../signing.ts'
import type { Connect } from './connect.ts'
import type { OfficerCall } from './officer-wire.ts'
import { runKeyProcess } from './run-key-process.ts'

/**
 * The key process of another thread of this office, which relays.
 * @param open gives one end of a new channel whose other end that thread hands to {@link relayKeys}
 */
export function connectKeyPort(open: () => MessagePort): Connect {
  return async () => {
    const port = open()
    const { input, output } = streamsOver(port)
    return {
      questions: output,
      answers: input,
      close: async () => port.close(),
      abandon: () => port.close(),
    }
  }
}

/**
 * Asks the key process in the name of another thread of this office, until that one closes its end. New keys are not
 * to be had this way.
 * @param report as of {@link runKeyProcess}
 */
export function relayKeys(
  signing: Signing,
  port: MessagePort,
  report: (error: unknown) => void,
): Promise<void> {
  const keyService = {
    wrappingPoint: signing.wrappingPoint,
    keys: () => signing.keys(),
    indexKey: () => signing.indexKey(),
    finish: signing.finish.bind(signing),
    openCases: signing.openCases.bind(signing),
    // Lanes issue; whoever reads cases or enrols does so in the thread that opened the office.
    answerOfficers: async (call: OfficerCall) => {
      if (call.ask === 'root') return signing.officers.rootOf()
      if (call.ask !== 'approved') throw new SigningRefusal('officer.session')
      await signing.demandApproved(
        call.orders.map(([approvalId, order]) => ({
          approvalId: new Uint8Array(Buffer.from(approvalId, 'hex')),
          order: new Uint8Array(Buffer.from(order, 'hex')),
        })),
      )
      return true
    },
    makeKey: () => Promise.reject(new SigningRefusal('key.unknown')),
  }
  return runKeyProcess({ keyService, ...streamsOver(port), report })
}

function streamsOver(port: MessagePort): { readonly input: Readable; readonly output: Writable } {
  const input = new Readable({ read() {} })
  port.on('message', (chunk: Uint8Array) => input.push(chunk))
  port.on('close', () => input.push(null))
  const output = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      // A copy of its own: what is sent of a view is all that lies behind it.
      port.postMessage(new Uint8Array(chunk))
      done()
    },
  })
  return { input, output }
}
