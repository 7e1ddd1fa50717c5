import { type CaseEvent, officerOf, textOf } from './case-event.ts'
import type { CaseFlags, CaseStatus } from './case-status.ts'
import { type Part, partIn } from './part.ts'

export type ProductionStage = 'generated' | 'printed' | 'checked' | 'dispatched' | 'collected'

/** Where a case is, as its events say: nothing else is believed. Ids are hexadecimal. */
export interface CaseState extends CaseFlags {
  readonly status: CaseStatus
  readonly minor: boolean
  /** Who holds it. */
  readonly officer: string | undefined
  readonly submitted: Date
  /** By when it should be decided. */
  readonly due: Date
  readonly pausedSince: Date | undefined
  /** What was asked and is not answered yet. */
  readonly request: { readonly id: string; readonly due: string } | undefined
  /** Whether the portrait was that of the person; undefined while nobody saw them. */
  readonly identity: boolean | undefined
  readonly lawfulStay: boolean | undefined
  /** What the host state's own screening says. */
  readonly screened: string | undefined
  /** Who opened the notice that is under review. */
  readonly noticeBy: string | undefined
  /** Other cases that may be of the same person; null while that is open. */
  readonly candidates: ReadonlyMap<string, 'same' | 'different' | null>
  /** The first decision, while the second is open or once it agreed. */
  readonly first: { readonly by: string; readonly decision: 'approve' | 'refuse' } | undefined
  /** The last decision of two officers. */
  readonly decided: { readonly day: Date; readonly outcome: 'approved' | 'refused' } | undefined
  /** What each officer was here. */
  readonly parts: ReadonlyMap<string, ReadonlySet<Part>>
  /** Who refused: after a reversal none of them decides again. */
  readonly refusers: ReadonlySet<string>
  readonly mayAppeal: boolean
  readonly stage: ProductionStage | undefined
  /** Who opened it on which day: several times on one day is once. */
  readonly openedOn: ReadonlySet<string>
  /** How often that was. */
  readonly openings: number
  /** Who says that the person stands there and has lost the words of their page, and to which account it would go. */
  readonly words: { readonly by: string; readonly to: string; readonly day: Date } | undefined
  /** When it last went to another account, under new words. */
  readonly movedOn: Date | undefined
}

/** Days until a decision is due; of a child sooner. */
const DAYS = { adult: 30, minor: 20 } as const
const DAY = 86_400_000

const daysAfter = (day: Date, days: number): Date => new Date(day.getTime() + days * DAY)

/**
 * A case after one event more. Whatever is written in the journal, no order of events lets a case be approved by one
 * officer alone. P1
 * @param state undefined before the first event
 * @returns the very same state where the event does not fit, or says nothing about where the case is
 */
export function stateAfter(state: CaseState | undefined, event: CaseEvent): CaseState | undefined {
  if (state === undefined) return event.kind === 'case.submitted' ? begun(event) : undefined
  const [officer, part] = [officerOf(event), partIn(event.body)]
  // Nobody is two things on one case, and nobody decides as anything else, whatever an event says.
  if (officer !== undefined && part !== undefined && !isFreeFor(state, officer, part)) return state
  if (DECIDING.has(event.kind) && part !== 'decision') return state
  const change = CHANGES.get(event.kind)?.(state, event)
  if (change === undefined) return state
  const next = settled({ ...state, parts: withPart(state, event), ...change })
  // Whoever held it has done their part: another takes it.
  return next.status === state.status ? next : { ...next, officer: undefined }
}

/** A case after all its events; undefined where it was not handed in. */
export const stateOf = (events: readonly CaseEvent[]): CaseState | undefined =>
  events.reduce<CaseState | undefined>(stateAfter, undefined)

/** What an approval lacks. */
export type Lack = Fact | 'answer' | 'notice' | 'duplicate'

/** What an officer records of a person, and may have to record anew. */
export type Fact = 'identity-check' | 'lawful-stay' | 'screening'

/** What has to be there before anybody decides: nothing may be open. */
export const openBefore = ({ waiting, notice, duplicate }: CaseFlags): readonly Lack[] => [
  ...(waiting ? (['answer'] as const) : []),
  ...(notice ? (['notice'] as const) : []),
  ...(duplicate ? (['duplicate'] as const) : []),
]

/** What nobody recorded yet, or what was sent back to be recorded again. */
export const factsWanted = ({ identity, lawfulStay, screened }: CaseState): readonly Fact[] => [
  ...(identity === undefined ? (['identity-check'] as const) : []),
  ...(lawfulStay === undefined ? (['lawful-stay'] as const) : []),
  ...(screened === undefined ? (['screening'] as const) : []),
]

/** What has to be there before anybody approves, whatever the status says. */
export const lacksFor = (state: CaseState): readonly Lack[] => [
  ...(state.identity === true ? [] : (['identity-check'] as const)),
  ...(state.lawfulStay === true ? [] : (['lawful-stay'] as const)),
  ...(state.screened === undefined ? (['screening'] as const) : []),
  ...openBefore(state),
]

/** Whether an officer was nothing else on this case. */
export const isFreeFor = ({ parts }: CaseState, officer: string, part: Part): boolean =>
  [...(parts.get(officer) ?? [])].every((played) => played === part)

const DECIDING: ReadonlySet<string> = new Set([
  'case.decided-first',
  'case.decided-second',
  'case.appeal-decided',
])

/** Statuses in which nobody has decided for good. */
const UNDECIDED: readonly CaseStatus[] = ['intake', 'decision', 'second']

type Change = Partial<CaseState> | undefined

const CHANGES: ReadonlyMap<string, (state: CaseState, event: CaseEvent) => Change> = new Map(
  Object.entries({
    'case.assigned': (state, event) =>
      state.officer === undefined ? { officer: textOf(event, 'officer') } : undefined,
    'case.released': () => ({ officer: undefined }),
    'case.opened': ({ openedOn }, event) => {
      const opened = new Set([...openedOn, `${event.at.toISOString()} ${textOf(event, 'actor')}`])
      return { openedOn: opened, openings: opened.size }
    },
    'case.requested': (state, event) =>
      ['intake', 'decision'].includes(state.status) && !state.waiting
        ? {
            waiting: true,
            pausedSince: event.at,
            request: { id: textOf(event, 'request'), due: textOf(event, 'due') },
          }
        : undefined,
    'case.answered': resumed,
    'case.request-closed': resumed,
    'case.identity-checked': (state, { body }) =>
      state.status === 'intake' ? { identity: body.matches === true } : undefined,
    'case.stay-recorded': (state, { body }) =>
      state.status === 'intake' ? { lawfulStay: body.lawful === true } : undefined,
    'case.screened': (state, event) =>
      state.status === 'intake' ? { screened: textOf(event, 'result') } : undefined,
    'case.duplicate-found': (state, event) =>
      state.candidates.has(textOf(event, 'other'))
        ? undefined
        : { candidates: new Map([...state.candidates, [textOf(event, 'other'), null]]) },
    'case.duplicate-settled': (state, event) => {
      const [other, outcome] = [textOf(event, 'other'), textOf(event, 'outcome')]
      return state.candidates.has(other) && (outcome === 'same' || outcome === 'different')
        ? { candidates: new Map([...state.candidates, [other, outcome]]) }
        : undefined
    },
    'case.notice-opened': (state, event) =>
      UNDECIDED.includes(state.status) && !state.notice
        ? { notice: true, noticeBy: officerOf(event) ?? '' }
        : undefined,
    // Nobody settles what they opened themselves.
    'case.notice-settled': (state, event) =>
      state.notice && officerOf(event) !== state.noticeBy
        ? { notice: false, noticeBy: undefined }
        : undefined,
    'case.noted': () => ({}),
    // What is missing is missing still: it can only be refused, or sent back.
    'case.handed-over': (state) =>
      state.status === 'intake' && openBefore(state).length === 0 ? { status: 'decision' } : undefined,
    'case.sent-back': sentBack,
    'case.decided-first': decidedFirst,
    'case.decided-second': decidedSecond,
    'case.appealed': (state, { at }) =>
      state.status === 'refused' && state.mayAppeal
        ? { status: 'appeal', mayAppeal: false, due: daysAfter(at, DAYS.adult) }
        : undefined,
    'case.appeal-decided': (state, event) => {
      if (state.status !== 'appeal' || !mayDecideAppeal(state, officerOf(event) ?? '')) return undefined
      switch (textOf(event, 'outcome')) {
        case 'upheld':
          return { status: 'refused', decided: { day: event.at, outcome: 'refused' } }
        case 'reversed':
          return reversed(state)
        default:
          return undefined
      }
    },
    'case.generated': (state) => moved(state, undefined, 'generated'),
    'case.printed': (state) => moved(state, 'generated', 'printed'),
    'case.checked': (state, event) =>
      moved(state, 'printed', event.body.ok === true ? 'checked' : 'generated'),
    'case.dispatched': (state) => moved(state, 'checked', 'dispatched'),
    'case.collected': (state) => {
      const change = moved(state, 'dispatched', 'collected')
      return change && { ...change, status: 'collected' }
    },
    'case.withdrawn': (state) =>
      mayWithdraw(state)
        ? { status: 'withdrawn', first: undefined, mayAppeal: false, words: undefined }
        : undefined,
    'case.words-proposed': (state, event) => {
      const [by, to] = [officerOf(event), textOf(event, 'to')]
      return by !== undefined && to !== '' && state.words === undefined && state.status !== 'withdrawn'
        ? { words: { by, to, day: event.at }, officer: undefined }
        : undefined
    },
    'case.words-stopped': ({ words }) => (words === undefined ? undefined : { words: undefined }),
    'case.words-ended': ({ words }) =>
      words === undefined ? undefined : { words: undefined, officer: undefined },
    'case.moved': movedToAccount,
    'case.fee': () => ({}),
  } satisfies Record<string, (state: CaseState, event: CaseEvent) => Change>),
)

/** The applicant takes it back: as long as no paper is being made. */
export const mayWithdraw = ({ status }: CaseState): boolean => [...UNDECIDED, 'appeal'].includes(status)

/** Whether an officer had no part at all in what is appealed against. */
export const mayDecideAppeal = ({ parts, refusers }: CaseState, officer: string): boolean =>
  officer !== '' && !parts.has(officer) && !refusers.has(officer)

/** Whether an officer decides first now: all is there, and they had no other part, nor one in a refusal before. */
export const mayDecideFirst = (state: CaseState, officer: string): boolean =>
  officer !== '' &&
  state.status === 'decision' &&
  openBefore(state).length === 0 &&
  isFreeFor(state, officer, 'decision') &&
  !state.refusers.has(officer)

/** Whether an officer decides second now: another than the first. */
export const mayDecideSecond = (state: CaseState, officer: string): boolean =>
  officer !== '' &&
  state.status === 'second' &&
  state.first !== undefined &&
  state.first.by !== officer &&
  isFreeFor(state, officer, 'decision') &&
  !state.refusers.has(officer)

function decidedFirst(state: CaseState, event: CaseEvent): Change {
  const [by, decision] = [officerOf(event) ?? '', textOf(event, 'decision')]
  if (!mayDecideFirst(state, by)) return undefined
  if (decision === 'approve')
    return lacksFor(state).length > 0 ? undefined : { status: 'second', first: { by, decision } }
  return decision === 'refuse' ? { status: 'second', first: { by, decision } } : undefined
}

function decidedSecond(state: CaseState, event: CaseEvent): Change {
  const [by, outcome] = [officerOf(event) ?? '', textOf(event, 'outcome')]
  const { first } = state
  if (first === undefined || !mayDecideSecond(state, by)) return undefined
  if (outcome === 'returned') return { status: 'decision', first: undefined }
  if (openBefore(state).length > 0) return undefined
  if (outcome === 'approved' && first.decision === 'approve' && lacksFor(state).length === 0)
    return { status: 'production', decided: { day: event.at, outcome } }
  if (outcome === 'refused' && first.decision === 'refuse')
    return {
      status: 'refused',
      decided: { day: event.at, outcome },
      refusers: new Set([...state.refusers, first.by, by]),
      mayAppeal: true,
    }
  return undefined
}

/** Decided afresh; what spoke against an approval is looked at anew. */
function reversed(state: CaseState): Change {
  const { identity, lawfulStay, screened } = state
  const whole = identity === true && lawfulStay === true && screened !== undefined
  return {
    status: whole ? 'decision' : 'intake',
    identity: identity || undefined,
    lawfulStay: lawfulStay || undefined,
    first: undefined,
    decided: undefined,
  }
}

/** From production before there is a paper, to be decided anew; from a decision, for facts to be recorded again. */
function sentBack(state: CaseState, event: CaseEvent): Change {
  if (state.status === 'production')
    return state.stage === undefined
      ? { status: 'decision', first: undefined, decided: undefined }
      : undefined
  if (state.status !== 'decision') return undefined
  const again = textOf(event, 'again').split(' ')
  const facts = {
    identity: again.includes('identity-check') ? undefined : state.identity,
    lawfulStay: again.includes('lawful-stay') ? undefined : state.lawfulStay,
    screened: again.includes('screening') ? undefined : state.screened,
  }
  return Object.values(facts).includes(undefined) ? { status: 'intake', ...facts } : undefined
}

/** The clock goes on, and what it stood still is added. */
function resumed(state: CaseState, event: CaseEvent): Change {
  const { waiting, request, pausedSince, due } = state
  if (!waiting || request === undefined || request.id !== textOf(event, 'request')) return undefined
  const stood = pausedSince === undefined ? 0 : Math.max(0, event.at.getTime() - pausedSince.getTime())
  return { waiting: false, request: undefined, pausedSince: undefined, due: new Date(due.getTime() + stood) }
}

function moved(state: CaseState, from: ProductionStage | undefined, to: ProductionStage): Change {
  return state.status === 'production' && state.stage === from ? { stage: to } : undefined
}

/**
 * Under new words: what one officer proposed, another confirmed, to the same account. The other cases of the account
 * name the case in which the two did it, and go along, wherever they are and whoever holds them.
 */
function movedToAccount({ words }: CaseState, event: CaseEvent): Change {
  const by = officerOf(event)
  if (by === undefined) return undefined
  if (textOf(event, 'with') !== '') return { words: undefined, movedOn: event.at }
  return words !== undefined && words.by !== by && words.to === textOf(event, 'to')
    ? { words: undefined, movedOn: event.at, officer: undefined }
    : undefined
}

function withPart({ parts }: CaseState, event: CaseEvent): CaseState['parts'] {
  const [officer, part] = [officerOf(event), partIn(event.body)]
  if (officer === undefined || part === undefined) return parts
  return new Map([...parts, [officer, new Set([...(parts.get(officer) ?? []), part])]])
}

/** What follows by itself: flags from what is open, and that a case with all its facts is ready to be decided. */
function settled(state: CaseState): CaseState {
  const undecided = UNDECIDED.includes(state.status)
  const next: CaseState = {
    ...state,
    duplicate: undecided && [...state.candidates.values()].includes(null),
    ...(undecided
      ? {}
      : { waiting: false, request: undefined, pausedSince: undefined, notice: false, noticeBy: undefined }),
  }
  const ready =
    next.status === 'intake' &&
    next.identity !== undefined &&
    next.lawfulStay !== undefined &&
    next.screened !== undefined &&
    openBefore(next).length === 0
  return ready ? { ...next, status: 'decision' } : next
}

function begun(event: CaseEvent): CaseState {
  const minor = event.body.minor === true
  return {
    status: 'intake',
    waiting: false,
    notice: false,
    duplicate: false,
    minor,
    officer: undefined,
    submitted: event.at,
    due: daysAfter(event.at, minor ? DAYS.minor : DAYS.adult),
    pausedSince: undefined,
    request: undefined,
    identity: undefined,
    lawfulStay: undefined,
    screened: undefined,
    noticeBy: undefined,
    candidates: new Map(),
    first: undefined,
    decided: undefined,
    parts: new Map(),
    refusers: new Set(),
    mayAppeal: false,
    stage: undefined,
    openedOn: new Set(),
    openings: 0,
    words: undefined,
    movedOn: undefined,
  }
}
