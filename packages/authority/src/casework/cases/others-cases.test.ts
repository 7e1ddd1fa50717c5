import { describe, expect, test } from 'vitest'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  APPROVE,
  atDesks,
  CHECK,
  caseEvents,
  fresh,
  SCREENING,
  STAY,
} from '../../../../../test/desk.ts'
import { caseCode } from '../record/case-code.ts'
import { decideAppeal } from './appeal-decision.ts'
import { assignCase, releaseCase } from './assign.ts'
import { openCase } from './case-file.ts'
import { decideFirst } from './decide-first.ts'
import { decideSecond } from './decide-second.ts'
import { decisionOver } from './decision-over.ts'
import { settleDuplicate } from './duplicates.ts'
import { feesOf, payFee, waiveFee } from './fees.ts'
import { handOver, sendBack } from './hand-over.ts'
import { recordIdentityCheck } from './identity-check.ts'
import { issueCase, paperFiles } from './issue-case.ts'
import { confirmWords, endWords, proposeWords } from './new-words.ts'
import { addNote } from './note.ts'
import { openNotice, settleNotice } from './notice.ts'
import { collected, dispatched, printed, qualityChecked } from './production.ts'
import { queue } from './queue.ts'
import { closeRequest, requestMore } from './request-more.ts'
import { recordScreening } from './screening.ts'
import { recordStay } from './stay.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const NEW_PAGE = { page: caseCode('e'.repeat(32)), portraitMatches: true }

const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })

describe('P8', () => {
  const acts: readonly (readonly [string, (caseId: string, who: AllSeated) => Promise<unknown>])[] = [
    ['release', (id, { iris }) => releaseCase(office, iris, id)],
    ['open', (id, { iris }) => openCase(office, iris, id)],
    ['open, decider', (id, { dario }) => openCase(office, dario, id)],
    [
      'request more',
      (id, { iris }) =>
        requestMore(office, iris, id, {
          items: [{ code: 'letter', text: 'x' }],
          due: '2026-12-20',
          language: 'en',
        }),
    ],
    ['close request', (id, { iris }) => closeRequest(office, iris, id)],
    ['note', (id, { iris }) => addNote(office, iris, id, 'x')],
    ['identity check', (id, { iris }) => recordIdentityCheck(office, iris, id, CHECK)],
    ['stay', (id, { iris }) => recordStay(office, iris, id, STAY)],
    ['screening', (id, { iris }) => recordScreening(office, iris, id, SCREENING)],
    ['duplicate', (id, { iris }) => settleDuplicate(office, iris, id, 'f'.repeat(32), 'same')],
    ['open notice', (id, { iris }) => openNotice(office, iris, id, { origin: 'other', text: 'x' })],
    ['settle notice', (id, { dario }) => settleNotice(office, dario, id, { outcome: 'obstacle', text: 'x' })],
    ['decision over', (id, { dario }) => decisionOver(office, dario, id, APPROVE)],
    ['second decision over', (id, { dario }) => decisionOver(office, dario, id)],
    [
      'decide first',
      async (id, { dario }) => decideFirst(office, dario, id, APPROVE, await dario.approve('AAAA')),
    ],
    [
      'decide second',
      async (id, { dario }) =>
        decideSecond(office, dario, id, { agree: true, reason: '' }, await dario.approve('AAAA')),
    ],
    ['hand over', (id, { iris }) => handOver(office, iris, id, 'x')],
    ['send back', (id, { dario }) => sendBack(office, dario, id, { again: ['screening'], reason: 'x' })],
    ['decide appeal', (id, { dario }) => decideAppeal(office, dario, id, { outcome: 'upheld', letter: 'x' })],
    ['issue', (id, { petra }) => issueCase(office, petra, id)],
    ['paper files', (id, { petra }) => paperFiles(office, petra, id)],
    ['printed', (id, { petra }) => printed(office, petra, id, 'A0000001')],
    ['quality checked', (id, { petra }) => qualityChecked(office, petra, id, true)],
    ['dispatched', (id, { petra }) => dispatched(office, petra, id)],
    ['collected', (id, { petra }) => collected(office, petra, id)],
    ['fees', (id, { iris }) => feesOf(office, iris, id)],
    ['pay', (id, { iris }) => payFee(office, iris, id, { receipt: 'R-1' })],
    ['waive', (id, { iris }) => waiveFee(office, iris, id)],
    ['propose words', (id, { iris }) => proposeWords(office, iris, id, { ...CHECK, ...NEW_PAGE })],
    ['confirm words', (id, { iris }) => confirmWords(office, iris, id, NEW_PAGE)],
    ['confirm words, decider', (id, { dario }) => confirmWords(office, dario, id, NEW_PAGE)],
    ['end words', (id, { iris }) => endWords(office, iris, id)],
  ]

  test.each(acts)(
    '%s: another’s case is refused as one that is not there, and nothing happens',
    async (_, attempt) => {
      const theirs = await fresh(office)
      await assignCase(office, at.ivo, theirs.caseId)
      const before = await caseEvents(office, theirs.caseId)
      for (const caseId of [theirs.caseId, '0'.repeat(32), 'no id', ''])
        await expect(attempt(caseId, at)).rejects.toEqual(refusal('case.not-assigned'))
      expect(await caseEvents(office, theirs.caseId)).toEqual(before)
    },
  )

  test.each(acts)('%s: nobody who is not signed in, whatever they say they are', async (_, attempt) => {
    const token = Buffer.alloc(32).toString('base64url')
    const out = Object.fromEntries(
      Object.entries(at).map(([name, seated]) => [name, { ...seated, token }]),
    ) as unknown as AllSeated
    const { caseId } = await fresh(office)
    await expect(attempt(caseId, out)).rejects.toEqual(refusal('officer.session'))
  })

  test('what the desk says of its officer’s roles is not believed', async () => {
    const liar = { ...at.iris, officer: { ...at.iris.officer, roles: ['decision', 'production'] as const } }
    await expect(queue(office, liar, 'decision')).rejects.toEqual(refusal('officer.role'))
    await expect(issueCase(office, liar, '0'.repeat(32))).rejects.toEqual(refusal('officer.role'))
  })
})
