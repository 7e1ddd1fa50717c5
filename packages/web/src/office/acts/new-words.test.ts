import { requestMore } from '@nansen/authority'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { first, gather, REFUSE, seat, second } from '../../../../../test/desk.ts'
import { type Applicant, fillDraft, handIn, newApplicant } from '../../../../../test/web-applicant.ts'
import { officerAt, officeWeb } from '../../../../../test/web-officer.ts'
import { errorsIn, type Visitor, visitor } from '../../../../../test/web-visitor.ts'

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  office.at('2026-11-24T10:00:00Z')
  web = officeWeb(office)
})
afterAll(() => office.close())

const at = (name: Parameters<typeof seat>[1], language: 'en' | 'ru' = 'en') =>
  officerAt(web, office, name, language)
const seated = (name: Parameters<typeof seat>[1]) => seat(office, name)

let people = 0
/** Somebody who handed in. */
async function applied(language: 'en' | 'ru' = 'en') {
  const anna = await newApplicant(web, language)
  await fillDraft(anna, { year: String(1950 + people++) })
  const [caseId] = await handIn(anna)
  const home = await anna.browser.get('/my')
  return { anna, caseId: caseId!, code: codeOn(home.text) }
}

const codeOn = (page: string): string => /<span class="code">([0-9A-Z-]{31})<\/span>/.exec(page)![1]!

/** The code of a new page, as its holder shows it. */
const pageOf = async ({ browser }: Pick<Applicant, 'browser'>): Promise<string> => {
  const home = await browser.get('/my')
  expect(home.text).toContain('href="/my/lost-words"')
  return codeOn((await browser.get('/my/lost-words')).text)
}

const SEEN = {
  portrait: 'yes',
  place: 'office-capital',
  seen: ['internal-passport'],
  level: '3',
  note: 'Knew the day of the first visit.',
}

/** An officer takes the case by its code, and is at the form. */
async function taken(officer: Visitor, code: string): Promise<string> {
  await officer.get('/office')
  await officer.get('/office/lost-words')
  const { to } = await officer.post('/office/lost-words', { code })
  expect(to).toMatch(/^\/office\/case\/[0-9a-f]{32}\/new-words$/)
  return to!
}

const GIVEN = { verdict: 'give', face: 'yes' }

async function propose(officer: Visitor, code: string, page: string): Promise<void> {
  const form = await taken(officer, code)
  await officer.get(form)
  const answer = await officer.post(form, { ...SEEN, page, ...today() })
  expect(errorsIn(answer.text)).toEqual([])
  expect(answer.status).toBe(303)
}
const today = () => ({ 'day-day': '24', 'day-month': '11', 'day-year': '2026' })

test('who lost their words has them again: a new page, two officers, and the old words are empty', async () => {
  const { anna, caseId, code } = await applied()
  await gather(office, await seated('iris'), caseId)
  const later = await newApplicant(web)
  const page = await pageOf(later)
  expect(page).not.toBe(code)

  // The case waits for a decision, and is in no queue of those who prepare.
  const iris = await at('iris')
  await iris.get('/office')
  expect(errorsIn((await iris.post('/office/find', { code })).text)).toHaveLength(1)
  const form = await taken(iris, code)
  const shown = (await iris.get(form)).text
  expect(shown).toContain('Propose new words')
  expect(shown).toContain(`src="/office/case/${caseId}/picture/photo"`)
  const moved = await iris.send(form, { ...SEEN, page, ...today() })
  expect(moved.to).toBe('/office?queue=mine&moved=1')

  const warned = await anna.browser.get('/my')
  expect(warned.text).toContain('This is not me: stop it')
  const letter = /\/my\/case\/[0-9a-f]{32}\/letter\/[0-9a-f]{32}/.exec(warned.text)![0]
  expect((await anna.browser.get(letter)).text).toContain('Somebody at our office says that they are you')

  const dario = await at('dario')
  await taken(dario, code)
  const told = (await dario.get(form)).text
  expect(told).toContain('What the first officer recorded on 24 November 2026')
  expect(told).toContain(SEEN.note)
  // The second officer reads the code from the person's page, and from nowhere else.
  expect(told).not.toContain(page)
  const file = (await dario.get(`/office/case/${caseId}`)).text
  expect(file).not.toContain(page)
  expect(file).toContain('New words proposed')
  await dario.get(form)
  await dario.send(form, { ...GIVEN, page: page.toLowerCase().replaceAll('-', ' ') })

  const home = await later.browser.get('/my')
  expect(home.text).toContain(code)
  expect(home.text).toContain('Your cases came to this page on 24 November 2026')
  const given = [...home.text.matchAll(/\/my\/case\/[0-9a-f]{32}\/letter\/[0-9a-f]{32}/g)].map(
    ([path]) => path,
  )
  expect(given).toHaveLength(1)
  expect((await later.browser.get(given[0]!)).text).toContain('Two officers saw you in person')
  expect((await later.browser.get('/my/receipt')).text).toContain(code)
  expect((await later.browser.get('/my/lost-words')).text).toContain('There are cases on this page already')

  const old = visitor(web)
  await old.get('/enter')
  const empty = await old.send('/enter', { words: anna.words.join(' ') })
  expect(empty.text).not.toContain(code)
  expect(empty.text).toContain('two officers gave the cases of this page to a new page')
  for (const gone of [`/my/case/${caseId}`, letter, `/my/case/${caseId}/answer`])
    expect((await old.get(gone)).status).toBe(404)
  await old.get('/my/family')
  expect((await old.post(`/my/case/${caseId}/stop-words`)).status).toBe(404)

  // What is decided now is written to the new page.
  await first(office, await seated('dario'), caseId, REFUSE)
  await second(office, await seated('dana'), caseId)
  const refused = await later.browser.get('/my')
  const answer = [...refused.text.matchAll(/\/my\/case\/[0-9a-f]{32}\/letter\/[0-9a-f]{32}/g)].map(
    ([path]) => path,
  )
  expect(answer).toHaveLength(2)
  const read = await Promise.all(answer.map((path) => later.browser.get(path)))
  expect(read.some(({ text }) => text.includes(REFUSE.letter))).toBe(true)
})

test('whoever has the old words stops it with one press, in their language', async () => {
  const { anna, caseId, code } = await applied('ru')
  const thief = await newApplicant(web)
  const page = await pageOf(thief)
  const iris = await at('iris')
  await propose(iris, code, page)
  const warned = await anna.browser.get('/my')
  expect(warned.text).toContain('Это не я: остановить')
  const stopped = await anna.browser.send(`/my/case/${caseId}/stop-words`)
  expect(stopped.text).toContain('Остановлено')
  expect(stopped.text).not.toContain('Это не я')
  await anna.browser.get(`/my/case/${caseId}/withdraw`)
  expect((await anna.browser.post(`/my/case/${caseId}/stop-words`)).to).toBe(`/my/case/${caseId}?stopped=1`)

  const ivo = await at('ivo', 'ru')
  const form = await taken(ivo, code)
  const again = (await ivo.get(form)).text
  // Nothing is proposed any more: it would begin anew.
  expect(again).toContain('Предложить новые слова')
  expect((await ivo.get(`/office/case/${caseId}`)).text).toContain(
    'Новые слова остановлены на старой странице',
  )
  expect((await thief.browser.get('/my')).text).not.toContain(code)
})

test('one officer alone gives no words, and a code that differs is told', async () => {
  const { code, caseId } = await applied()
  const later = await newApplicant(web)
  const page = await pageOf(later)
  const other = await pageOf(await newApplicant(web))
  const iris = await at('iris')
  await propose(iris, code, page)
  const form = await taken(iris, code)
  const own = (await iris.get(form)).text
  expect(own).toContain('only another officer can confirm it')
  expect(own).not.toContain('value="give"')
  const forged = await iris.post(form, { ...GIVEN, page })
  expect(errorsIn(forged.text)).toEqual([
    'save: You proposed this. Another officer has to see the person and confirm it',
  ])
  await iris.get('/office')
  await iris.get(`/office/case/${caseId}`)
  await iris.post('/office/take', { 'give-back': caseId })

  const ivo = await at('ivo')
  await taken(ivo, code)
  await ivo.get(form)
  expect(errorsIn((await ivo.post(form, {})).text)).toEqual(['verdict: Choose one: What do you do?'])
  expect(errorsIn((await ivo.post(form, { verdict: 'give' })).text)).toEqual([
    'page: Write the code of the new page',
    'face: Confirm only if you have seen the person yourself and it is their face',
  ])
  const differs = await ivo.post(form, { ...GIVEN, page: other })
  expect(errorsIn(differs.text)).toEqual([
    expect.stringMatching(/^page: This is not the page for which new words were proposed/),
  ])
  expect(differs.text).toContain(other)
  await ivo.send(form, { verdict: 'end' })
  expect((await later.browser.get('/my')).text).not.toContain(code)
})

test('what is missing or wrong stands at its field', async () => {
  const { anna, code } = await applied()
  const later = await newApplicant(web)
  const iris = await at('iris')
  await iris.get('/office/lost-words')
  expect(errorsIn((await iris.post('/office/lost-words', { code: 'nothing' })).text)).toHaveLength(1)
  const unknown = await iris.post('/office/lost-words', { code: await pageOf(later) })
  expect(errorsIn(unknown.text)).toEqual([
    'code: No case has this code, or it was taken back. Look at each letter',
  ])
  const form = await taken(iris, code)
  await iris.get(form)
  const empty = await iris.post(form, {})
  expect([empty.status, errorsIn(empty.text).map((line) => line.split(':')[0])]).toEqual([
    422,
    ['page', 'portrait', 'place', 'day', 'level'],
  ])
  const notThem = await iris.post(form, { ...SEEN, ...today(), page: await pageOf(later), portrait: 'no' })
  expect(errorsIn(notThem.text)).toEqual([
    expect.stringMatching(/^portrait: New words are given to nobody but the person of the photograph/),
  ])
  for (const [page, said] of [
    ['nothing', 'This is no code of a page'],
    [code, 'No page has this code'],
  ])
    expect(errorsIn((await iris.post(form, { ...SEEN, ...today(), page: page! })).text)).toEqual([
      expect.stringContaining(`page: ${said}`),
    ])
  // A helper is shown no code: their page is another's.
  await anna.browser.get('/my/helpers/add')
  const words = await anna.browser.send('/my/helpers/add', { name: 'L', scopes: ['status'], script: 'latin' })
  const lena = visitor(web)
  await lena.get('/enter')
  await lena.send('/enter', {
    words: [...words.text.matchAll(/<li>([a-z]+)<\/li>/g)].map(([, word]) => word).join(' '),
  })
  expect((await lena.get('/my/lost-words')).status).toBe(403)
  for (const name of ['petra', 'ada'] as const) {
    const outside = await at(name)
    expect((await outside.get('/office/lost-words')).status).toBe(403)
  }
})

test('what was asked on the old page is not read on the new one, which says what to do', async () => {
  const { caseId, code } = await applied()
  const later = await newApplicant(web)
  const iris = await seated('iris')
  const one = await at('iris')
  await taken(one, code)
  await requestMore(office, iris, caseId, {
    items: [{ code: 'letter', text: 'A letter.' }],
    due: '2026-12-20',
    language: 'en',
  })
  expect((await one.get(`/office/case/${caseId}/new-words`)).text).toContain('A request is open')
  await propose(one, code, await pageOf(later))
  const two = await at('ivo')
  const form = await taken(two, code)
  await two.get(form)
  await two.send(form, { ...GIVEN, page: await pageOf(later) })
  const home = await later.browser.get('/my')
  expect(home.text).toContain('they ask for it again')
  expect(home.text).not.toContain(`href="/my/case/${caseId}/answer"`)
  expect((await later.browser.get(`/my/case/${caseId}/answer`)).text).toContain('they ask for it again')
  expect((await later.browser.get('/my/lost-words')).status).toBe(200)
})
