import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { hex } from '@nansen/formats/tlv'
import { type CaseKey, type IntentId, type SigningKey, SigningRefusal } from '../signing.ts'
import { linesOf } from './lines.ts'
import type { OfficerCall } from './officer-wire.ts'
import {
  encodeCases,
  encodeKey,
  encodeKeys,
  encodeSignatures,
  isCode,
  type KeySpec,
  line,
  MOST_QUESTION,
  parseQuestion,
  type Question,
  WIRE_VERSION,
  WireError,
} from './wire.ts'

/** What a key process serves: as much of the key service (key-service.ts) as an office may ask for. */
export interface ServedKeys {
  /** Public point of the key to which keys of cases are wrapped: 65 octets. */
  readonly wrappingPoint: Uint8Array
  keys(): Promise<ReadonlyMap<string, SigningKey>>
  indexKey(): Promise<Uint8Array>
  finish(intents: readonly IntentId[]): Promise<readonly Uint8Array[]>
  openCases(intents: readonly IntentId[]): Promise<readonly CaseKey[]>
  makeKey(spec: KeySpec): Promise<SigningKey>
  /** What is asked about officers, and its answer as JSON carries it. */
  answerOfficers(call: OfficerCall): Promise<unknown>
}

export interface KeyProcess {
  readonly keyService: ServedKeys
  /** Where questions come from; the process ends with it. */
  readonly input: Readable
  readonly output: Writable
  /** Started for a ceremony: new keys may be made. */
  readonly ceremony?: boolean
  /** Hears of what is no refusal, for the process's own log; nothing of it crosses the wire but a code. */
  readonly report: (error: unknown) => void
}

/**
 * Answers questions one after another until no more can come. A refusal crosses as its code, anything else that goes
 * wrong as an outage. Whoever does not speak as agreed is told so; whoever sends a line without end is left.
 */
export async function runKeyProcess({
  keyService,
  input,
  output,
  ceremony = false,
  report,
}: KeyProcess): Promise<void> {
  const send = async (value: object) => {
    if (!output.write(line(value)) && !output.destroyed) await drained(output)
  }
  await send({ nansen: 'keys', version: WIRE_VERSION, ceremony })
  try {
    for await (const text of linesOf(input, MOST_QUESTION))
      await send(await answerTo(text, keyService, ceremony, report))
  } catch (error) {
    // An office that is gone in the middle is no fault of this side.
    if (!(error instanceof WireError) && (error as { code?: unknown }).code !== 'ECONNRESET') throw error
    report(error)
  }
}

/** In place of everything, where the keys cannot be opened: the office hears the code of it. */
export function refuseToServe(output: Writable, error: unknown): void {
  output.write(
    line(error instanceof SigningRefusal ? { refusal: error.code } : { outage: outageCode(error) }),
  )
}

function outageCode(error: unknown): string {
  const { code } = error as { readonly code?: unknown }
  if (error instanceof WireError) return 'wire.question'
  return isCode(code) ? code : 'key-process.failed'
}

/** Drained, or gone. */
const drained = (output: Writable): Promise<unknown> =>
  Promise.race([once(output, 'drain'), once(output, 'close')])

async function answerTo(
  text: string,
  keyService: ServedKeys,
  ceremony: boolean,
  report: (error: unknown) => void,
): Promise<object> {
  let number = 0
  try {
    const asked = parseQuestion(text)
    number = asked.number
    return { number, answer: await answer(asked.question, keyService, ceremony) }
  } catch (error) {
    if (error instanceof SigningRefusal) return { number, refusal: error.code }
    report(error)
    return { number, outage: outageCode(error) }
  }
}

async function answer(question: Question, keyService: ServedKeys, ceremony: boolean): Promise<unknown> {
  switch (question.verb) {
    case 'finish':
      return encodeSignatures(await keyService.finish(question.intents))
    case 'open':
      return encodeCases(await keyService.openCases(question.intents))
    case 'index':
      return hex(await keyService.indexKey())
    case 'keys':
      return encodeKeys({
        keys: [...(await keyService.keys()).values()],
        wrappingPoint: keyService.wrappingPoint,
      })
    case 'officers':
      return keyService.answerOfficers(question.call)
    case 'make':
      // An office that was broken into must not get itself a new key.
      if (!ceremony) throw new WireError('no ceremony')
      return encodeKey(await keyService.makeKey(question.spec))
  }
}
