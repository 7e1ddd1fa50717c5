import type { ActName, CaseFile, Fact } from '@nansen/authority'
import type { OfficerContext } from '../../server/context.ts'
import type { Catalogue } from '../../text/catalogue.ts'

type Texts = Catalogue['office']['case']
export type ActWord = keyof Texts['acts']
export type WhyNot = keyof Texts['whyNot']

/** An act as a page offers it. */
export interface Offer {
  readonly word: ActWord
  /** Below the page of the case. */
  readonly page: string
  /** undefined where it can be done now. */
  readonly not?: WhyNot | undefined
  /** Whether it is what the case waits for. */
  readonly next: boolean
}

interface Row {
  readonly word: ActWord
  readonly page: string
  /** Any of them, as the office names them. */
  readonly acts: readonly ActName[]
  /** Beyond what the office says: what stands in the way now. */
  readonly against?: (file: CaseFile) => WhyNot | undefined
  /** Whether the case waits for it. */
  readonly next?: (file: CaseFile) => boolean
}

const PRODUCTION: readonly ActName[] = ['issue', 'printed', 'quality-checked', 'dispatched', 'collected']

function stillOpen({ row }: CaseFile): WhyNot | undefined {
  return row.waiting || row.notice || row.duplicate ? 'stillOpen' : undefined
}

function wants(fact: Fact) {
  return ({ checks }: CaseFile) => checks.wanted.includes(fact)
}

/** What can be done on a case, what it waits for first. */
const ROWS: readonly Row[] = [
  { word: 'decide-second', page: 'second', acts: ['decide-second'], next: () => true },
  {
    word: 'decide-first',
    page: 'decide',
    acts: ['decide-first'],
    against: stillOpen,
    next: () => true,
  },
  { word: 'decide-appeal', page: 'appeal', acts: ['decide-appeal'], next: () => true },
  { word: 'production', page: 'production', acts: PRODUCTION, next: () => true },
  {
    word: 'settle-notice',
    page: 'notice',
    acts: ['settle-notice'],
    against: ({ row }) => (row.notice ? undefined : 'noticeNone'),
    next: () => true,
  },
  {
    word: 'settle-duplicate',
    page: 'duplicates',
    acts: ['settle-duplicate'],
    against: ({ row }) => (row.duplicate ? undefined : 'noCandidates'),
    next: () => true,
  },
  {
    word: 'identity-check',
    page: 'identity-check',
    acts: ['identity-check'],
    next: wants('identity-check'),
  },
  { word: 'stay', page: 'stay', acts: ['stay'], next: wants('lawful-stay') },
  {
    word: 'screening',
    page: 'screening',
    acts: ['screening'],
    next: wants('screening'),
  },
  {
    word: 'request-more',
    page: 'request',
    acts: ['request-more'],
    against: ({ row }) => (row.waiting ? 'requestOpen' : undefined),
  },
  {
    word: 'close-request',
    page: 'close-request',
    acts: ['close-request'],
    against: ({ row }) => (row.waiting ? undefined : 'status'),
  },
  {
    word: 'open-notice',
    page: 'notice',
    acts: ['open-notice'],
    against: ({ row }) => (row.notice ? 'noticeOpen' : undefined),
  },
  { word: 'hand-over', page: 'hand-over', acts: ['hand-over'], against: stillOpen },
  {
    word: 'send-back',
    page: 'send-back',
    acts: ['send-back'],
    against: ({ stage }) => (stage === undefined ? undefined : 'paperMade'),
  },
  { word: 'note', page: 'note', acts: ['note'] },
  {
    word: 'new-words',
    page: 'new-words',
    acts: ['propose-words', 'confirm-words', 'end-words'],
    next: ({ words, mayDo }) => words !== undefined && mayDo.includes('confirm-words'),
  },
  { word: 'fee', page: 'fee', acts: ['pay-fee', 'waive-fee'] },
]

/** Acts of another part of the office are not even named; of one's own, what cannot be done now says why. */
export function offersOf({ desk }: OfficerContext, file: CaseFile, roleFor: RoleFor): readonly Offer[] {
  return ROWS.filter(({ acts }) => acts.some((act) => roleFor(desk.officer, act))).map((row) => {
    const not = row.acts.some((act) => file.mayDo.includes(act))
      ? row.against?.(file)
      : (row.against?.(file) ?? refused(file, desk.officer.id, row))
    return { word: row.word, page: row.page, not, next: not === undefined && row.next?.(file) === true }
  })
}

type RoleFor = (officer: OfficerContext['desk']['officer'], act: ActName) => boolean

/** Why the office does not let this officer, as far as the case itself tells. */
function refused({ history, row }: CaseFile, id: string, { word }: Row): WhyNot {
  const did = (kind: string) =>
    history.some((entry) => entry.kind === kind && entry.actor === `officer:${id}`)
  const noticeBy = history.findLast(({ kind }) => kind === 'case.notice-opened')?.actor
  if (word === 'settle-notice' && row.notice && noticeBy === `officer:${id}`) return 'noticeOwn'
  if (word === 'new-words' && row.status !== 'withdrawn') return 'wordsNone'
  if (word === 'decide-second' && row.status === 'second' && did('case.decided-first')) return 'firstWasYou'
  if (word === 'decide-appeal' && row.status === 'appeal') return 'tookPart'
  const played = history.some(({ actor, body }) => actor === `officer:${id}` && body.as !== undefined)
  const here: Readonly<Partial<Record<ActWord, string>>> = {
    'decide-first': 'decision',
    'decide-second': 'second',
    production: 'production',
  }
  return played && here[word] === row.status ? 'otherPart' : 'status'
}
