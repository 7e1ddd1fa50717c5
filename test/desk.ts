import {
  type AtDesk,
  assignCase,
  type CaseStatus,
  confirmWords,
  type DecisionInput,
  type Door,
  decideFirst,
  decideSecond,
  decisionOver,
  issueCase,
  pageCode,
  proposeWords,
  recordIdentityCheck,
  recordScreening,
  recordStay,
  stateOf,
  submit,
  takeForWords,
} from '@nansen/authority'
import { type Event, readStream } from '@nansen/store'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type ApplicationOptions, fillDraft, newAccount } from './application.ts'
import { caseOffice, type TestCaseOffice } from './case-office.ts'
import { type OfficerName, officersOf, type TestOfficer } from './specimen-officers.ts'

/** An officer who is signed in. */
export type Seated = AtDesk & Pick<TestOfficer, 'approve'>

/** Signs an officer in. */
export async function seat(office: TestCaseOffice, name: OfficerName): Promise<Seated> {
  const { approve, signIn } = officersOf(office)[name]
  const { token, officer } = await signIn()
  return { token, officer, approve }
}

/** A case that was just handed in, with its holder's way in. */
export async function submitted(
  office: TestCaseOffice,
  options: ApplicationOptions = {},
): Promise<{ readonly caseId: string; readonly code: string; readonly door: Door }> {
  const door = await newAccount(office)
  await fillDraft(office, door, options)
  const [first] = await submit(office, door)
  return { ...first!, door }
}

export const CHECK = {
  place: 'office-capital',
  day: '2026-11-23',
  evidenceLevel: 3,
  portraitMatches: true,
  seen: ['internal-passport'],
  note: 'Calm.',
} as const
export const STAY = {
  lawful: true,
  basis: 'visa-free',
  until: '2027-03-31',
  seen: ['internal-passport'],
} as const
export const SCREENING = { result: 'clear', by: 'host-state', day: '2026-11-23' } as const

/** Takes a case in: who they are, their stay, the screening. Afterwards it is ready to be decided. */
export async function gather(office: TestCaseOffice, iris: AtDesk, caseId: string): Promise<void> {
  await assignCase(office, iris, caseId)
  await recordIdentityCheck(office, iris, caseId, CHECK)
  await recordStay(office, iris, caseId, STAY)
  await recordScreening(office, iris, caseId, SCREENING)
}

export const APPROVE: DecisionInput = {
  decision: 'approve',
  grounds: ['passport-not-to-be-asked-for'],
  letter: '',
  documentCode: 'PT',
}
export const REFUSE: DecisionInput = {
  decision: 'refuse',
  grounds: ['no-ground-shown'],
  letter: 'Мы не нашли основания.',
  documentCode: 'PT',
}

export async function first(
  office: TestCaseOffice,
  officer: Seated,
  caseId: string,
  input: DecisionInput = APPROVE,
): Promise<void> {
  await assignCase(office, officer, caseId)
  const { challenge } = await decisionOver(office, officer, caseId, input)
  await decideFirst(office, officer, caseId, input, await officer.approve(challenge))
}

export async function second(office: TestCaseOffice, officer: Seated, caseId: string): Promise<void> {
  await assignCase(office, officer, caseId)
  const { challenge } = await decisionOver(office, officer, caseId)
  await decideSecond(office, officer, caseId, { agree: true, reason: '' }, await officer.approve(challenge))
}

/** Somebody who lost the words of their page is seen by a first officer. @param page theirs, the new one */
export async function proposeNewWords(
  office: TestCaseOffice,
  officer: AtDesk,
  caseId: string,
  page: Door,
): Promise<void> {
  await takeForWords(office, officer, caseId)
  await proposeWords(office, officer, caseId, { ...CHECK, page: pageCode(page) })
}

/** And by a second one. */
export async function confirmNewWords(
  office: TestCaseOffice,
  officer: AtDesk,
  caseId: string,
  page: Door,
): Promise<void> {
  await takeForWords(office, officer, caseId)
  await confirmWords(office, officer, caseId, { page: pageCode(page), portraitMatches: true })
}

/** From the counter to a paper. */
export async function toPaper(
  office: TestCaseOffice,
  officers: Readonly<Record<'iris' | 'dario' | 'dana' | 'petra', Seated>>,
  caseId: string,
): Promise<void> {
  await gather(office, officers.iris, caseId)
  await first(office, officers.dario, caseId)
  await second(office, officers.dana, caseId)
  await assignCase(office, officers.petra, caseId)
  await issueCase(office, officers.petra, caseId)
}

const NAMES: readonly OfficerName[] = [
  'iris',
  'ivo',
  'dario',
  'dana',
  'delia',
  'petra',
  'ada',
  'sofia',
  'sergio',
]

/** An office of a test file's own; before each test it is ten o'clock again, and everybody is at their desk anew. */
export function atDesks(take: (office: TestCaseOffice, at: AllSeated) => void): void {
  let office: TestCaseOffice
  beforeAll(async () => {
    office = await caseOffice()
  })
  beforeEach(async () => {
    office.at('2026-11-24T10:00:00Z')
    take(office, await seatAll(office))
  })
  afterAll(() => office.close())
}

export type AllSeated = Readonly<Record<OfficerName, Seated>>

/** Everybody signed in. */
export async function seatAll(office: TestCaseOffice): Promise<AllSeated> {
  const seated = await Promise.all(NAMES.map(async (name) => [name, await seat(office, name)] as const))
  return Object.fromEntries(seated) as AllSeated
}

let people = 0

/** A day of birth that nobody else has. */
function birthDate(): string {
  const n = people++
  const two = (number: number) => String(number).padStart(2, '0')
  // Grown up, every one of them.
  return `${1930 + (n % 70)}-${two(1 + (Math.floor(n / 70) % 12))}-${two(1 + (Math.floor(n / 840) % 28))}`
}

/** As {@link submitted}, of somebody of whom there is no other case. */
export const fresh = (office: TestCaseOffice, options: ApplicationOptions = {}) =>
  submitted(office, { ...options, applicant: { birthDate: birthDate(), ...options.applicant } })

export const caseOctets = (caseId: string): Uint8Array => new Uint8Array(Buffer.from(caseId, 'hex'))

export const caseEvents = (office: TestCaseOffice, caseId: string): Promise<readonly Event[]> =>
  office.store.transaction((tx) => readStream(tx, `case/${caseId}`))

export const sqlOf =
  (office: () => TestCaseOffice) =>
  <Row extends Record<string, unknown>>(
    text: string,
    values: readonly Uint8Array[] = [],
  ): Promise<readonly Row[]> =>
    office().store.transaction((tx) => tx.query<Row>(text, values))

/** Where a case is, by its events; its row must say the same. */
export async function statusOf(office: TestCaseOffice, caseId: string): Promise<CaseStatus | undefined> {
  const state = stateOf(await caseEvents(office, caseId))
  const [row] = await sqlOf(() => office)<{ status: string; due: Date }>(
    'select status, due from case_file where id = $1',
    [caseOctets(caseId)],
  )
  if (row?.status !== state?.status || row?.due.getTime() !== state?.due.getTime())
    throw new Error('the row of a case says something else than its events')
  return state?.status
}
