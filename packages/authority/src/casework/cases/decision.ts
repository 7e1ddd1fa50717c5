import { hash } from 'node:crypto'
import { type Approval, type DecisionOver, decisionChallenge, isApproval } from '@nansen/signing'
import canonicalize from 'canonicalize'
import { CaseRefusal } from '../case-refusal.ts'
import type { CaseEvent } from '../record/case-event.ts'
import { textOf } from '../record/case-event.ts'
import { type DocumentCode, groundOf } from '../rules/grounds.ts'
import { jsonOf, type OpenedPart } from './case-parts.ts'
import { demandText } from './shapes.ts'

/** What an officer decides. */
export interface DecisionInput {
  readonly decision: 'approve' | 'refuse'
  /** Codes of GROUNDS, all of this kind of decision. */
  readonly grounds: readonly string[]
  /** To the applicant, in their language. An approval may go without. */
  readonly letter: string
  /** Of an approval. */
  readonly documentCode: DocumentCode
}

/** A decision as it stands in the case, sealed. */
export interface DecisionContent extends DecisionInput {
  /** Version of the rules. */
  readonly rules: string
  readonly language: 'en' | 'ru'
  /** Exactly what is signed, as text: canonical JSON of the order, or of the refusal. [RFC8785 §3.2] */
  readonly text: string
  readonly approval: Approval
}

/** The second officer's word, sealed. */
export interface ConfirmationContent {
  /** Id of the part with the first decision. */
  readonly decision: string
  readonly agree: boolean
  readonly reason: string
  readonly approval?: Approval
}

/** What an officer is about to sign. */
export interface ToBeSigned {
  readonly over: DecisionOver
  /** base64url: for the authenticator. */
  readonly challenge: string
  /** Exactly what is signed, to be shown. */
  readonly text: string
}

const MOST_GROUNDS = 10

/**
 * The same in one form: grounds in order, the letter without what is around it.
 * @throws CaseRefusal decision.grounds, decision.document-code, decision.letter
 */
export function checkedInput({ decision, grounds, letter, documentCode }: DecisionInput): DecisionInput {
  const named = grounds.map(groundOf)
  const whole =
    (decision === 'approve' || decision === 'refuse') &&
    grounds.length > 0 &&
    grounds.length <= MOST_GROUNDS &&
    new Set(grounds).size === grounds.length &&
    named.every((ground) => ground?.kind === decision)
  if (!whole) throw new CaseRefusal('decision.grounds', { field: 'grounds' })
  if (decision === 'approve' && !named.some((ground) => ground?.documents?.includes(documentCode)))
    throw new CaseRefusal('decision.document-code', { field: 'documentCode' })
  return { decision, grounds: [...grounds].sort(), letter: letterOf(letter, decision), documentCode }
}

function letterOf(letter: string, decision: 'approve' | 'refuse'): string {
  try {
    return demandText(letter, 'letter', decision === 'refuse' ? 1 : 0)
  } catch (error) {
    throw new CaseRefusal('decision.letter', { cause: error, field: 'letter' })
  }
}

/** Exactly what is signed of a refusal: the case, the grounds, and the letter by its digest. */
export const refusalText = (caseId: string, grounds: readonly string[], letter: string): string =>
  canonicalize({ caseId, decision: 'refuse', grounds, letter: hash('sha256', letter) })!

export function toBeSigned(decision: 'approve' | 'refuse', text: string): ToBeSigned {
  const over: DecisionOver = { over: 'order', bytes: new TextEncoder().encode(text) }
  return { over, challenge: decisionChallenge(decision, over), text }
}

/**
 * The first decision that stands: the piece that the last event of one names.
 * @throws CaseRefusal decision.changed: it is not there, or not as it must be
 */
export function decisionIn(
  events: readonly CaseEvent[],
  parts: readonly OpenedPart[],
): { readonly id: string; readonly content: DecisionContent; readonly event: CaseEvent } {
  const event = events.findLast(({ kind }) => kind === 'case.decided-first')
  const part = event && parts.find(({ id, kind }) => kind === 'decision' && id === textOf(event, 'part'))
  try {
    const content = jsonOf<DecisionContent>(part)
    const whole =
      event !== undefined &&
      (content.decision === 'approve' || content.decision === 'refuse') &&
      typeof content.text === 'string' &&
      Array.isArray(content.grounds) &&
      isApproval(content.approval)
    if (whole) return { id: part!.id, content, event }
  } catch (error) {
    if (!(error instanceof CaseRefusal)) throw error
  }
  throw new CaseRefusal('decision.changed')
}

/** The second officer's word behind the decision that stands. @throws CaseRefusal decision.changed */
export function confirmationIn(
  events: readonly CaseEvent[],
  parts: readonly OpenedPart[],
): ConfirmationContent {
  const event = events.findLast(({ kind }) => kind === 'case.decided-second')
  const part = event && parts.find(({ id, kind }) => kind === 'confirmation' && id === textOf(event, 'part'))
  if (part === undefined) throw new CaseRefusal('decision.changed')
  return jsonOf<ConfirmationContent>(part)
}
