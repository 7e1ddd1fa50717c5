import { describe, expect, test } from 'vitest'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  APPROVE,
  atDesks,
  CHECK,
  caseEvents,
  caseOctets,
  first,
  fresh,
  gather,
  REFUSE,
  SCREENING,
  STAY,
  second,
  sqlOf,
  statusOf,
} from '../../../../../test/desk.ts'
import { appealCase, withdrawCase } from '../accounts/index.ts'
import { stateOf } from '../record/case-state.ts'
import { ACT_NAMES, type ActName } from './acts.ts'
import { decideAppeal } from './appeal-decision.ts'
import { assignCase, releaseCase } from './assign.ts'
import type { AtDesk } from './at-desk.ts'
import { addBlanks } from './blanks.ts'
import { openCase } from './case-file.ts'
import { decideFirst } from './decide-first.ts'
import { decideSecond } from './decide-second.ts'
import { decisionOver } from './decision-over.ts'
import { settleDuplicate } from './duplicates.ts'
import { payFee, waiveFee } from './fees.ts'
import { handOver, sendBack } from './hand-over.ts'
import { recordIdentityCheck } from './identity-check.ts'
import { issueCase, paperFiles } from './issue-case.ts'
import { addNote } from './note.ts'
import { openNotice, settleNotice } from './notice.ts'
import { collected, dispatched, printed, qualityChecked } from './production.ts'
import { closeRequest, requestMore } from './request-more.ts'
import { recordScreening } from './screening.ts'
import { recordStay } from './stay.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const sql = sqlOf(() => office)

/** Everything of {@link ACTS} that was tried here. */
const tried = new Set<ActName>()

/** Five at once, of which none is refused. */
async function five(act: ActName | 'held' | 'as the holder', what: () => Promise<unknown>): Promise<void> {
  if (act !== 'held' && act !== 'as the holder') tried.add(act)
  for (const outcome of await Promise.allSettled(Array.from({ length: 5 }, what)))
    if (outcome.status === 'rejected') throw outcome.reason
}

const take = (desk: AtDesk, caseId: string) => five('held', () => assignCase(office, desk, caseId))
const letGo = (desk: AtDesk, caseId: string) => five('held', () => releaseCase(office, desk, caseId))

/** What was done on a case, once each; who opened and who held it left out. */
const actsOn = async (caseId: string): Promise<readonly string[]> =>
  (await caseEvents(office, caseId))
    .filter(({ kind, body }) => !/opened$|assigned|released/.test(kind) && body.kind !== 'due')
    .map(({ kind }) => kind)

/** How many pieces of a kind there are in a case. */
const partsOf = async (caseId: string, kind: string): Promise<number> =>
  (await sql<{ kind: string }>('select kind from case_part where case_id = $1', [caseOctets(caseId)])).filter(
    (part) => part.kind === kind,
  ).length

const lettersOf = async (caseId: string): Promise<readonly string[]> =>
  (await sql<{ kind: string }>('select kind from letter where case_id = $1', [caseOctets(caseId)])).map(
    ({ kind }) => kind,
  )

describe('P4: each act five times at once is done once', () => {
  test('from the counter to the holder', async () => {
    const { caseId } = await fresh(office)
    const { iris, dario, dana, petra } = at
    await take(iris, caseId)
    await five('note', () => addNote(office, iris, caseId, 'Once.'))
    await five('open-notice', () =>
      openNotice(office, iris, caseId, { origin: 'interpol', text: 'A notice.' }),
    )
    await letGo(iris, caseId)
    await take(dana, caseId)
    await five('settle-notice', () =>
      settleNotice(office, dana, caseId, { outcome: 'no-obstacle', text: 'None.' }),
    )
    await letGo(dana, caseId)
    await take(iris, caseId)
    await five('request-more', () =>
      requestMore(office, iris, caseId, {
        items: [{ code: 'letter', text: 'A letter.' }],
        due: '2026-12-20',
        language: 'en',
      }),
    )
    await five('close-request', () => closeRequest(office, iris, caseId))
    await five('held', () => openCase(office, iris, caseId))
    await five('pay-fee', () => payFee(office, iris, caseId, { receipt: 'R-5' }))
    await five('identity-check', () => recordIdentityCheck(office, iris, caseId, CHECK))
    await five('stay', () => recordStay(office, iris, caseId, STAY))
    await five('screening', () => recordScreening(office, iris, caseId, SCREENING))
    await take(dario, caseId)
    await approveFive(caseId)
    await take(petra, caseId)
    await five('issue', () => issueCase(office, petra, caseId))
    await five('paper-files', () => paperFiles(office, petra, caseId))
    await five('held', () => addBlanks(office, petra, 'P0000001', 2))
    await five('printed', () => printed(office, petra, caseId, 'P0000001'))
    await five('quality-checked', () => qualityChecked(office, petra, caseId, false))
    await five('printed', () => printed(office, petra, caseId, 'P0000002'))
    await five('quality-checked', () => qualityChecked(office, petra, caseId, true))
    await five('dispatched', () => dispatched(office, petra, caseId))
    await five('collected', () => collected(office, petra, caseId))

    expect(await actsOn(caseId)).toEqual([
      'case.submitted',
      'case.noted',
      'case.notice-settled',
      'case.requested',
      'case.request-closed',
      'case.fee',
      'case.identity-checked',
      'case.stay-recorded',
      'case.screened',
      'case.decided-first',
      'case.decided-second',
      'case.generated',
      'case.printed',
      'case.checked',
      'case.printed',
      'case.checked',
      'case.dispatched',
      'case.collected',
    ])
    const events = await caseEvents(office, caseId)
    // Iris, Dario, Dana and Petra, on one day.
    expect(stateOf(events)?.openings).toBe(4)
    expect(events.filter(({ kind }) => kind === 'case.notice-opened')).toHaveLength(1)
    expect([await partsOf(caseId, 'decision'), await partsOf(caseId, 'paper')]).toEqual([1, 1])
    const blanks = await sql('select number, state from blank order by number')
    expect(blanks).toEqual([
      { number: 'P0000001', state: 'spoiled' },
      { number: 'P0000002', state: 'used' },
    ])
  })

  test('a case that is handed over, sent back, refused, and reversed on appeal', async () => {
    const { caseId, door } = await fresh(office)
    const { iris, dario, dana, delia } = at
    await take(iris, caseId)
    await five('waive-fee', () => waiveFee(office, iris, caseId))
    await recordIdentityCheck(office, iris, caseId, CHECK)
    await recordStay(office, iris, caseId, STAY)
    await five('hand-over', () => handOver(office, iris, caseId, 'They never came again.'))
    await take(dario, caseId)
    const again = { again: ['lawful-stay'], reason: 'It has ended.' } as const
    await five('send-back', () => sendBack(office, dario, caseId, again))
    expect(await statusOf(office, caseId)).toBe('intake')
    await take(iris, caseId)
    await recordScreening(office, iris, caseId, SCREENING)
    await recordStay(office, iris, caseId, STAY)

    await take(dario, caseId)
    const refused = await decisionOver(office, dario, caseId, REFUSE)
    await five('decide-first', async () =>
      decideFirst(office, dario, caseId, REFUSE, await dario.approve(refused.challenge)),
    )
    await take(dana, caseId)
    const disagreed = { agree: false, reason: 'The year.' }
    await five('decide-second', () => decideSecond(office, dana, caseId, disagreed, undefined))
    await take(dario, caseId)
    await five('decide-first', async () =>
      decideFirst(office, dario, caseId, REFUSE, await dario.approve(refused.challenge)),
    )
    await take(dana, caseId)
    const confirmed = await decisionOver(office, dana, caseId)
    await five('decide-second', async () =>
      decideSecond(
        office,
        dana,
        caseId,
        { agree: true, reason: '' },
        await dana.approve(confirmed.challenge),
      ),
    )
    await five('as the holder', () => appealCase(office, door, caseId, 'Once more.'))
    await take(delia, caseId)
    const letter = 'Решение отменено.'
    await five('decide-appeal', () => decideAppeal(office, delia, caseId, { outcome: 'reversed', letter }))
    expect(await statusOf(office, caseId)).toBe('decision')
    await five('as the holder', () => withdrawCase(office, door, caseId))

    expect(await actsOn(caseId)).toEqual([
      'case.submitted',
      'case.fee',
      'case.identity-checked',
      'case.stay-recorded',
      'case.handed-over',
      'case.sent-back',
      'case.screened',
      'case.stay-recorded',
      'case.decided-first',
      'case.decided-second',
      'case.decided-first',
      'case.decided-second',
      'case.appealed',
      'case.appeal-decided',
      'case.withdrawn',
    ])
    expect([...(await lettersOf(caseId))].sort()).toEqual(['appeal-reversed', 'refused'])
    // Two notes of those who gave it away, and one of the appeal.
    expect([await partsOf(caseId, 'note'), await partsOf(caseId, 'appeal')]).toEqual([3, 1])
    const fees = await sql<{ kind: string }>('select kind from fee_entry where case_id = $1', [
      caseOctets(caseId),
    ])
    expect(fees.map(({ kind }) => kind).sort()).toEqual(['due', 'waived'])
  })

  test('an appeal that is upheld, and a paper that is not begun and sent back', async () => {
    const { caseId, door } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId, REFUSE)
    await second(office, at.dana, caseId)
    await appealCase(office, door, caseId, '')
    await take(at.delia, caseId)
    await five('decide-appeal', () =>
      decideAppeal(office, at.delia, caseId, { outcome: 'upheld', letter: 'It stands.' }),
    )
    expect(await statusOf(office, caseId)).toBe('refused')
    expect((await actsOn(caseId)).filter((kind) => kind === 'case.appeal-decided')).toHaveLength(1)

    const other = await fresh(office)
    await gather(office, at.iris, other.caseId)
    await take(at.dario, other.caseId)
    await approveFive(other.caseId)
    await take(at.petra, other.caseId)
    await five('send-back', () =>
      sendBack(office, at.petra, other.caseId, { again: [], reason: 'Dario was let go.' }),
    )
    expect(await statusOf(office, other.caseId)).toBe('decision')
    expect((await actsOn(other.caseId)).filter((kind) => kind === 'case.sent-back')).toHaveLength(1)
  })

  test('that two cases are of one person, from one side and from both', async () => {
    const { iris, ivo } = at
    for (const sides of [1, 2]) {
      const applicant = { birthDate: `1901-02-0${sides}` }
      const [one, two] = [await fresh(office, { applicant }), await fresh(office, { applicant })]
      await take(iris, one.caseId)
      await take(ivo, two.caseId)
      const told: string[] = []
      const settle = async (desk: AtDesk, here: string, there: string) => {
        try {
          await settleDuplicate(office, desk, here, there, 'same')
          told.push(here)
        } catch (error) {
          // Who comes later than the other officer is told that nothing is open any more.
          expect(error).toMatchObject({ code: 'duplicate.unknown' })
        }
      }
      await Promise.all([
        five('settle-duplicate', () => settle(iris, one.caseId, two.caseId)),
        ...(sides === 2 ? [five('settle-duplicate', () => settle(ivo, two.caseId, one.caseId))] : []),
      ])
      expect([...new Set(told)]).toHaveLength(1)
      expect(told).toHaveLength(5)
      for (const { caseId } of [one, two]) {
        expect((await actsOn(caseId)).filter((kind) => kind === 'case.duplicate-settled')).toHaveLength(1)
        expect(stateOf(await caseEvents(office, caseId))).toMatchObject({ duplicate: false })
      }
    }
  })

  test('and no act of the table was left out', () => {
    // In new-words.test.ts.
    const elsewhere: readonly ActName[] = ['propose-words', 'confirm-words', 'end-words']
    expect([...tried, ...elsewhere].sort()).toEqual([...ACT_NAMES].sort())
  })
})

/*
 * Whoever has done their part holds the case no more. The second of two clicks may find that halfway: what it needs is
 * not given to it any longer, since what it asks for is done.
 */
describe('P4: an act that is done while the same act is being prepared is done', () => {
  /** An office in which something happens between the first look at a case and the opening of what is in it. */
  const inBetween = (happens: () => Promise<void>): TestCaseOffice => {
    const { officers } = office.signing
    const openCase: typeof officers.openCase = async (...asked) => {
      await happens()
      return officers.openCase(...asked)
    }
    return {
      ...office,
      signing: withOne(office.signing, 'officers', withOne(officers, 'openCase', openCase)),
    }
  }
  const overtaken = (what: (office: TestCaseOffice) => Promise<void>): Promise<void> =>
    what(inBetween(() => what(office)))

  test('a first decision, a second one, and one over an appeal', async () => {
    const { caseId, door } = await fresh(office)
    const { iris, dario, dana, delia } = at
    await gather(office, iris, caseId)
    await assignCase(office, dario, caseId)
    const one = await dario.approve((await decisionOver(office, dario, caseId, REFUSE)).challenge)
    await overtaken((through) => decideFirst(through, dario, caseId, REFUSE, one))
    await assignCase(office, dana, caseId)
    const two = await dana.approve((await decisionOver(office, dana, caseId)).challenge)
    await overtaken((through) => decideSecond(through, dana, caseId, { agree: true, reason: '' }, two))
    await appealCase(office, door, caseId, '')
    await assignCase(office, delia, caseId)
    const appeal = { outcome: 'upheld', letter: 'It stands.' } as const
    await overtaken((through) => decideAppeal(through, delia, caseId, appeal))
    expect((await actsOn(caseId)).slice(-4)).toEqual([
      'case.decided-first',
      'case.decided-second',
      'case.appealed',
      'case.appeal-decided',
    ])
  })

  test('but another decision than the one that was faster is refused', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await assignCase(office, at.dario, caseId)
    const approvalOf = async (input: typeof APPROVE) =>
      at.dario.approve((await decisionOver(office, at.dario, caseId, input)).challenge)
    const [yes, no] = [await approvalOf(APPROVE), await approvalOf(REFUSE)]
    const faster = () => decideFirst(office, at.dario, caseId, APPROVE, yes)
    await expect(decideFirst(inBetween(faster), at.dario, caseId, REFUSE, no)).rejects.toMatchObject({
      code: 'case.not-assigned',
    })
    expect(await statusOf(office, caseId)).toBe('second')
  })
})

/** The same with one member replaced. */
function withOne<T extends object, K extends keyof T>(of: T, key: K, value: T[K]): T {
  return new Proxy(of, {
    get(target, name) {
      if (name === key) return value
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}

/** The decision of Dario, who has the case, and that of Dana. */
async function approveFive(caseId: string): Promise<void> {
  const { dario, dana } = at
  const one = await decisionOver(office, dario, caseId, APPROVE)
  await five('decide-first', async () =>
    decideFirst(office, dario, caseId, APPROVE, await dario.approve(one.challenge)),
  )
  await take(dana, caseId)
  const two = await decisionOver(office, dana, caseId)
  await five('decide-second', async () =>
    decideSecond(office, dana, caseId, { agree: true, reason: '' }, await dana.approve(two.challenge)),
  )
}
