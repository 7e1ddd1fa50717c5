import type { Officer } from '@nansen/signing'
import type { CaseRefusalCode } from '../case-refusal.ts'
import { type CaseState, isFreeFor, mayDecideAppeal } from '../record/case-state.ts'
import type { CaseStatus } from '../record/case-status.ts'
import type { Part } from '../record/part.ts'

/** Statuses in which somebody does something as what. */
type Ways = Readonly<Partial<Record<Part, readonly CaseStatus[]>>>

/** In which words can be lost: whoever took their application back has nothing to see, and can begin anew. */
const NOT_WITHDRAWN: readonly CaseStatus[] = [
  'intake',
  'decision',
  'second',
  'production',
  'collected',
  'refused',
  'appeal',
]

/** Everything an officer does on a case that they hold: as what, and where the case is then. */
export const ACTS = {
  'request-more': { intake: ['intake'], decision: ['decision'] },
  'close-request': { intake: ['intake'], decision: ['decision'] },
  note: { intake: ['intake'], decision: ['decision', 'second', 'appeal'], production: ['production'] },
  'identity-check': { intake: ['intake'] },
  stay: { intake: ['intake'] },
  screening: { intake: ['intake'] },
  'settle-duplicate': { intake: ['intake'], decision: ['decision', 'second'] },
  'open-notice': { intake: ['intake'], decision: ['decision', 'second'] },
  'settle-notice': { decision: ['intake', 'decision', 'second'] },
  'hand-over': { intake: ['intake'] },
  'send-back': { decision: ['decision'], production: ['production'] },
  'decide-first': { decision: ['decision'] },
  'decide-second': { decision: ['second'] },
  'decide-appeal': { decision: ['appeal'] },
  issue: { production: ['production'] },
  'paper-files': { production: ['production'] },
  printed: { production: ['production'] },
  'quality-checked': { production: ['production'] },
  dispatched: { production: ['production'] },
  collected: { production: ['production'] },
  'pay-fee': { intake: ['intake'], production: ['production'] },
  'waive-fee': { intake: ['intake'], decision: ['decision'] },
  'propose-words': { intake: NOT_WITHDRAWN },
  'confirm-words': { intake: NOT_WITHDRAWN, decision: NOT_WITHDRAWN },
  'end-words': { intake: NOT_WITHDRAWN, decision: NOT_WITHDRAWN },
} as const satisfies Readonly<Record<string, Ways>>

export type ActName = keyof typeof ACTS

export const ACT_NAMES = Object.keys(ACTS) as readonly ActName[]

/**
 * By these nobody plays a part in a case, and no part that they had keeps them from it: whether somebody is the person
 * of a photograph says nothing of whether they are to get a paper, and in an office of few officers those who stood at
 * the counter for it would be missing where the case is decided. What two officers must be is two. P1
 */
const WITHOUT_PART: ReadonlySet<ActName> = new Set(['propose-words', 'confirm-words', 'end-words'])

/** As what somebody acts, or why they do not. */
export type Leave = { readonly as: Part } | { readonly refused: CaseRefusalCode }

/** Whether a role of this officer does this on any case at all. */
export const hasRoleFor = (officer: Officer, act: ActName): boolean => partsFor(officer, act).length > 0

const partsFor = (officer: Officer, act: ActName): readonly (readonly [Part, readonly CaseStatus[]])[] =>
  (Object.entries(ACTS[act]) as [Part, readonly CaseStatus[]][]).filter(([part]) =>
    officer.roles.includes(part),
  )

/**
 * Whether this officer does this on this case now. What it says depends on roles first, then on whether they hold the
 * case, so that nobody learns anything of a case that is not theirs. P1, P8
 * @param officer as the key service knows them
 */
export function leaveFor(officer: Officer, state: CaseState, act: ActName): Leave {
  const { id } = officer
  const ways = partsFor(officer, act)
  if (ways.length === 0) return { refused: 'officer.role' }
  if (act === 'decide-second' && state.status === 'second' && state.first?.by === id)
    return { refused: 'decision.second-officer-required' }
  if (state.officer !== id) return { refused: 'case.not-assigned' }
  const now = ways.filter(([, statuses]) => statuses.includes(state.status))
  if (now.length === 0) return { refused: 'case.status' }
  const free = now.find(([part]) => WITHOUT_PART.has(act) || isFreeFor(state, id, part))
  if (free === undefined) return { refused: 'officer.other-part' }
  const refused = AGAINST[act]?.(state, id)
  return refused === undefined ? { as: free[0] } : { refused }
}

const refusedBefore = ({ refusers }: CaseState, id: string): CaseRefusalCode | undefined =>
  refusers.has(id) ? 'decision.refused-before' : undefined

/** What speaks against one officer in particular. */
const AGAINST: Readonly<
  Partial<Record<ActName, (state: CaseState, id: string) => CaseRefusalCode | undefined>>
> = {
  'decide-first': refusedBefore,
  'decide-second': refusedBefore,
  'decide-appeal': (state, id) => (mayDecideAppeal(state, id) ? undefined : 'appeal.took-part'),
  'settle-notice': ({ notice, noticeBy }, id) => {
    if (!notice) return 'notice.none'
    return noticeBy === id ? 'notice.same-officer' : undefined
  },
  'propose-words': ({ words }) => (words === undefined ? undefined : 'words.open'),
  'confirm-words': ({ words }, id) => {
    if (words === undefined) return 'words.none'
    return words.by === id ? 'words.same-officer' : undefined
  },
  // Whoever proposed them too: they may have typed the code of another page.
  'end-words': ({ words }) => (words === undefined ? 'words.none' : undefined),
}

/**
 * Whether this officer may take this case: as what they would, or why not. A case that is in none of their queues is
 * not there.
 */
export function leaveToTake(officer: Officer, state: CaseState): Leave {
  const { id, roles } = officer
  const visible = TAKEN.filter(({ part, when }) => roles.includes(part) && when(state))
  if (visible.length === 0) return { refused: 'case.unknown' }
  const free = visible.find(({ part }) => isFreeFor(state, id, part))
  if (free === undefined) return { refused: 'officer.other-part' }
  const refused = againstTaking(state, id)
  return refused === undefined ? { as: free.part } : { refused }
}

/**
 * Whether this officer may take this case to give its person new words: wherever it is, as nobody waits for that to lose
 * them. They may do no more on it than they could otherwise, but they see all of it, as the photograph is in it; that
 * is counted, told to the holder and in the log like any other opening. P8
 */
export const leaveToTakeForWords = ({ roles }: Officer, { status }: CaseState): Leave => {
  const as = (['intake', 'decision'] as const).find((part) => roles.includes(part))
  return as === undefined || status === 'withdrawn' ? { refused: 'case.unknown' } : { as }
}

const TAKEN: readonly { readonly part: Part; readonly when: (state: CaseState) => boolean }[] = [
  { part: 'intake', when: ({ status }) => status === 'intake' },
  {
    part: 'decision',
    when: ({ status, notice }) => ['decision', 'second', 'appeal'].includes(status) || notice,
  },
  { part: 'production', when: ({ status }) => status === 'production' },
]

function againstTaking(state: CaseState, id: string): CaseRefusalCode | undefined {
  if (state.status === 'second' && state.first?.by === id) return 'decision.second-officer-required'
  if (state.status === 'appeal' && !mayDecideAppeal(state, id)) return 'appeal.took-part'
  return ['decision', 'second'].includes(state.status) ? refusedBefore(state, id) : undefined
}
