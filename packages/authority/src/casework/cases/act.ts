import { hex } from '@nansen/formats/tlv'
import type { Officer } from '@nansen/signing'
import type { Event, EventBody, Tx } from '@nansen/store'
import canonicalize from 'canonicalize'
import { blindIndex } from '../../registry/blind-index.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { appendToCase, caseTransaction, type KnownCase, readCase } from '../record/append-to-case.ts'
import type { Part } from '../record/part.ts'
import { insertParts, type PartRow } from '../record/part-rows.ts'
import { type ActName, hasRoleFor, leaveFor } from './acts.ts'
import { type AtDesk, officerAt } from './at-desk.ts'
import { insertLetter, type LetterRow } from './letters.ts'

/** An act under way, inside its transaction. */
export interface Turn {
  readonly tx: Tx
  readonly known: KnownCase
  readonly officer: Officer
  /** As what the officer acts. */
  readonly as: Part
}

/** What an act does. */
export interface Effect {
  readonly kind: string
  /** Ids, codes and days, beside actor and part. */
  readonly body?: EventBody
  readonly parts?: readonly PartRow[]
  readonly letter?: LetterRow | undefined
  /** The officer played no part by it that would keep them from another. */
  readonly playsNoPart?: true
}

/** An act, and what it is about: asked again with the same, it is the same act. P4 */
export interface Asked {
  readonly name: ActName
  readonly caseId: string
  readonly content: Readonly<Record<string, unknown>>
}

/**
 * The one shape of every act on a case: who sits there, whether they may, the effect, the event, the log and the row
 * in one transaction. P1, P4, P8, P20
 * @param plan looks at the case and says what is to happen; SQL only, as it may run more than once
 * @throws CaseRefusal officer.*, case.*
 */
export async function act(
  office: CaseOffice,
  desk: AtDesk,
  asked: Asked,
  plan: (turn: Turn) => Promise<Effect>,
): Promise<void> {
  const { officer, once } = await beforeActing(office, desk, asked)
  await caseTransaction(office, async (tx) => {
    const found = await leaveToAct(tx, officer, asked, once)
    if (found === 'done') return
    const turn = { tx, officer, ...found }
    const effect = await plan(turn)
    await apply(office, turn, effect, once)
  })
}

/** Somebody who may act now, and the case as they saw it. */
export interface Ready {
  readonly officer: Officer
  readonly known: KnownCase
  readonly as: Part
}

/**
 * The same demands without the act, for what has to be read or signed before it.
 * @returns undefined where this act was done already, by this officer and in the same words
 */
export async function mayNowAct(office: CaseOffice, desk: AtDesk, asked: Asked): Promise<Ready | undefined> {
  const { officer, once } = await beforeActing(office, desk, asked)
  const found = await office.store.transaction((tx) => leaveToAct(tx, officer, asked, once))
  return found === 'done' ? undefined : { officer, ...found }
}

/**
 * What an act is made of, read or signed before it. Of two who ask for the same at once, the later may be refused on the
 * way, as the faster has done their part and holds the case no more: then the act is done. P4
 * @returns undefined where it was done before, or meanwhile
 */
export async function prepareAct<T>(
  office: CaseOffice,
  desk: AtDesk,
  asked: Asked,
  prepare: (ready: Ready) => Promise<T>,
): Promise<T | undefined> {
  const ready = await mayNowAct(office, desk, asked)
  if (ready === undefined) return undefined
  try {
    return await prepare(ready)
  } catch (error) {
    if (error instanceof CaseRefusal && (await isDone(office, desk, asked))) return undefined
    throw error
  }
}

async function isDone(office: CaseOffice, desk: AtDesk, asked: Asked): Promise<boolean> {
  const { once } = await beforeActing(office, desk, asked)
  const known = await office.store.transaction((tx) => readCase(tx, asked.caseId))
  return known !== undefined && wasDone(known, once)
}

async function beforeActing(
  office: CaseOffice,
  desk: AtDesk,
  { name, caseId, content }: Asked,
): Promise<{ readonly officer: Officer; readonly once: string }> {
  const officer = await officerAt(office, desk)
  if (!hasRoleFor(officer, name)) throw new CaseRefusal('officer.role')
  const words = canonicalize({ name, caseId, officer: officer.id, content })!
  // Under a key, as the words are somebody's.
  return { officer, once: hex(blindIndex(await office.signing.indexKey(), 'act', words)) }
}

async function leaveToAct(
  tx: Tx,
  officer: Officer,
  { name, caseId }: Asked,
  once: string,
): Promise<{ readonly known: KnownCase; readonly as: Part } | 'done'> {
  const known = await readCase(tx, caseId)
  if (known === undefined) throw new CaseRefusal('case.not-assigned')
  if (wasDone(known, once)) return 'done'
  const leave = leaveFor(officer, known.state, name)
  if ('refused' in leave) throw new CaseRefusal(leave.refused)
  return { known, as: leave.as }
}

const wasDone = ({ events }: KnownCase, once: string): boolean => lastAct(events)?.body.once === once

/** The last event that somebody brought about; who opens a case or holds it changes nothing of what was done. */
const lastAct = (events: readonly Event[]): Event | undefined =>
  events.findLast(({ kind }) => !['case.opened', 'case.assigned', 'case.released'].includes(kind))

async function apply(office: CaseOffice, turn: Turn, effect: Effect, once: string): Promise<void> {
  const { tx, known, officer, as } = turn
  const body = {
    ...effect.body,
    actor: `officer:${officer.id}`,
    ...(effect.playsNoPart ? {} : { as }),
    ...(effect.letter && { letter: hex(effect.letter.id) }),
    once,
  }
  const next = await appendToCase(tx, office, known, [{ kind: effect.kind, body }])
  if (next === undefined) throw new CaseRefusal('case.status')
  if (effect.parts !== undefined) await insertParts(tx, known.id, effect.parts)
  if (effect.letter !== undefined) await insertLetter(tx, office, known.id, effect.letter)
}
