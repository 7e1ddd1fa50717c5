import { beginSession, readSession } from '@nansen/authority'
import type { ApplicantContext } from '../server/context.ts'

/** What is answered to one item so far: kept in the session until all is sent. */
export interface KeptAnswer {
  readonly text: string
  /** Of a picture: what opens the sealed place where it waits. */
  readonly file?: string | undefined
}

/** Minutes that a picture waits to be sent. */
const WAITS = 8 * 60

type All = Readonly<Record<string, Readonly<Record<string, KeptAnswer>>>>

const allOf = ({ session }: ApplicantContext): All => (session.content?.answers ?? {}) as All

/** The answers to one request so far, by the number of the item. */
export const keptAnswers = (context: ApplicantContext, requestId: string): ReadonlyMap<number, KeptAnswer> =>
  new Map(Object.entries(allOf(context)[requestId] ?? {}).map(([item, answer]) => [Number(item), answer]))

export async function keepAnswer(
  context: ApplicantContext,
  requestId: string,
  item: number,
  answer: KeptAnswer,
): Promise<void> {
  const all = allOf(context)
  await context.session.write({
    ...context.session.content,
    answers: { ...all, [requestId]: { ...all[requestId], [String(item)]: answer } },
  })
}

export async function forgetAnswers(context: ApplicantContext, requestId: string): Promise<void> {
  const { [requestId]: _, ...others } = allOf(context)
  await context.session.write({ ...context.session.content, answers: others })
}

/** Puts a picture away, sealed under what is given back. */
export const putAway = ({ office }: ApplicantContext, jpeg: Uint8Array): Promise<string> =>
  beginSession(office, { jpeg: Buffer.from(jpeg).toString('base64') }, WAITS)

export async function takeOut({ office }: ApplicantContext, token: string): Promise<Uint8Array | undefined> {
  const kept = (await readSession(office, token)) as { jpeg?: string } | undefined
  return kept?.jpeg === undefined ? undefined : new Uint8Array(Buffer.from(kept.jpeg, 'base64'))
}
