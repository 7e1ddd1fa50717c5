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
  fresh,
  proposeNewWords,
  sqlOf,
} from '../../../../../test/desk.ts'
import { casesOf, pageCode } from '../accounts/index.ts'
import { caseCode } from '../record/case-code.ts'
import { assignCase, takeForWords } from './assign.ts'
import { confirmWords, proposeWords } from './new-words.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const sql = sqlOf(() => office)
const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })

const kindsOf = async (caseId: string): Promise<readonly string[]> =>
  (await caseEvents(office, caseId)).filter(({ kind }) => /words|moved/.test(kind)).map(({ kind }) => kind)

describe('no new words are given for', () => {
  const attempt = (caseId: string, page: string, more: object = {}) =>
    proposeWords(office, at.iris, caseId, { ...CHECK, ...more, page })

  test('what is no code, of no page, of this page, or of a page in use', async () => {
    const { caseId, door: old } = await fresh(office)
    const other = await fresh(office)
    await takeForWords(office, at.iris, caseId)
    for (const [page, code] of [
      ['', 'words.code'],
      ['seven words of a page', 'words.code'],
      [caseCode('a'.repeat(32)), 'words.page'],
      // The code of a case is none of a page.
      [caseCode(caseId), 'words.page'],
      [pageCode(old), 'words.same-page'],
      [pageCode(other.door), 'words.page-in-use'],
    ] as const)
      await expect(attempt(caseId, page)).rejects.toEqual(
        expect.objectContaining({ name: 'CaseRefusal', code, field: 'page' }),
      )
    expect(await kindsOf(caseId)).toEqual([])
    const [letters] = await sql<{ n: number }>('select count(*) as n from letter where case_id = $1', [
      caseOctets(caseId),
    ])
    expect(letters!.n).toBe(0)
  })

  test('a page that nobody can open', async () => {
    const { caseId } = await fresh(office)
    const page = await newAccount(office)
    await takeForWords(office, at.iris, caseId)
    await sql('delete from door where account_id = $1', [page.accountId])
    await expect(attempt(caseId, pageCode(page))).rejects.toEqual(refusal('words.page'))
  })

  test('a page on which somebody handed in meanwhile', async () => {
    const { caseId } = await fresh(office)
    const page = await newAccount(office)
    const theirs = await fresh(office)
    await proposeNewWords(office, at.iris, caseId, page)
    await sql('update case_file set account_id = $1 where id = $2', [
      page.accountId,
      caseOctets(theirs.caseId),
    ])
    await expect(confirmNewWords(office, at.ivo, caseId, page)).rejects.toEqual(refusal('words.page-in-use'))
  })

  test('another face, of either officer, and what was not seen', async () => {
    const { caseId } = await fresh(office)
    const page = await newAccount(office)
    await takeForWords(office, at.iris, caseId)
    const wrong = (field: string) =>
      expect.objectContaining({ name: 'CaseRefusal', code: 'fact.shape', field })
    for (const [more, field] of [
      [{ portraitMatches: false }, 'portraitMatches'],
      [{ place: 'elsewhere' }, 'place'],
      [{ day: '2026-11-25' }, 'day'],
      [{ evidenceLevel: 5 }, 'evidenceLevel'],
      [{ seen: ['a word'] }, 'seen'],
    ] as const)
      await expect(attempt(caseId, pageCode(page), more)).rejects.toEqual(wrong(field))
    await attempt(caseId, pageCode(page))
    await takeForWords(office, at.ivo, caseId)
    await expect(
      confirmWords(office, at.ivo, caseId, { page: pageCode(page), portraitMatches: false }),
    ).rejects.toEqual(wrong('portraitMatches'))
  })

  test('a letter that was sealed to the old page and would come after the move', async () => {
    const { caseId } = await fresh(office)
    const [b, c] = [await newAccount(office), await newAccount(office)]
    await assignCase(office, at.iris, caseId)
    // Between the sealing of the letter and its row, both officers give new words.
    let between = false
    const slow: TestCaseOffice = {
      ...office,
      random: (octets) => office.random(octets),
      store: {
        ...office.store,
        close: () => office.store.close(),
        transaction: async (work) => {
          const result = await office.store.transaction(work)
          if (!between) {
            between = true
            await proposeWords(office, at.iris, caseId, { ...CHECK, page: pageCode(b) })
            await confirmNewWords(office, at.ivo, caseId, b)
            await takeForWords(office, at.iris, caseId)
          }
          return result
        },
      },
    }
    await expect(proposeWords(slow, at.iris, caseId, { ...CHECK, page: pageCode(c) })).rejects.toEqual(
      refusal('case.status'),
    )
    expect((await casesOf(office, b))[0]!.letters.map(({ kind }) => kind)).toEqual(['words-given'])
  })
})
