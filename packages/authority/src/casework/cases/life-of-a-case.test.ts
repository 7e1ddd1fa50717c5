import { describe, expect, test } from 'vitest'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  atDesks,
  CHECK,
  caseEvents,
  first,
  fresh,
  gather,
  REFUSE,
  seat,
  second,
  sqlOf,
  statusOf,
  submitted,
} from '../../../../../test/desk.ts'
import { answerRequest } from '../accounts/answer.ts'
import { appealCase } from '../accounts/appeal.ts'
import { casesOf } from '../accounts/holder-cases.ts'
import { stateOf } from '../record/case-state.ts'
import { decideAppeal } from './appeal-decision.ts'
import { assignCase, releaseCase } from './assign.ts'
import { addBlanks, stock } from './blanks.ts'
import { openCase } from './case-file.ts'
import { decideSecond } from './decide-second.ts'
import { decisionOver } from './decision-over.ts'
import { settleDuplicate } from './duplicates.ts'
import { feesOf, payFee, solidarityLedger, waiveFee } from './fees.ts'
import { recordIdentityCheck } from './identity-check.ts'
import { issueCase, paperFiles } from './issue-case.ts'
import { addNote } from './note.ts'
import { openNotice, settleNotice } from './notice.ts'
import { collected, dispatched, printed, qualityChecked } from './production.ts'
import { findCase, queue } from './queue.ts'
import { closeRequest, requestMore } from './request-more.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const sql = sqlOf(() => office)
const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })

describe('a case on its way', () => {
  test('from the counter to the hands of its holder', async () => {
    const { caseId, code, door } = await fresh(office)
    expect((await findCase(office, at.iris, code))?.caseId).toBe(caseId)
    await gather(office, at.iris, caseId)
    expect(await statusOf(office, caseId)).toBe('decision')
    await first(office, at.dario, caseId)
    expect(await statusOf(office, caseId)).toBe('second')
    await second(office, at.dana, caseId)
    expect(await statusOf(office, caseId)).toBe('production')

    await assignCase(office, at.petra, caseId)
    await issueCase(office, at.petra, caseId, async () => new TextEncoder().encode('%PDF'))
    await issueCase(office, at.petra, caseId)
    const files = await paperFiles(office, at.petra, caseId)
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['EF_COM.bin', 'EF_SOD.bin', 'EF_DG1.bin', 'EF_DG2.bin', 'datapage.pdf']),
    )
    expect(await paperFiles(office, at.petra, caseId)).toEqual(files)
    expect(await sql('select stage from paper')).toEqual([{ stage: 'delivered' }])

    await addBlanks(office, at.petra, 'A0000001', 3)
    await expect(printed(office, at.petra, caseId, 'B0000001')).rejects.toEqual(refusal('blank.unknown'))
    await expect(dispatched(office, at.petra, caseId)).rejects.toEqual(refusal('production.stage'))
    await printed(office, at.petra, caseId, 'A0000001')
    await qualityChecked(office, at.petra, caseId, false)
    await expect(printed(office, at.petra, caseId, 'A0000001')).rejects.toEqual(refusal('blank.unknown'))
    await printed(office, at.petra, caseId, 'A0000002')
    await qualityChecked(office, at.petra, caseId, true)
    await dispatched(office, at.petra, caseId)
    await collected(office, at.petra, caseId)
    expect(await statusOf(office, caseId)).toBe('collected')
    expect(await stock(office, at.petra)).toEqual({ stock: 1, used: 1, spoiled: 1 })
    const [mine] = await casesOf(office, door)
    expect(mine).toMatchObject({ status: 'collected', paper: { stage: 'collected' } })
  })

  test('a request for more is a letter that only the applicant opens, and stops the clock', async () => {
    const { caseId, door } = await fresh(office)
    await assignCase(office, at.iris, caseId)
    const items = [{ code: 'birth-certificate', text: 'Пожалуйста, свидетельство о рождении.' }]
    const asking = { items, due: '2026-12-20', language: 'ru' } as const
    await requestMore(office, at.iris, caseId, asking)
    await expect(requestMore(office, at.iris, caseId, { ...asking, due: '2026-12-21' })).rejects.toEqual(
      refusal('request.open'),
    )
    const [asked] = await casesOf(office, door)
    expect(asked?.request?.items).toEqual(items)
    const { due } = asked!
    office.at('2026-12-01T09:00:00Z')
    at = { ...at, iris: await seat(office, 'iris') }
    await answerRequest(office, door, caseId, asked!.request!.id, [
      { item: 0, text: 'Вот оно.', file: await office.pictures.picture(new Uint8Array([1])) },
    ])
    const file = await openCase(office, at.iris, caseId)
    expect(file.row.due).toEqual(new Date(due.getTime() + 7 * 86_400_000))
    expect(file.row.waiting).toBe(false)
    expect(file.evidence.at(-1)).toMatchObject({
      kind: 'birth-certificate',
      request: asked!.request!.id,
      item: 0,
    })
    expect(JSON.stringify(file.parts.find(({ kind }) => kind === 'answer')?.content)).toContain('Вот оно.')
    // What is asked again in the same words after an answer is another request.
    await requestMore(office, at.iris, caseId, asking)
    await closeRequest(office, at.iris, caseId)
    await closeRequest(office, at.iris, caseId)
    expect(
      (await caseEvents(office, caseId)).filter(({ kind }) => kind === 'case.request-closed'),
    ).toHaveLength(1)
  })

  test('everything in a case, for whoever holds it', async () => {
    const { caseId } = await fresh(office, { children: [{}] })
    await assignCase(office, at.iris, caseId)
    await addNote(office, at.iris, caseId, '  Пришла с сестрой.  ')
    await recordIdentityCheck(office, at.iris, caseId, CHECK)
    const file = await openCase(office, at.iris, caseId)
    expect(file.application.person.familyName).toBe('Щербакова')
    expect(file.photo?.length).toBeGreaterThan(1000)
    expect(file.evidence).toMatchObject([{ kind: 'internal-passport', strength: 3 }])
    expect(file.evidence[0]?.picture?.[0]).toBe(0xff)
    expect(file.zone[0]).toMatch(/^PTUTOSHCHERBAKOVA<<ANNA<IUREVNA</)
    expect(file.family).toHaveLength(1)
    expect(file.checks.identity).toMatchObject({ ...CHECK, by: at.iris.officer.id })
    expect(file.checks.missing).toEqual(['lawful-stay', 'screening'])
    expect(file.parts.find(({ kind }) => kind === 'note')?.content).toEqual({ text: 'Пришла с сестрой.' })
    expect(file.mayDo).toContain('stay')
    expect(file.mayDo).not.toContain('decide-first')
    expect(file.history.map(({ kind }) => kind)).toContain('case.opened')
    expect(file.openings).toBe(1)
  })

  test('refused by two officers, appealed against, reversed by a third', async () => {
    const { caseId, door } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId, REFUSE)
    await second(office, at.dana, caseId)
    expect(await statusOf(office, caseId)).toBe('refused')
    const [told] = await casesOf(office, door)
    expect(told).toMatchObject({ status: 'refused', mayAppeal: true })
    expect(told?.letters.at(-1)).toMatchObject({
      kind: 'refused',
      content: { language: 'ru', subject: 'refused', text: REFUSE.letter },
    })
    await appealCase(office, door, caseId, 'Прошу посмотреть ещё раз.')
    for (const took of [at.dario, at.dana])
      await expect(assignCase(office, took, caseId)).rejects.toEqual(refusal('appeal.took-part'))
    await assignCase(office, at.delia, caseId)
    const file = await openCase(office, at.delia, caseId)
    expect(file.parts.at(-1)).toMatchObject({
      kind: 'appeal',
      content: { text: 'Прошу посмотреть ещё раз.' },
    })
    expect(file.decision).toMatchObject({ decision: 'refuse', by: at.dario.officer.id })
    await decideAppeal(office, at.delia, caseId, { outcome: 'reversed', letter: 'Решение отменено.' })
    expect(await statusOf(office, caseId)).toBe('decision')
    for (const took of [at.dario, at.dana])
      await expect(assignCase(office, took, caseId)).rejects.toEqual(refusal('decision.refused-before'))
    await first(office, at.delia, caseId)
    expect(await statusOf(office, caseId)).toBe('second')
    const letters = (await casesOf(office, door))[0]?.letters
    expect(letters?.find(({ kind }) => kind === 'appeal-reversed')?.content.text).toBe('Решение отменено.')
  })

  test('a second officer who does not agree gives it back, and it is decided anew', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId)
    await assignCase(office, at.dana, caseId)
    await expect(
      decideSecond(office, at.dana, caseId, { agree: false, reason: '' }, undefined),
    ).rejects.toEqual(refusal('text.length'))
    await decideSecond(office, at.dana, caseId, { agree: false, reason: 'The year.' }, undefined)
    expect(await statusOf(office, caseId)).toBe('decision')
    await first(office, at.dario, caseId)
    await second(office, at.dana, caseId)
    expect(await statusOf(office, caseId)).toBe('production')
  })
})

describe('a wanted notice', () => {
  test('holds up the decision, is settled by another officer, and refuses nothing (P18)', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await assignCase(office, at.dario, caseId)
    await openNotice(office, at.dario, caseId, { origin: 'state-of-origin', text: 'Diffusion.' })
    await expect(decisionOver(office, at.dario, caseId, REFUSE)).rejects.toEqual(refusal('case.incomplete'))
    const outcome = { outcome: 'obstacle', text: 'Politically motivated? Open.' } as const
    await expect(settleNotice(office, at.dario, caseId, outcome)).rejects.toEqual(
      refusal('notice.same-officer'),
    )
    expect((await queue(office, at.dana, 'notice')).rows.map((row) => row.caseId)).toContain(caseId)
    expect((await queue(office, at.dana, 'decision')).rows.map((row) => row.caseId)).not.toContain(caseId)
    await releaseCase(office, at.dario, caseId)
    await assignCase(office, at.dana, caseId)
    await settleNotice(office, at.dana, caseId, outcome)
    expect(await statusOf(office, caseId)).toBe('decision')
    for (const ground of ['notice', 'wanted', 'interpol'])
      await expect(decisionOver(office, at.dana, caseId, { ...REFUSE, grounds: [ground] })).rejects.toEqual(
        refusal('decision.grounds'),
      )
  })
})

describe('the same person twice', () => {
  test('is settled on both sides, and only one of the two is approved (P4)', async () => {
    const applicant = { birthDate: '1933-05-06' }
    const one = await submitted(office, { applicant })
    const two = await submitted(office, {
      applicant: { ...applicant, familyName: 'Shcherbakova', givenNames: 'Anna', nameLanguage: 'en' },
    })
    await assignCase(office, at.iris, one.caseId)
    const file = await openCase(office, at.iris, one.caseId)
    expect(file.candidates.map(({ caseId }) => caseId)).toEqual([two.caseId])
    expect(file.row.duplicate).toBe(true)
    await expect(settleDuplicate(office, at.iris, one.caseId, 'f'.repeat(32), 'same')).rejects.toEqual(
      refusal('duplicate.unknown'),
    )
    await settleDuplicate(office, at.iris, one.caseId, two.caseId, 'same')
    await settleDuplicate(office, at.iris, one.caseId, two.caseId, 'same')
    expect(stateOf(await caseEvents(office, two.caseId))).toMatchObject({ duplicate: false })
    await gather(office, at.iris, one.caseId)
    await gather(office, at.ivo, two.caseId)
    await expect(first(office, at.dario, one.caseId)).rejects.toEqual(refusal('case.same-person'))
    await first(office, at.dario, two.caseId, REFUSE)
    await second(office, at.dana, two.caseId)
    await first(office, at.dario, one.caseId)
    expect(await statusOf(office, one.caseId)).toBe('second')
  })
})

describe('fees', () => {
  test('are due, paid by hand once, or waived', async () => {
    const { caseId } = await fresh(office, { draft: { solidarity: 1500 } })
    await assignCase(office, at.iris, caseId)
    expect((await feesOf(office, at.iris, caseId)).open).toBe(6000)
    await expect(payFee(office, at.iris, caseId, { receipt: 'x y' })).rejects.toEqual(
      refusal('receipt.shape'),
    )
    await Promise.all(
      Array.from({ length: 5 }, () => payFee(office, at.iris, caseId, { receipt: 'R-2026-17' })),
    )
    const fees = await feesOf(office, at.iris, caseId)
    expect(fees.open).toBe(0)
    expect(fees.entries.map(({ kind, amount }) => `${kind} ${amount}`).sort()).toEqual([
      'due 6000',
      'paid 6000',
      'solidarity 1500',
    ])
    await expect(waiveFee(office, at.iris, caseId)).rejects.toEqual(refusal('fee.settled'))
    await expect(feesOf(office, at.ivo, caseId)).rejects.toEqual(refusal('case.not-assigned'))
    const other = await fresh(office)
    await assignCase(office, at.iris, other.caseId)
    await waiveFee(office, at.iris, other.caseId)
    expect((await feesOf(office, at.iris, other.caseId)).open).toBe(0)
    const { given, waived, balance } = await solidarityLedger(office, at.ada)
    expect([given, waived, balance]).toEqual([1500, 6000, -4500])
  })
})
