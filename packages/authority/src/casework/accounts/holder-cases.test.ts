import { sealToAccount } from '@nansen/signing'
import type { EventBody } from '@nansen/store'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillDraft, newAccount } from '../../../../../test/application.ts'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { appendToCase, readCase } from '../record/append-to-case.ts'
import { encodeJson } from '../record/octets.ts'
import { enter } from './account.ts'
import { answerRequest } from './answer.ts'
import { appealCase } from './appeal.ts'
import type { Door } from './door.ts'
import { makeHelper } from './helper.ts'
import { casesOf } from './holder-cases.ts'
import { submit } from './submit.ts'
import { withdrawCase } from './withdraw.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
})
beforeEach(() => office.at('2026-11-24T10:00:00Z'))
afterAll(() => office.close())

const REQUEST = 'ab'.repeat(16)
const officer = (digit: string) => `officer:${digit.repeat(32)}`

let people = 0

/** Somebody whom nobody else is like. */
async function applied(): Promise<{ door: Door; caseId: string }> {
  const door = await newAccount(office)
  await fillDraft(office, door, { applicant: { birthDate: `${1950 + people++}-04-12` } })
  return { door, caseId: (await submit(office, door))[0]!.caseId }
}

/** What an officer did. */
async function did(caseId: string, kind: string, body: EventBody = {}): Promise<void> {
  await office.store.transaction(async (tx) => {
    const known = (await readCase(tx, caseId))!
    const after = await appendToCase(tx, office, known, [{ kind, body: { actor: officer('1'), ...body } }])
    if (after === undefined) throw new Error(kind)
  })
}

async function letter(door: Door, caseId: string, kind: string, content: object): Promise<void> {
  const id = office.random(16)
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ key: Uint8Array }>('select public_key as key from account where id = $1', [door.accountId]),
  )
  const bytes = sealToAccount(row!.key, id, encodeJson({ language: 'ru', subject: kind, ...content }))
  await office.store.transaction((tx) =>
    tx.insert('letter', [
      { id, case_id: Buffer.from(caseId, 'hex'), kind, bytes, day: new Date('2026-11-24T00:00:00Z') },
    ]),
  )
}

async function asked(): Promise<{ door: Door; caseId: string }> {
  const { door, caseId } = await applied()
  const items = [
    { code: 'birth-certificate', text: 'Свидетельство о рождении' },
    { code: 'other', text: 'Где вы жили?' },
  ]
  await letter(door, caseId, 'request', { text: 'Нам нужно', request: REQUEST, items, due: '2026-12-20' })
  await did(caseId, 'case.requested', { request: REQUEST, due: '2026-12-20' })
  return { door, caseId }
}

const partKinds = async (caseId: string) =>
  (
    await office.store.transaction((tx) =>
      tx.query<{ kind: string }>('select kind from case_part where case_id = $1 order by seq', [
        new Uint8Array(Buffer.from(caseId, 'hex')),
      ]),
    )
  ).map(({ kind }) => kind)
const only = async (door: Door) => (await casesOf(office, door))[0]!

describe('a holder sees', () => {
  test('where the case is, by when, and how often it was opened', async () => {
    const { door, caseId } = await applied()
    await did(caseId, 'case.opened')
    await did(caseId, 'case.opened', { actor: officer('2') })
    const one = await only(door)
    expect(one).toMatchObject({
      caseId,
      status: 'intake',
      flags: { waiting: false },
      openings: 2,
      meeting: 'office-capital',
      letters: [],
      mayWithdraw: true,
      mayAppeal: false,
    })
    expect(one.due.toISOString()).toBe('2026-12-24T00:00:00.000Z')
    expect(one.request).toBeUndefined()
  })

  test('letters, which nobody else’s door opens', async () => {
    const { door, caseId } = await asked()
    const one = await only(door)
    expect(one.letters.map(({ content }) => content.text)).toEqual(['Нам нужно'])
    expect(one.request).toMatchObject({
      id: REQUEST,
      due: '2026-12-20',
      items: [{ code: 'birth-certificate' }, {}],
    })
    const other = await newAccount(office)
    await expect(casesOf(office, { ...door, keys: other.keys })).rejects.toMatchObject({
      code: 'sealed.altered',
    })
    expect(await casesOf(office, other)).toEqual([])
    expect(one.caseId).toBe(caseId)
  })
})

describe('an answer', () => {
  const picture = () => office.pictures.picture(Uint8Array.of(7))

  test('goes to the office, sealed, and the clock goes on', async () => {
    const { door, caseId } = await asked()
    const before = await only(door)
    expect(before.flags.waiting).toBe(true)
    office.at('2026-11-29T10:00:00Z')
    await answerRequest(office, door, caseId, REQUEST, [
      { item: 0, text: '', file: await picture() },
      { item: 1, text: 'В Казани.' },
    ])
    const after = await only(door)
    expect(after.flags.waiting).toBe(false)
    expect(after.request).toBeUndefined()
    expect(after.due.getTime() - before.due.getTime()).toBe(5 * 86_400_000)
    expect((await partKinds(caseId)).slice(-2)).toEqual(['answer', 'answer-file'])
  })

  test('five times at once is one answer (P4)', async () => {
    const { door, caseId } = await asked()
    const answer = () => answerRequest(office, door, caseId, REQUEST, [{ item: 1, text: 'В Казани.' }])
    await Promise.all(Array.from({ length: 5 }, answer))
    await answer()
    expect((await partKinds(caseId)).filter((kind) => kind === 'answer')).toHaveLength(1)
  })

  test('to what was not asked is refused', async () => {
    const { door, caseId } = await asked()
    const refused = async (code: string, request: string, ...answers: Parameters<typeof answerRequest>[4]) =>
      expect(answerRequest(office, door, caseId, request, answers)).rejects.toMatchObject({ code })
    await refused('request.unknown', 'cd'.repeat(16), { item: 0, text: 'x' })
    await refused('answer.shape', REQUEST)
    await refused('answer.shape', REQUEST, { item: 2, text: 'x' })
    await refused('answer.shape', REQUEST, { item: -1, text: 'x' })
    await refused('answer.shape', REQUEST, { item: 0, text: '  ' })
    await refused('text.length', REQUEST, { item: 0, text: 'x'.repeat(10_001) })
    await refused('file.kind', REQUEST, { item: 0, text: '', file: Buffer.from('<svg/>') })
    expect((await only(door)).flags.waiting).toBe(true)
  })

  test('is what a helper gives who sees no more than what is asked', async () => {
    const { door, caseId } = await asked()
    await letter(door, caseId, 'other', { text: 'Не для помощника' })
    const words = await makeHelper(office, door, { name: 'h', scopes: ['answer'], script: 'latin' })
    const helper = (await enter(office, words.join(' ')))!
    const [seen] = await casesOf(office, helper)
    expect(seen!.letters.map(({ content }) => content.text)).toEqual(['Нам нужно'])
    await answerRequest(office, helper, caseId, REQUEST, [{ item: 1, text: 'В Казани.' }])
    expect(await casesOf(office, helper)).toEqual([])
    const bodies = await office.store.transaction((tx) =>
      tx.query<{ body: string }>("select body from event where kind = 'case.answered' and stream = $1", [
        `case/${caseId}`,
      ]),
    )
    expect(JSON.parse(bodies[0]!.body).actor).toMatch(/^helper:[0-9a-f]{32}$/)
  })
})

describe('an appeal', () => {
  async function refused(): Promise<{ door: Door; caseId: string }> {
    const { door, caseId } = await applied()
    await did(caseId, 'case.identity-checked', { matches: true })
    await did(caseId, 'case.stay-recorded', { lawful: false })
    await did(caseId, 'case.screened', { result: 'clear' })
    const as = 'decision'
    await did(caseId, 'case.decided-first', {
      actor: officer('2'),
      as,
      decision: 'refuse',
      grounds: 'stay-not-lawful',
    })
    await did(caseId, 'case.decided-second', { actor: officer('3'), as, outcome: 'refused' })
    return { door, caseId }
  }

  test('is against a refusal, once, with words that are sealed', async () => {
    const { door, caseId } = await refused()
    expect(await only(door)).toMatchObject({
      status: 'refused',
      mayAppeal: true,
      decided: { outcome: 'refused' },
    })
    await Promise.all(Array.from({ length: 5 }, () => appealCase(office, door, caseId, 'Это ошибка.')))
    expect(await only(door)).toMatchObject({ status: 'appeal', mayAppeal: false })
    expect((await partKinds(caseId)).filter((kind) => kind === 'appeal')).toHaveLength(1)
  })

  test('against nothing is refused', async () => {
    const { door, caseId } = await applied()
    await expect(appealCase(office, door, caseId, '')).rejects.toMatchObject({ code: 'case.status' })
    await expect(appealCase(office, door, caseId, 'x'.repeat(20_001))).rejects.toMatchObject({
      code: 'text.length',
    })
  })
})

describe('taking back', () => {
  test('ends a case, as often as it is asked', async () => {
    const { door, caseId } = await applied()
    await Promise.all(Array.from({ length: 5 }, () => withdrawCase(office, door, caseId)))
    expect(await only(door)).toMatchObject({ status: 'withdrawn', mayWithdraw: false, mayAppeal: false })
  })
})

test('with the ids of another account, every act is refused like one that is nobody’s (P8)', async () => {
  const mine = await applied()
  const theirs = await asked()
  for (const caseId of [theirs.caseId, '0'.repeat(32), 'x'])
    for (const act of [
      () => answerRequest(office, mine.door, caseId, REQUEST, [{ item: 0, text: 'x' }]),
      () => appealCase(office, mine.door, caseId, ''),
      () => withdrawCase(office, mine.door, caseId),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'case.unknown' })
  expect((await only(theirs.door)).status).toBe('intake')
})
