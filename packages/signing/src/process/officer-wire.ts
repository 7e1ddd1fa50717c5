import { hex } from '@nansen/formats/tlv'
import { isApproval, isAssertion } from '../officers/chain.ts'
import type {
  Approval,
  Assertion,
  DayOfOfficer,
  EnrolmentChange,
  Officer,
  OfficerSession,
  PartKey,
  PublicRoot,
} from '../officers/officer.ts'
import type { ApprovedOrder, OfficerDesk } from '../officers/officer-desk.ts'
import { WireError } from './wire-error.ts'

/** What is asked about officers, as it crosses: octets in hexadecimal. */
export type OfficerCall =
  | { readonly ask: 'root' | 'list' | 'challenge' }
  | { readonly ask: 'sign-in'; readonly assertion: Assertion }
  | { readonly ask: 'session' | 'sign-out' | 'openings' | 'today'; readonly token: string }
  | { readonly ask: 'open'; readonly token: string; readonly caseId: string }
  | { readonly ask: 'check'; readonly challenge: string; readonly approval: Approval }
  | { readonly ask: 'draft'; readonly change: EnrolmentChange }
  | { readonly ask: 'enrol'; readonly record: string; readonly approvals: readonly [Approval, Approval] }
  | { readonly ask: 'approved'; readonly orders: readonly (readonly [approvalId: string, order: string])[] }

/** Orders in one question. */
export const MOST_ORDERS = 400

/** @throws WireError */
export function parseOfficerCall(value: unknown): OfficerCall {
  const call = (value ?? {}) as Readonly<Record<string, unknown>>
  const whole = ((): boolean => {
    switch (call.ask) {
      case 'root':
      case 'list':
      case 'challenge':
        return true
      case 'sign-in':
        return isAssertion(call.assertion)
      case 'session':
      case 'sign-out':
      case 'openings':
      case 'today':
        return isText(call.token)
      case 'open':
        return isText(call.token) && isHex(call.caseId, 16)
      case 'check':
        return isText(call.challenge) && isApproval(call.approval)
      case 'draft':
        return typeof call.change === 'object' && call.change !== null
      case 'enrol':
        return isHex(call.record) && isList(call.approvals, 2) && call.approvals.every(isApproval)
      case 'approved':
        return (
          isList(call.orders, MOST_ORDERS) &&
          call.orders.every((each) => isList(each, 2) && isHex(each[0], 16) && isHex(each[1], 32))
        )
      default:
        return false
    }
  })()
  if (!whole) throw new WireError('officers')
  return call as unknown as OfficerCall
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 200
const isList = (value: unknown, most: number): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= most
const isHex = (value: unknown, octets?: number): value is string =>
  typeof value === 'string' &&
  /^(?:[0-9a-f]{2}){1,8192}$/.test(value) &&
  (octets === undefined || value.length === 2 * octets)

const octetsOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** The key process's half: what it is asked, as JSON can carry it. */
export async function answerOfficerCall(desk: OfficerDesk, call: OfficerCall): Promise<unknown> {
  switch (call.ask) {
    case 'root':
      return desk.rootOf()
    case 'list':
      return desk.list()
    case 'challenge':
      return desk.challenge()
    case 'sign-in':
      return desk.signIn(call.assertion)
    case 'session':
      return (await desk.session(call.token)) ?? null
    case 'sign-out':
      await desk.signOut(call.token)
      return true
    case 'openings':
      return desk.openings(call.token)
    case 'today':
      return desk.today(call.token)
    case 'open':
      return (await desk.openCase(call.token, octetsOf(call.caseId))).map(({ partId, key }) => [
        hex(partId),
        hex(key),
      ])
    case 'check':
      await desk.checkSignature(call.challenge, call.approval)
      return true
    case 'draft': {
      const { record, challenge } = await desk.draftEnrolment(call.change)
      return { record: hex(record), challenge }
    }
    case 'enrol':
      await desk.enrol(octetsOf(call.record), call.approvals)
      return true
    case 'approved':
      await desk.demandApproved(
        call.orders.map(([approvalId, order]) => ({
          approvalId: octetsOf(approvalId),
          order: octetsOf(order),
        })),
      )
      return true
  }
}

/** The office's half. An answer that has another form is an outage: `read` throws WireError. */
export type AskOfficers = <T>(call: OfficerCall, read: (answer: unknown) => T) => Promise<T>

export const readRoot = (answer: unknown): PublicRoot => object(answer) as unknown as PublicRoot
export const readOfficers = (answer: unknown): readonly Officer[] => {
  if (!Array.isArray(answer)) throw new WireError('officers')
  return answer as readonly Officer[]
}
export const readText = (answer: unknown): string => {
  if (typeof answer !== 'string') throw new WireError('text')
  return answer
}
export const readSession = (answer: unknown): OfficerSession => {
  const { token, officer, until } = object(answer)
  return {
    token: readText(token),
    officer: object(officer) as unknown as Officer,
    until: new Date(readText(until)),
  }
}
export const readDone = (answer: unknown): void => {
  if (answer !== true) throw new WireError('answer')
}
export const readKeys = (answer: unknown): readonly PartKey[] => {
  if (!Array.isArray(answer)) throw new WireError('keys')
  return answer.map((each: unknown) => {
    if (!isList(each, 2) || !isHex(each[0], 16) || !isHex(each[1], 32)) throw new WireError('keys')
    return { partId: octetsOf(each[0]), key: octetsOf(each[1]) }
  })
}
export const readDraft = (answer: unknown): { readonly record: Uint8Array; readonly challenge: string } => {
  const { record, challenge } = object(answer)
  if (!isHex(record)) throw new WireError('record')
  return { record: octetsOf(record), challenge: readText(challenge) }
}
export const readOpenings = (answer: unknown): { readonly opened: number; readonly most: number } => {
  const { opened, most } = object(answer)
  if (!Number.isSafeInteger(opened) || !Number.isSafeInteger(most)) throw new WireError('openings')
  return { opened: opened as number, most: most as number }
}
export const readDays = (answer: unknown): readonly DayOfOfficer[] => {
  if (!Array.isArray(answer)) throw new WireError('days')
  return answer as readonly DayOfOfficer[]
}
export const encodeApproved = (orders: readonly ApprovedOrder[]): OfficerCall => ({
  ask: 'approved',
  orders: orders.map(({ approvalId, order }) => [hex(approvalId), hex(order)]),
})

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WireError('no object')
  return value as Readonly<Record<string, unknown>>
}
