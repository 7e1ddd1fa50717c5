import { assignCase, openCase, requestMore } from '@nansen/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { type AllSeated, first, gather, REFUSE, seatAll, second } from '../../../../test/desk.ts'
import { type Applicant, fillDraft, handIn, newApplicant, PICTURE } from '../../../../test/web-applicant.ts'
import { errorsIn, visitor } from '../../../../test/web-visitor.ts'
import { openWeb, type Web } from '../index.ts'

let office: TestCaseOffice
let web: Web
let at: AllSeated
beforeAll(async () => {
  office = await caseOffice()
  web = openWeb({ office, hosts: ['utopia.localhost'], specimen: true, report: () => {} })
  at = await seatAll(office)
})
afterAll(() => office.close())

const caseOf = ({ browser }: Applicant): Promise<string> =>
  browser.get('/my').then(({ text }) => /\/my\/case\/([0-9a-f]{32})/.exec(text)![1]!)

let people = 0
async function applied(language: 'en' | 'ru' = 'en'): Promise<{ anna: Applicant; caseId: string }> {
  const anna = await newApplicant(web, language)
  await fillDraft(anna, { year: String(1950 + people++) })
  await handIn(anna)
  return { anna, caseId: await caseOf(anna) }
}

const ITEMS = [
  { code: 'residence-permit', text: 'Пришлите снимок <вида на жительство>.' },
  { code: 'letter', text: 'Кто может вас подтвердить?' },
]

async function ask(caseId: string): Promise<void> {
  await assignCase(office, at.iris, caseId)
  await requestMore(office, at.iris, caseId, { items: ITEMS, due: '2026-12-31', language: 'ru' })
}

describe('a request for more', () => {
  test('is a letter with its points, answered one by one and sent together', async () => {
    const { anna, caseId } = await applied()
    const { browser } = anna
    await ask(caseId)
    const status = await browser.get('/my')
    expect(status.text).toContain('We need something from you')
    expect(status.text).toContain('31 December 2026')
    const letter = /\/my\/case\/[0-9a-f]{32}\/letter\/[0-9a-f]{32}/.exec(status.text)![0]
    const read = await browser.get(letter)
    expect(read.text).toContain('<ol lang="ru">')
    expect(read.text).toContain('&lt;вида на жительство&gt;')

    const answer = `/my/case/${caseId}/answer`
    await browser.get(answer)
    const missing = await browser.post(answer)
    expect(errorsIn(missing.text)).toEqual([
      'item-0: Point 1 has no answer yet',
      'item-1: Point 2 has no answer yet',
    ])
    await browser.get(`${answer}/0`)
    const empty = await browser.post(`${answer}/0`)
    expect([empty.status, errorsIn(empty.text)]).toEqual([
      422,
      ['text: Write something, or choose a picture'],
    ])
    await browser.send(`${answer}/0`, { text: 'Вот он.' }, { file: ['file', PICTURE] })
    await browser.get(`${answer}/1`)
    const list = await browser.send(`${answer}/1`, { text: 'Никто.' })
    expect(list.text.match(/Answered/g)).toHaveLength(2)
    expect((await browser.get(`${answer}/0`)).text).toContain('A picture is there.')
    await browser.get(answer)
    const sent = await browser.send(answer)
    expect(sent.text).toContain('Being looked at')

    const file = await openCase(office, at.iris, caseId)
    expect(file.parts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['answer', 'answer-file']))
    expect(JSON.stringify(file.parts)).toContain('Никто.')
    expect((await browser.get(answer)).text).toContain('Nothing is asked of you')
    for (const path of [`${answer}/0`, `${answer}/7`]) expect((await browser.get(path)).status).toBe(200)
  })

  test('of somebody else is not there', async () => {
    const { caseId } = await applied()
    await ask(caseId)
    const other = await newApplicant(web)
    for (const path of ['', '/answer', '/answer/0', '/appeal', '/withdraw'])
      expect((await other.browser.get(`/my/case/${caseId}${path}`)).status).toBe(404)
  })

  test('is answered by a helper who may, and who sees no more than that', async () => {
    const { anna, caseId } = await applied()
    await ask(caseId)
    await anna.browser.get('/my/helpers/add')
    const shown = await anna.browser.send('/my/helpers/add', {
      name: 'L',
      scopes: ['answer'],
      script: 'cyrillic',
    })
    const words = [...shown.text.matchAll(/<li>([а-яё]+)<\/li>/g)].map(([, word]) => word)
    const lena = visitor(web)
    await lena.get('/enter')
    const home = await lena.send('/enter', { words: words.join(' ') })
    expect(home.text).toContain('We need something from you')
    for (const item of [0, 1]) {
      await lena.get(`/my/case/${caseId}/answer/${item}`)
      await lena.send(`/my/case/${caseId}/answer/${item}`, { text: 'x' })
    }
    await lena.get(`/my/case/${caseId}/answer`)
    expect((await lena.post(`/my/case/${caseId}/answer`)).to).toBe(`/my/case/${caseId}`)
    for (const path of ['/my/reasons', '/my/helpers', '/my/check'])
      expect([path, (await lena.get(path)).status]).toEqual([path, 403])
    await lena.get('/enter')
    const refused = await lena.post(`/my/case/${caseId}/withdraw`, { sure: 'yes' })
    expect([refused.status, (await anna.browser.get('/my')).text.includes('Taken back')]).toEqual([
      403,
      false,
    ])
  })
})

test('a refusal is a letter in their language; they appeal, once, and may say why', async () => {
  const { anna, caseId } = await applied('ru')
  await gather(office, at.iris, caseId)
  await first(office, at.dario, caseId, REFUSE)
  await second(office, at.dana, caseId)
  const refused = await anna.browser.get('/my')
  expect(refused.text).toContain('Отказано')
  const letter = /\/my\/case\/[0-9a-f]{32}\/letter\/[0-9a-f]{32}/.exec(refused.text)![0]
  expect((await anna.browser.get(letter)).text).toContain(REFUSE.letter)
  const path = `/my/case/${caseId}/appeal`
  await anna.browser.get(path)
  const long = await anna.browser.post(path, { text: 'я'.repeat(20_001) })
  expect([long.status, errorsIn(long.text).length]).toEqual([422, 1])
  const sent = await anna.browser.send(path, { text: 'Вы не прочли письма.' })
  expect(sent.text).toContain('Жалоба')
  expect((await anna.browser.get(path)).text).toContain('Сейчас по этому делу жалобу подать нельзя')
})

test('an approval is told, and how far the paper is; who opened the file is a count with its day', async () => {
  const { anna, caseId } = await applied()
  await assignCase(office, at.iris, caseId)
  await openCase(office, at.iris, caseId)
  await gather(office, at.iris, caseId)
  expect((await anna.browser.get('/my')).text).toMatch(/Opened by officers<\/dt><dd>Once/)
  expect((await anna.browser.get('/my')).text).toContain('As of 24 November 2026.')
  await first(office, at.dario, caseId)
  await second(office, at.dana, caseId)
  expect((await anna.browser.get('/my')).text).toContain('Approved')
  const withdraw = `/my/case/${caseId}/withdraw`
  expect((await anna.browser.get(withdraw)).status).toBe(200)
})
