import { join } from 'node:path'
import { openCheckpointStore } from '@nansen/store/log'
import { describe, expect, test } from 'vitest'
import { newAccount } from '../../../../../test/application.ts'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  atDesks,
  CHECK,
  caseEvents,
  caseOctets,
  confirmNewWords,
  first,
  fresh,
  gather,
  proposeNewWords,
  REFUSE,
  second,
  sqlOf,
  statusOf,
  toPaper,
} from '../../../../../test/desk.ts'
import { checkOffice } from '../../checker/index.ts'
import {
  answerRequest,
  appealCase,
  casesMovedOn,
  casesOf,
  type Door,
  enter,
  makeHelper,
  pageCode,
  readDraft,
  stopWords,
  submit,
  withdrawCase,
} from '../accounts/index.ts'
import { appendToCase, readCase } from '../record/append-to-case.ts'
import { stateOf } from '../record/case-state.ts'
import { decideAppeal } from './appeal-decision.ts'
import { assignCase, releaseCase, takeForWords } from './assign.ts'
import type { AtDesk } from './at-desk.ts'
import { openCase } from './case-file.ts'
import { decideSecond } from './decide-second.ts'
import { decisionOver } from './decision-over.ts'
import { confirmWords, endWords, proposeWords } from './new-words.ts'
import { closeRequest, requestMore } from './request-more.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const sql = sqlOf(() => office)
const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })

const propose = (desk: AtDesk, caseId: string, page: Door) => proposeNewWords(office, desk, caseId, page)
const confirm = (desk: AtDesk, caseId: string, page: Door) => confirmNewWords(office, desk, caseId, page)

/** The account to which cases belong, as the database says. */
const accountOf = async (caseId: string): Promise<string> => {
  const [row] = await sql<{ account_id: Uint8Array }>('select account_id from case_file where id = $1', [
    caseOctets(caseId),
  ])
  return Buffer.from(row!.account_id).toString('hex')
}
const idOf = ({ accountId }: Door): string => Buffer.from(accountId).toString('hex')

const kindsOf = async (caseId: string): Promise<readonly string[]> =>
  (await caseEvents(office, caseId)).filter(({ kind }) => /words|moved/.test(kind)).map(({ kind }) => kind)

describe('somebody who lost their words', () => {
  test('gets their case back on a new page, with what is decided later; the old words see nothing of it', async () => {
    const { caseId, code, door: old } = await fresh(office)
    await gather(office, at.iris, caseId)
    const page = await newAccount(office)
    await propose(at.iris, caseId, page)
    const [told] = await casesOf(office, old)
    expect(told).toMatchObject({ wordsProposed: new Date('2026-11-24T00:00:00Z') })
    expect(told!.letters.map(({ kind }) => kind)).toEqual(['words-proposed'])
    expect(await casesOf(office, page)).toEqual([])
    // Told here alone: nothing is moved yet.
    expect(await casesMovedOn(office, old)).toBeUndefined()

    await confirm(at.ivo, caseId, page)
    expect(await casesOf(office, old)).toEqual([])
    expect(await casesMovedOn(office, old)).toEqual(new Date('2026-11-24T00:00:00Z'))
    expect(await casesMovedOn(office, page)).toBeUndefined()
    for (const act of [
      () => withdrawCase(office, old, caseId),
      () => appealCase(office, old, caseId, ''),
      () => stopWords(office, old, caseId),
    ])
      await expect(act()).rejects.toEqual(refusal('case.unknown'))

    const [moved] = await casesOf(office, page)
    expect(moved).toMatchObject({ caseId, code, status: 'decision', movedOn: expect.any(Date) })
    expect(moved!.wordsProposed).toBeUndefined()
    // What was written to the old page stays closed; what is written now does not.
    expect(moved!.letters.map(({ kind }) => kind)).toEqual(['words-given'])
    await first(office, at.dario, caseId, REFUSE)
    await second(office, at.dana, caseId)
    const [decided] = await casesOf(office, page)
    expect(decided!.letters.map(({ kind }) => kind).sort()).toEqual(['refused', 'words-given'])
    expect(decided!.letters.find(({ kind }) => kind === 'refused')!.content.text).toContain(REFUSE.letter)
    await appealCase(office, page, caseId, 'Once more.')
    expect(await statusOf(office, caseId)).toBe('appeal')
    // And the old page is one on which somebody can begin anew.
    expect(await readDraft(office, old)).toMatchObject({ story: '' })
  })

  test('gets all the cases of the family, wherever they are and whoever holds them', async () => {
    const { caseId, door: old } = await fresh(office, { children: [{}, {}] })
    const family = await casesOf(office, old)
    const [one, two] = family.filter((other) => other.caseId !== caseId)
    await withdrawCase(office, old, two!.caseId)
    await assignCase(office, at.iris, one!.caseId)
    const page = await newAccount(office)
    await propose(at.iris, caseId, page)
    await confirm(at.dana, caseId, page)
    expect(await casesOf(office, old)).toEqual([])
    const moved = await casesOf(office, page)
    expect(moved.map((other) => other.caseId).sort()).toEqual(family.map((other) => other.caseId).sort())
    for (const other of [one!, two!]) {
      const events = await caseEvents(office, other.caseId)
      expect(events.at(-1)).toMatchObject({
        kind: 'case.moved',
        body: { actor: `officer:${at.dana.officer.id}`, from: idOf(old), to: idOf(page), with: caseId },
      })
    }
    // Whoever has a child's case on their desk has it still.
    expect((await openCase(office, at.iris, one!.caseId)).row.assignedTo).toBe(at.iris.officer.id)
    // And the application of the old page, handed in, is handed in.
    await submit(office, old)
    expect(await casesOf(office, old)).toEqual([])
  })

  test('can lose them again', async () => {
    const { caseId } = await fresh(office)
    const [b, c] = [await newAccount(office), await newAccount(office)]
    await propose(at.iris, caseId, b)
    await confirm(at.ivo, caseId, b)
    await propose(at.ivo, caseId, c)
    await confirm(at.iris, caseId, c)
    expect([await accountOf(caseId), (await casesOf(office, c)).length]).toEqual([idOf(c), 1])
    expect(await casesOf(office, b)).toEqual([])
  })

  test('leaves their helpers outside, who have the words of the old page', async () => {
    const { caseId, door: old } = await fresh(office)
    const words = await makeHelper(office, old, {
      name: 'A friend',
      scopes: ['answer', 'status'],
      script: 'latin',
    })
    const helper = (await enter(office, words.join(' ')))!
    expect(await casesOf(office, helper)).toHaveLength(1)
    const page = await newAccount(office)
    await propose(at.iris, caseId, page)
    await expect(stopWords(office, helper, caseId)).rejects.toEqual(refusal('door.scope'))
    await confirm(at.ivo, caseId, page)
    expect(await casesOf(office, helper)).toEqual([])
    const answer = answerRequest(office, helper, caseId, '0'.repeat(32), [{ item: 0, text: 'x' }])
    await expect(answer).rejects.toEqual(refusal('case.unknown'))
    expect(await casesMovedOn(office, helper)).toBeInstanceOf(Date)
  })

  test('cannot read what was asked on the old page, nor answer it, until it is asked again', async () => {
    const { caseId } = await fresh(office)
    const asking = {
      items: [{ code: 'letter', text: 'A letter.' }],
      due: '2026-12-20',
      language: 'en',
    } as const
    await assignCase(office, at.iris, caseId)
    await requestMore(office, at.iris, caseId, asking)
    const page = await newAccount(office)
    await propose(at.iris, caseId, page)
    await confirm(at.ivo, caseId, page)
    const [blind] = await casesOf(office, page)
    expect(blind!.request).toMatchObject({ items: [] })
    const answer = (id: string) => answerRequest(office, page, caseId, id, [{ item: 0, text: 'Here.' }])
    await expect(answer(blind!.request!.id)).rejects.toEqual(refusal('answer.shape'))
    await assignCase(office, at.iris, caseId)
    await closeRequest(office, at.iris, caseId)
    await requestMore(office, at.iris, caseId, asking)
    const [seeing] = await casesOf(office, page)
    expect(seeing!.request!.items).toEqual(asking.items)
    await answer(seeing!.request!.id)
  })
})

describe('two officers', () => {
  test('are two: whoever proposed does not confirm, however the case came to their desk', async () => {
    const { caseId, door: old } = await fresh(office)
    const page = await newAccount(office)
    await propose(at.iris, caseId, page)
    await expect(confirm(at.iris, caseId, page)).rejects.toEqual(refusal('words.same-officer'))
    await releaseCase(office, at.iris, caseId)
    await assignCase(office, at.iris, caseId)
    await expect(confirm(at.iris, caseId, page)).rejects.toEqual(refusal('words.same-officer'))
    expect([await accountOf(caseId), await kindsOf(caseId)]).toEqual([idOf(old), ['case.words-proposed']])
  })

  test('are of those who prepare or decide, and the first prepares', async () => {
    const { caseId } = await fresh(office)
    const page = await newAccount(office)
    for (const desk of [at.petra, at.ada, at.sofia])
      await expect(takeForWords(office, desk, caseId)).rejects.toEqual(refusal('case.unknown'))
    await takeForWords(office, at.dario, caseId)
    const proposal = { ...CHECK, page: pageCode(page) }
    await expect(proposeWords(office, at.dario, caseId, proposal)).rejects.toEqual(refusal('officer.role'))
    await expect(proposeWords(office, at.petra, caseId, proposal)).rejects.toEqual(refusal('officer.role'))
    await expect(takeForWords(office, at.iris, caseId)).rejects.toEqual(refusal('case.assigned-to-another'))
  })

  test('play no part in the case by it, and none that they had keeps them from it', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    const page = await newAccount(office)
    // She takes it in; he decides it afterwards.
    await propose(at.iris, caseId, page)
    await confirm(at.dario, caseId, page)
    const state = stateOf(await caseEvents(office, caseId))!
    expect([...state.parts]).toEqual([[at.iris.officer.id, new Set(['intake'])]])
    await first(office, at.dario, caseId)
    const later = await newAccount(office)
    await propose(at.iris, caseId, later)
    await confirm(at.dario, caseId, later)
    await second(office, at.dana, caseId)
    expect(await statusOf(office, caseId)).toBe('production')
  })

  test('who have a case for this may do no more on it than without', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId)
    await takeForWords(office, at.dario, caseId)
    const alone = refusal('decision.second-officer-required')
    await expect(decisionOver(office, at.dario, caseId)).rejects.toEqual(alone)
    const agreed = { agree: true, reason: '' }
    await expect(
      decideSecond(office, at.dario, caseId, agreed, await at.dario.approve('AAAA')),
    ).rejects.toEqual(alone)
    await releaseCase(office, at.dario, caseId)
    await second(office, at.dana, caseId)
    expect(await statusOf(office, caseId)).toBe('production')
  })

  test('give them wherever the case is', async () => {
    const made = await fresh(office)
    await toPaper(office, at, made.caseId)
    await releaseCase(office, at.petra, made.caseId)
    const refused = await fresh(office)
    await gather(office, at.iris, refused.caseId)
    await first(office, at.dario, refused.caseId, REFUSE)
    await second(office, at.dana, refused.caseId)
    const appealed = await fresh(office)
    await gather(office, at.iris, appealed.caseId)
    await first(office, at.dario, appealed.caseId, REFUSE)
    await second(office, at.dana, appealed.caseId)
    await appealCase(office, appealed.door, appealed.caseId, '')
    for (const { caseId } of [made, refused, appealed]) {
      const status = await statusOf(office, caseId)
      const page = await newAccount(office)
      await propose(at.iris, caseId, page)
      await takeForWords(office, at.dario, caseId)
      expect((await openCase(office, at.dario, caseId)).words).toMatchObject({
        by: at.iris.officer.id,
        place: CHECK.place,
        portraitMatches: true,
      })
      await confirmWords(office, at.dario, caseId, { page: pageCode(page), portraitMatches: true })
      expect(await statusOf(office, caseId)).toBe(status)
      expect(await casesOf(office, page)).toHaveLength(1)
    }
    // Whoever gave words took no part in what is appealed against.
    await assignCase(office, at.delia, appealed.caseId)
    await decideAppeal(office, at.delia, appealed.caseId, { outcome: 'upheld', letter: 'It stands.' })
    const gone = await fresh(office)
    await withdrawCase(office, gone.door, gone.caseId)
    await expect(takeForWords(office, at.iris, gone.caseId)).rejects.toEqual(refusal('case.unknown'))
  })

  test('end it where it is not the person, or the code was of another page', async () => {
    const { caseId, door: old } = await fresh(office)
    const [wrong, right] = [await newAccount(office), await newAccount(office)]
    await propose(at.iris, caseId, wrong)
    await takeForWords(office, at.dana, caseId)
    const confirmed = confirmWords(office, at.dana, caseId, { page: pageCode(right), portraitMatches: true })
    await expect(confirmed).rejects.toEqual(refusal('words.other-page'))
    await endWords(office, at.dana, caseId)
    expect((await casesOf(office, old))[0]!.wordsProposed).toBeUndefined()
    await takeForWords(office, at.dana, caseId)
    await expect(confirm(at.dana, caseId, wrong)).rejects.toEqual(refusal('words.none'))
    await releaseCase(office, at.dana, caseId)
    await propose(at.iris, caseId, right)
    // Whoever proposed it can take it back.
    await takeForWords(office, at.iris, caseId)
    await endWords(office, at.iris, caseId)
    expect(await accountOf(caseId)).toBe(idOf(old))
  })
})

describe('who still has the old words', () => {
  test('stops it: nothing is moved, and the officers see it', async () => {
    const { caseId, door: old } = await fresh(office)
    const page = await newAccount(office)
    await expect(stopWords(office, old, caseId)).rejects.toEqual(refusal('words.none'))
    await propose(at.iris, caseId, page)
    await expect(stopWords(office, page, caseId)).rejects.toEqual(refusal('case.unknown'))
    await stopWords(office, old, caseId)
    await stopWords(office, old, caseId)
    await expect(confirm(at.ivo, caseId, page)).rejects.toEqual(refusal('words.none'))
    expect(await kindsOf(caseId)).toEqual(['case.words-proposed', 'case.words-stopped'])
    expect((await casesOf(office, old))[0]!.wordsProposed).toBeUndefined()
    expect(await accountOf(caseId)).toBe(idOf(old))
  })

  test('ends it too by taking the application back', async () => {
    const { caseId, door: old } = await fresh(office)
    const page = await newAccount(office)
    await propose(at.iris, caseId, page)
    await takeForWords(office, at.ivo, caseId)
    await withdrawCase(office, old, caseId)
    const confirmed = confirmWords(office, at.ivo, caseId, { page: pageCode(page), portraitMatches: true })
    await expect(confirmed).rejects.toEqual(refusal('case.not-assigned'))
    expect(stateOf(await caseEvents(office, caseId))!.words).toBeUndefined()
  })
})

describe('P4', () => {
  const five = async (what: () => Promise<unknown>) => {
    for (const outcome of await Promise.allSettled(Array.from({ length: 5 }, what)))
      if (outcome.status === 'rejected') throw outcome.reason
  }

  test('each step five times at once is done once', async () => {
    const { caseId, door: old } = await fresh(office, { children: [{}] })
    const page = await newAccount(office)
    const proposal = { ...CHECK, page: pageCode(page) }
    const same = { page: pageCode(page), portraitMatches: true }
    await five(() => takeForWords(office, at.iris, caseId))
    await five(() => proposeWords(office, at.iris, caseId, proposal))
    await five(() => stopWords(office, old, caseId))
    await takeForWords(office, at.iris, caseId)
    await five(() => proposeWords(office, at.iris, caseId, proposal))
    await takeForWords(office, at.ivo, caseId)
    await five(() => endWords(office, at.ivo, caseId))
    await takeForWords(office, at.iris, caseId)
    await five(() => proposeWords(office, at.iris, caseId, proposal))
    await takeForWords(office, at.ivo, caseId)
    await five(() => confirmWords(office, at.ivo, caseId, same))
    expect(await kindsOf(caseId)).toEqual([
      'case.words-proposed',
      'case.words-stopped',
      'case.words-proposed',
      'case.words-ended',
      'case.words-proposed',
      'case.moved',
    ])
    const cases = await casesOf(office, page)
    expect(cases).toHaveLength(2)
    const child = cases.find((other) => other.caseId !== caseId)!
    expect(await kindsOf(child.caseId)).toEqual(['case.moved'])
    expect(cases.flatMap(({ letters }) => letters.map(({ kind }) => kind))).toEqual(['words-given'])
    const parts = await sql<{ kind: string }>('select kind from case_part where case_id = $1', [
      caseOctets(caseId),
    ])
    expect(parts.filter(({ kind }) => kind === 'new-words')).toHaveLength(3)
  })
})

test('P20: all of it is in the log, and an office in which it happened holds every invariant', async () => {
  await office.log.sequence()
  const [missing] = await sql<{ n: number }>(
    `select count(*) as n from event left join log_entry on log_entry.stream = event.stream
        and log_entry.seq = event.seq
      where kind in ('case.words-proposed', 'case.words-stopped', 'case.words-ended', 'case.moved')
        and log_entry.position is null`,
  )
  expect(missing!.n).toBe(0)
  expect(await problems()).toEqual([])
})

test('the checker sees a case that is on another account than two officers moved it to, or that one moved', async () => {
  const { caseId } = await fresh(office)
  const [page, other] = [await newAccount(office), await newAccount(office)]
  await propose(at.iris, caseId, page)
  await confirm(at.ivo, caseId, page)
  const where = `case/${caseId}`
  const putTo = ({ accountId }: Door) =>
    sql('update case_file set account_id = $1 where id = $2', [accountId, caseOctets(caseId)])
  await putTo(other)
  await office.log.sequence()
  expect(await problems()).toEqual([{ invariant: 9, code: 'case.account-differs', where }])
  await putTo(page)
  await office.store.transaction(async (tx) => {
    const known = (await readCase(tx, caseId))!
    const body = { actor: `officer:${at.ivo.officer.id}`, from: idOf(page), to: idOf(other), with: caseId }
    await appendToCase(tx, office, known, [{ kind: 'case.moved', body }])
  })
  await putTo(other)
  await office.log.sequence()
  expect(await problems()).toEqual([{ invariant: 9, code: 'case.moved-by-one', where }])
})

const problems = () =>
  checkOffice({
    store: office.store,
    keyJournal: join(office.folder, 'journal'),
    log: {
      folder: join(office.folder, 'log'),
      checkpoints: openCheckpointStore(join(office.folder, 'checkpoints'), office.random),
      origin: 'utopia.example/log',
    },
  })
