import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { specimenDocument } from '../../packages/nansen/src/specimen/specimen-document.ts'
import { VERA } from './applicant.ts'
import { type Again, overBadLine } from './bad-line.ts'
import {
  applyBy,
  beginBy,
  casesOn,
  codesOn,
  enterBy,
  filesOn,
  handInBy,
  peopleOn,
  prepareBy,
  somebody,
  straightOn,
} from './http-applicant.ts'
import { askForMore, signInAs, take } from './http-officer.ts'
import { type CutAt, HttpVisitor } from './http-visitor.ts'
import { octets, rowsOf } from './office-database.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * Lines over Tor break. Here every request is lost once, the first time it is sent, and done again as a person would:
 * what comes next shows what is saved, and nothing is there twice. P26
 */

const WAYS: readonly (readonly [string, CutAt, Again])[] = [
  ['with half of it sent; they look, and fill it in again', 'halfway', 'a fresh page'],
  ['once it is sent; the browser sends it again at once', 'sent', 'the same form'],
  ['when the answer begins; the browser sends it again', 'answered', 'the same form'],
  ['when the answer begins; they look, and go on', 'answered', 'a fresh page'],
]

let office: ServingOffice
/** Of each application, its cases: asked about when the office is closed. */
const handedIn: string[][] = []
/** Cases in which a request was answered. */
const answered: string[] = []
let people = 0
beforeAll(async () => {
  office = await serveOffice()
})
afterAll(() => office?.remove())

describe('each request is lost once', () => {
  test.each(WAYS)('%s: a family applies, and is one family', async (_, at, again) => {
    const visitor = new HttpVisitor(office.origin)
    const walk = overBadLine(visitor, at, again)
    const words = await beginBy(walk)
    await prepareBy(walk, VERA, [{ ...VERA, givenNames: 'Лиза', birth: ['3', '9', '2016'] }])

    const people = peopleOn((await walk.see('/my')).text)
    expect(people).toHaveLength(2)
    for (const person of people) {
      expect(filesOn((await walk.see(`/my/person/${person}/photo`)).text)).toHaveLength(1)
      expect(filesOn((await walk.see(`/my/person/${person}/evidence`)).text)).toHaveLength(1)
    }
    const codes = await handInBy(walk)
    expect(codes).toHaveLength(2)

    // Who comes back on another day finds these two and no other.
    const later = overBadLine(new HttpVisitor(office.origin), at, again)
    await enterBy(later, words)
    expect([...codesOn((await later.see('/my/receipt')).text)].sort()).toEqual([...codes].sort())
    handedIn.push([...casesOn((await later.see('/my')).text)])
    expect(handedIn.at(-1)).toHaveLength(2)

    expect(walk.cuts).toBeGreaterThan(50)
    if (again === 'a fresh page') {
      // Half a request did nothing. A whole one did what it says, but for what only the answer could have brought: the
      // first look at the seven words, and the cookie of whoever is in.
      expect(walk.found).toEqual(walk.forms.filter((page) => at !== 'halfway' && !page.startsWith('/begin')))
    }
  })

  test.each(WAYS)('%s: what the office asks for is answered once', async (_, at, again) => {
    const { caseId, words } = await asked()
    const walk = overBadLine(new HttpVisitor(office.origin), at, again)
    await enterBy(walk, words)
    const here = `/my/case/${caseId}/answer`
    const isDone = (item: number) => (page: string) =>
      page.includes(`<span id="item-${item}-state"><strong class="tag good">`)
    await walk.take({
      page: `${here}/0`,
      to: `${here}/0`,
      fill: () => ({
        fields: { text: 'Вот вся страница.' },
        file: ['file', specimenDocument('booklet', 3)],
      }),
      look: { at: here, saved: isDone(0) },
    })
    await walk.take({
      page: `${here}/1`,
      to: `${here}/1`,
      fill: () => ({ fields: { text: 'Живу здесь по временной защите.' } }),
      look: { at: here, saved: isDone(1) },
    })
    const list = await walk.see(here)
    expect([0, 1].map((item) => isDone(item)(list.text))).toEqual([true, true])
    await walk.take({
      page: here,
      to: here,
      fill: () => ({ fields: {} }),
      look: { at: `/my/case/${caseId}`, saved: (page) => !page.includes(here) },
    })
    expect((await walk.see(`/my/case/${caseId}`)).text).not.toContain(here)
    answered.push(caseId)
  })

  test('and in the database there is one of everything', async () => {
    await office.stop()
    expect([handedIn.length, answered.length]).toEqual([WAYS.length, WAYS.length])
    const database = await rowsOf(office.folder)
    const kinds = async (caseId: string) => {
      const rows = await database.ask(
        'select kind, count(*)::int as n from case_part where case_id = $1 group by kind order by kind',
        [octets(caseId)],
      )
      return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
    }
    for (const cases of handedIn)
      for (const caseId of cases)
        expect(await kinds(caseId)).toEqual({ application: 1, evidence: 1, photo: 1 })
    for (const caseId of answered) {
      expect(await kinds(caseId)).toMatchObject({ answer: 1, 'answer-file': 1, request: 1 })
      const [{ n } = {}] = await database.ask(
        `select count(*)::int as n from event where kind = 'case.answered' and stream = 'case/${caseId}'`,
      )
      expect(n).toBe(1)
    }
    const [all] = await database.ask(
      'select (select count(*) from case_file)::int as cases, (select count(*) from account)::int as accounts',
    )
    // An account for each, and for each a family of two or somebody who was asked for more; nothing of a draft is left.
    expect(all).toEqual({ cases: 3 * WAYS.length, accounts: 2 * WAYS.length })
    expect(await database.ask('select id from draft_file')).toEqual([])
    await database.close()
  })
})

/** Somebody whom an officer asked for two things. */
async function asked(): Promise<{ readonly caseId: string; readonly words: string }> {
  const visitor = new HttpVisitor(office.origin)
  const { words } = await applyBy(straightOn(visitor), somebody(people++))
  const [caseId] = casesOn((await visitor.get('/my')).text)
  const iris = new HttpVisitor(office.origin)
  await signInAs(iris, 'Iris')
  await take(iris, caseId!)
  await askForMore(iris, caseId!)
  return { caseId: caseId!, words }
}
