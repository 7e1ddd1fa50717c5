import { hex } from '@nansen/formats/tlv'
import { KEY_ALGORITHMS } from '../algorithms.ts'
import type { CaseKey, IntentId, KeyAlgorithm, Purpose, SigningKey } from '../signing.ts'
import { type OfficerCall, parseOfficerCall } from './officer-wire.ts'
import { WireError } from './wire-error.ts'

/**
 * What crosses between an office and its key process: a line of JSON each way, matched by number. An office sends ids
 * of intents and nothing that could be signed; the key process looks for the bytes itself. Officers' own signatures, and
 * ids of cases that they open, cross beside them.
 */
export const WIRE_VERSION = 1

/** Octets of the longest question: the most intents at once, with room to spare. */
export const MOST_QUESTION = 64 * 1024
/** Octets of the longest answer: as many RSA signatures. */
export const MOST_ANSWER = 2 * 1024 * 1024
/** Intents in one question. */
export const MOST_INTENTS = 1000

export type KeySpec = Omit<SigningKey, 'publicKey'>

export type Question =
  | { readonly verb: 'finish' | 'open'; readonly intents: readonly IntentId[] }
  | { readonly verb: 'index' | 'keys' }
  | { readonly verb: 'make'; readonly spec: KeySpec }
  | { readonly verb: 'officers'; readonly call: OfficerCall }

/** An answer before it is read further: what was asked for, a refusal by its code, or that it cannot be given now. */
export interface Answer {
  readonly number: number
  readonly answer?: unknown
  readonly refusal?: string
  readonly outage?: string
}

/** The keys there are, and the point to which keys of cases are wrapped. */
export interface KeysAnswer {
  readonly keys: readonly SigningKey[]
  readonly wrappingPoint: Uint8Array
}

export { WireError }

type Fields = Readonly<Record<string, unknown>>

const CODE = /^[a-z]+(?:[.-][a-z]+){1,5}$/
/** A code as they are in this project: never more than that is passed on of an error. */
export const isCode = (code: unknown): code is string => typeof code === 'string' && CODE.test(code)

export const line = (value: object): string => `${JSON.stringify(value)}\n`

export function encodeQuestion(number: number, question: Question): string {
  switch (question.verb) {
    case 'finish':
    case 'open':
      return line({ number, verb: question.verb, intents: question.intents.map(hex) })
    case 'make':
      return line({ number, verb: 'make', spec: question.spec })
    case 'officers':
      return line({ number, verb: 'officers', call: question.call })
    default:
      return line({ number, verb: question.verb })
  }
}

/** @throws WireError */
export function parseQuestion(text: string): { readonly number: number; readonly question: Question } {
  const { number, verb, intents, spec, call } = object(parseJson(text))
  if (!isNumber(number)) throw new WireError('number')
  switch (verb) {
    case 'finish':
    case 'open':
      return { number, question: { verb, intents: list(intents, MOST_INTENTS).map((id) => octets(id, 16)) } }
    case 'index':
    case 'keys':
      return { number, question: { verb } }
    case 'make':
      return { number, question: { verb, spec: parseSpec(object(spec)) } }
    case 'officers':
      return { number, question: { verb, call: parseOfficerCall(call) } }
    default:
      throw new WireError('verb')
  }
}

/** @throws WireError */
export function parseAnswer(text: string): Answer {
  const { number, answer, refusal, outage } = object(parseJson(text))
  if (!isNumber(number)) throw new WireError('number')
  if (isCode(refusal)) return { number, refusal }
  if (isCode(outage)) return { number, outage }
  if (answer === undefined) throw new WireError('answer')
  return { number, answer }
}

export const encodeSignatures = (signatures: readonly Uint8Array[]): readonly string[] => signatures.map(hex)

export function parseSignatures(answer: unknown, asked: number): readonly Uint8Array[] {
  const signatures = list(answer, asked).map((signature) => octets(signature))
  if (signatures.length !== asked) throw new WireError('signatures')
  return signatures
}

export const encodeCases = (cases: readonly CaseKey[]): readonly (readonly string[])[] =>
  cases.map(({ caseId, key }) => [hex(caseId), hex(key)])

export const parseCases = (answer: unknown, asked: number): readonly CaseKey[] =>
  list(answer, asked).map((each) => {
    const [caseId, key] = list(each, 2)
    return { caseId: octets(caseId, 16), key: octets(key, 32) }
  })

export const parseIndexKey = (answer: unknown): Uint8Array => octets(answer, 32)

export const encodeKeys = ({ keys, wrappingPoint }: KeysAnswer): object => ({
  keys: keys.map(encodeKey),
  wrappingPoint: hex(wrappingPoint),
})

export function parseKeys(answer: unknown): KeysAnswer {
  const { keys, wrappingPoint } = object(answer)
  return { keys: list(keys, 1000).map(parseKey), wrappingPoint: octets(wrappingPoint, 65) }
}

export const encodeKey = (key: SigningKey): object => ({ ...key, publicKey: hex(key.publicKey) })

export function parseKey(answer: unknown): SigningKey {
  const fields = object(answer)
  return { ...parseSpec(fields), publicKey: octets(fields.publicKey) }
}

const PURPOSES: readonly Purpose[] = ['csca', 'document-signer', 'master-list-signer', 'log', 'witness']

function parseSpec({ id, purpose, algorithm, state, notBefore, notAfter, most }: Fields): KeySpec {
  if (typeof id !== 'string' || typeof state !== 'string' || !isNumber(most)) throw new WireError('key')
  if (!PURPOSES.includes(purpose as Purpose) || !KEY_ALGORITHMS.includes(algorithm as KeyAlgorithm))
    throw new WireError('key')
  return {
    id,
    purpose: purpose as Purpose,
    algorithm: algorithm as KeyAlgorithm,
    state,
    notBefore: moment(notBefore),
    notAfter: moment(notAfter),
    most,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new WireError('no JSON')
  }
}

function object(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WireError('no object')
  return value as Fields
}

function list(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new WireError('no list')
  return value
}

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** @param length in octets; any but none where it is not given */
function octets(value: unknown, length?: number): Uint8Array {
  if (typeof value !== 'string' || !/^(?:[0-9a-f]{2}){1,2048}$/.test(value)) throw new WireError('octets')
  if (length !== undefined && value.length !== 2 * length) throw new WireError('octets')
  return new Uint8Array(Buffer.from(value, 'hex'))
}

function moment(value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : Number.NaN)
  if (Number.isNaN(date.getTime())) throw new WireError('moment')
  return date
}
