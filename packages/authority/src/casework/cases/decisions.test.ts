import { describe, expect, test } from 'vitest'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  APPROVE,
  atDesks,
  CHECK,
  caseOctets,
  first,
  fresh,
  gather,
  REFUSE,
  SCREENING,
  STAY,
  sqlOf,
} from '../../../../../test/desk.ts'
import { assignCase } from './assign.ts'
import { decideFirst } from './decide-first.ts'
import { decideSecond } from './decide-second.ts'
import { decisionOver } from './decision-over.ts'
import { recordIdentityCheck } from './identity-check.ts'
import { issueCase } from './issue-case.ts'
import { recordScreening } from './screening.ts'
import { recordStay } from './stay.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const sql = sqlOf(() => office)
const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })

describe('P1', () => {
  test('the first officer does not decide second, and hears why', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId)
    const alone = refusal('decision.second-officer-required')
    await expect(assignCase(office, at.dario, caseId)).rejects.toEqual(alone)
    await expect(decisionOver(office, at.dario, caseId)).rejects.toEqual(alone)
    await expect(
      decideSecond(office, at.dario, caseId, { agree: true, reason: '' }, await at.dario.approve('AAAA')),
    ).rejects.toEqual(alone)
  })

  test('another’s signature, or one under other octets, is none', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await assignCase(office, at.dario, caseId)
    const { challenge } = await decisionOver(office, at.dario, caseId, APPROVE)
    const refuse = await decisionOver(office, at.dario, caseId, REFUSE)
    const wrong = refusal('officer.assertion')
    for (const approval of [
      await at.dana.approve(challenge),
      { ...(await at.dana.approve(challenge)), officer: at.dario.officer.id },
      await at.dario.approve(refuse.challenge),
    ])
      await expect(decideFirst(office, at.dario, caseId, APPROVE, approval)).rejects.toEqual(wrong)
    await decideFirst(office, at.dario, caseId, APPROVE, await at.dario.approve(challenge))
    await assignCase(office, at.dana, caseId)
    const stolen = { ...(await at.dario.approve(challenge)), officer: at.dana.officer.id }
    await expect(decideSecond(office, at.dana, caseId, { agree: true, reason: '' }, stolen)).rejects.toEqual(
      wrong,
    )
    await expect(
      decideSecond(office, at.dana, caseId, { agree: true, reason: '' }, undefined),
    ).rejects.toEqual(wrong)
  })

  test('no approval without identity check, lawful stay and screening, whatever the row says', async () => {
    const { caseId } = await fresh(office)
    await assignCase(office, at.iris, caseId)
    await recordIdentityCheck(office, at.iris, caseId, { ...CHECK, portraitMatches: false })
    await recordStay(office, at.iris, caseId, STAY)
    await recordScreening(office, at.iris, caseId, SCREENING)
    await assignCase(office, at.dario, caseId)
    await expect(decisionOver(office, at.dario, caseId, APPROVE)).rejects.toEqual(
      expect.objectContaining({ code: 'case.incomplete', field: 'identity-check' }),
    )
    await sql("update case_file set status = 'second' where id = $1", [caseOctets(caseId)])
    await assignCase(office, at.dario, caseId)
    await expect(
      decideFirst(office, at.dario, caseId, APPROVE, await at.dario.approve('AAAA')),
    ).rejects.toEqual(refusal('case.incomplete'))
  })

  test('SQL that puts a case into production issues nothing', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await sql("update case_file set status = 'production' where id = $1", [caseOctets(caseId)])
    await expect(assignCase(office, at.petra, caseId)).rejects.toEqual(refusal('case.unknown'))
    await sql(`update case_file set officer_id = '\\x${at.petra.officer.id}' where id = $1`, [
      caseOctets(caseId),
    ])
    await expect(issueCase(office, at.petra, caseId)).rejects.toEqual(refusal('case.not-assigned'))
  })

  test('grounds are of the rules, of their kind, and carry the paper', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await assignCase(office, at.dario, caseId)
    for (const [input, code] of [
      [{ ...APPROVE, grounds: [] }, 'decision.grounds'],
      [{ ...APPROVE, grounds: ['no-ground-shown'] }, 'decision.grounds'],
      [{ ...REFUSE, grounds: ['refugee'] }, 'decision.grounds'],
      [{ ...APPROVE, documentCode: 'PS' }, 'decision.document-code'],
      [{ ...REFUSE, letter: ' ' }, 'decision.letter'],
    ] as const)
      await expect(decisionOver(office, at.dario, caseId, input)).rejects.toEqual(refusal(code))
  })
})
