import { hash } from 'node:crypto'
import { appealCase } from '@nansen/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { fresh, statusOf } from '../../../../test/desk.ts'
import { officersOf } from '../../../../test/specimen-officers.ts'
import { officerAt, officeWeb } from '../../../../test/web-officer.ts'
import { errorsIn, hiddenValue, type Visitor, visitor } from '../../../../test/web-visitor.ts'

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  office.at('2026-11-24T10:00:00Z')
  web = officeWeb(office, { drawPage: async () => new TextEncoder().encode('%PDF-') })
})
afterAll(() => office.close())

const at = (name: Parameters<typeof officerAt>[2]) => officerAt(web, office, name)
const day = (name: string, iso: string) => {
  const [year, month, date] = iso.split('-') as [string, string, string]
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: date }
}
const href = (caseId: string, page = '') => `/office/case/${caseId}${page && `/${page}`}`

async function take(browser: Visitor, caseId: string, queue: string) {
  await browser.get(`/office?queue=${queue}`)
  return browser.send('/office/take', { take: caseId })
}

/** Everything that a decision needs, page by page. */
async function prepare(iris: Visitor, caseId: string) {
  await take(iris, caseId, 'intake')
  await iris.get(href(caseId, 'identity-check'))
  await iris.send(href(caseId, 'identity-check'), {
    place: 'office-capital',
    ...day('day', '2026-11-23'),
    level: '3',
    seen: ['internal-passport'],
    portrait: 'yes',
    note: 'Calm.',
  })
  await iris.get(href(caseId, 'stay'))
  await iris.send(href(caseId, 'stay'), { lawful: 'yes', basis: 'visa-free', ...day('until', '2027-03-31') })
  await iris.get(href(caseId, 'screening'))
  return iris.send(href(caseId, 'screening'), { result: 'clear', ...day('day', '2026-11-23') })
}

const APPROVAL = {
  decision: 'approve',
  'approve-ground': ['passport-not-to-be-asked-for'],
  document: 'PT',
  letter: '',
}
const REFUSAL = {
  decision: 'refuse',
  'refuse-ground': ['no-ground-shown'],
  letter: 'Мы не нашли основания.',
}

async function decideFirst(browser: Visitor, caseId: string, fields: Record<string, string | string[]>) {
  await take(browser, caseId, 'decision')
  await browser.get(href(caseId, 'decide'))
  const preview = await browser.post(href(caseId, 'decide'), fields)
  expect(errorsIn(preview.text)).toEqual([])
  expect(preview.status).toBe(200)
  const done = await browser.send(href(caseId, 'decide/sign'), { ...fields, signature: 'yes' })
  return { preview, done }
}

async function agree(browser: Visitor, caseId: string) {
  await take(browser, caseId, 'second')
  const shown = await browser.get(href(caseId, 'second'))
  const done = await browser.send(href(caseId, 'second'), { signature: 'yes' })
  return { shown, done }
}

describe('an office without a script', () => {
  test('takes a case from the queue to the hands of its holder', async () => {
    const { caseId, code } = await fresh(office)
    const iris = await at('iris')
    const queue = await iris.get('/office?queue=intake')
    expect(queue.text).toContain(code)
    expect(queue.text).not.toContain('Щербакова')
    const moved = await prepare(iris, caseId)
    expect((await iris.get(moved.to!)).text).toContain('no longer on your desk')
    expect(await statusOf(office, caseId)).toBe('decision')

    const { preview, done } = await decideFirst(await at('dario'), caseId, APPROVAL)
    expect(done.text).toContain('no longer on your desk')
    const { shown } = await agree(await at('dana'), caseId)
    const exact = /<pre class="exact">([^<]*)<\/pre>/.exec(shown.text)![1]!.replaceAll('&quot;', '"')
    expect(preview.text).toContain(/<pre class="exact">[^<]*<\/pre>/.exec(shown.text)![0])
    expect(shown.text).toContain(hash('sha256', exact))
    expect(JSON.parse(exact)).toMatchObject({ reference: caseId, documentCode: 'PT' })
    expect(shown.text).toContain('PTUTOSHCHERBAKOVA')
    expect(await statusOf(office, caseId)).toBe('production')

    const petra = await at('petra')
    await take(petra, caseId, 'production')
    const step = (fields: Record<string, string>) => petra.send(href(caseId, 'production'), fields)
    await petra.get(href(caseId, 'production'))
    await step({ step: 'generate' })
    const zip = await petra.get(href(caseId, 'paper.zip'))
    expect(zip.headers.get('content-type')).toBe('application/zip')
    expect(zip.headers.get('content-disposition')).toBe(`attachment; filename="${code}.zip"`)
    expect(zip.headers.get('cache-control')).toBe('no-store, no-cache')
    const pdf = await petra.get(href(caseId, 'datapage.pdf'))
    expect(pdf.text).toBe('%PDF-')
    await petra.get('/office/production')
    const added = await petra.send('/office/production/blanks', { from: 'ub 0000001', count: '3' })
    expect(added.text).toContain('Added to the stock.')
    await petra.get(href(caseId, 'production'))
    const unknown = await petra.post(href(caseId, 'production'), { step: 'print', blank: 'UB0000009' })
    expect(errorsIn(unknown.text)).toEqual([
      'blank: No blank with this number is in stock. Look at the booklet',
    ])
    expect(unknown.text).toContain('value="UB0000009"')
    await step({ step: 'print', blank: 'UB0000001' })
    await step({ step: 'spoiled' })
    await step({ step: 'print', blank: 'UB0000002' })
    const passed = await step({ step: 'pass' })
    expect(passed.text).toContain('once before, spoiled')
    await step({ step: 'dispatch' })
    const collected = await step({ step: 'collect' })
    expect(collected.text).toContain('no longer on your desk')
    expect(await statusOf(office, caseId)).toBe('collected')
  })

  test('refuses the second decision of whoever decided first, and says why', async () => {
    const { caseId } = await fresh(office)
    await prepare(await at('iris'), caseId)
    const dario = await at('dario')
    await decideFirst(dario, caseId, APPROVAL)
    await dario.get('/office?queue=second')
    const again = await dario.post('/office/take', { take: caseId, queue: 'second' })
    expect(again.status).toBe(422)
    expect(errorsIn(again.text)).toEqual(['list: You decided first. Another officer has to decide second'])
    expect(await statusOf(office, caseId)).toBe('second')
  })

  test('signs nothing else than what was shown', async () => {
    const { caseId } = await fresh(office)
    await prepare(await at('iris'), caseId)
    const dario = await at('dario')
    await take(dario, caseId, 'decision')
    await dario.get(href(caseId, 'decide'))
    const shown = await dario.post(href(caseId, 'decide'), APPROVAL)
    expect(hiddenValue(shown.text, 'seen')).toMatch(/^[0-9a-f]{64}$/)
    const other = { ...APPROVAL, 'approve-ground': ['persecuted-for-opinion'], document: 'PR' }
    const answer = await dario.post(href(caseId, 'decide/sign'), { ...other, signature: 'yes' })
    expect(answer.status).toBe(422)
    expect(errorsIn(answer.text)).toEqual([
      'signature: The case changed since you looked at it. Nothing was signed. Look again, then sign',
    ])
    expect(await statusOf(office, caseId)).toBe('decision')
  })

  test('gives a decision back with a reason, and the next first officer reads it', async () => {
    const { caseId } = await fresh(office)
    await prepare(await at('iris'), caseId)
    await decideFirst(await at('dario'), caseId, APPROVAL)
    const dana = await at('dana')
    await take(dana, caseId, 'second')
    await dana.get(href(caseId, 'second'))
    const empty = await dana.post(href(caseId, 'second/return'), { reason: ' ' })
    expect(errorsIn(empty.text)).toEqual(['reason: Say why you give it back'])
    await dana.get(href(caseId, 'second'))
    await dana.send(href(caseId, 'second/return'), { reason: 'The birth date looks wrong.' })
    expect(await statusOf(office, caseId)).toBe('decision')
    const delia = await at('delia')
    expect((await take(delia, caseId, 'decision')).text).toContain('The birth date looks wrong.')
  })

  test('refuses with grounds, law and appeal in the letter; an appeal is decided by who took no part', async () => {
    const { caseId, door } = await fresh(office)
    await prepare(await at('iris'), caseId)
    const dario = await at('dario')
    const { preview } = await decideFirst(dario, caseId, REFUSAL)
    expect(preview.text).toContain('Мы не нашли основания.')
    expect(preview.text).toContain('Utopian Aliens Act § 20(1)')
    expect(preview.text).toContain('Обжаловать можно на вашей странице.')
    await agree(await at('dana'), caseId)
    expect(await statusOf(office, caseId)).toBe('refused')

    await appealCase(office, door, caseId, 'Вы не прочитали мою историю.')
    await dario.get('/office?queue=appeal')
    const taken = await dario.post('/office/take', { take: caseId, queue: 'appeal' })
    expect(errorsIn(taken.text)).toEqual([
      'list: You had a part in this case. Another officer decides the appeal',
    ])
    const delia = await at('delia')
    await take(delia, caseId, 'appeal')
    const page = await delia.get(href(caseId, 'appeal'))
    expect(page.text).toContain('Вы не прочитали мою историю.')
    const empty = await delia.post(href(caseId, 'appeal'), { outcome: 'reversed', letter: '' })
    expect(errorsIn(empty.text)).toEqual(['letter: Say why, in a letter to the applicant'])
    expect(empty.text).toMatch(/value="reversed" checked/)
    await delia.send(href(caseId, 'appeal'), { outcome: 'reversed', letter: 'Вы правы.' })
    expect(await statusOf(office, caseId)).toBe('decision')
    await dario.get('/office?queue=decision')
    const again = await dario.post('/office/take', { take: caseId, queue: 'decision' })
    expect(errorsIn(again.text)).toEqual([
      'list: You had a part in the refusal that was reversed. Others decide this case now',
    ])
  })

  test('asks for more in the applicant’s language, and closes the request', async () => {
    const { caseId } = await fresh(office)
    const iris = await at('iris')
    await take(iris, caseId, 'intake')
    await iris.get(href(caseId, 'request'))
    const none = await iris.post(href(caseId, 'request'), { ...day('due', '2026-12-31') })
    expect(errorsIn(none.text)).toEqual(['item: Choose or write at least one thing'])
    expect(none.status).toBe(422)
    expect(none.text).toContain('<title>Error: ')
    const asked = await iris.send(href(caseId, 'request'), {
      item: ['photo-again'],
      other: 'Справка от врача.\nПисьмо от редакции.',
      ...day('due', '2026-12-31'),
    })
    expect(asked.text).toContain('Новая фотография')
    expect(asked.text).toContain('Clock stands since 24 November 2026')
    await iris.get(href(caseId, 'close-request'))
    const closed = await iris.send(href(caseId, 'close-request'))
    expect(closed.text).not.toContain('Clock stands since')
  })

  test('has a notice reviewed by another officer than the one who opened it', async () => {
    const { caseId } = await fresh(office)
    const iris = await at('iris')
    await take(iris, caseId, 'intake')
    await iris.get(href(caseId, 'notice'))
    const opened = await iris.send(href(caseId, 'notice'), {
      do: 'open',
      origin: 'interpol',
      text: 'A diffusion.',
    })
    expect(opened.text).toContain('Notice under review')
    await iris.post('/office/take', { 'give-back': caseId })
    const dario = await at('dario')
    await take(dario, caseId, 'notice')
    const page = await dario.get(href(caseId, 'notice'))
    expect(page.text).toContain('A diffusion.')
    await dario.send(href(caseId, 'notice'), { do: 'settle', outcome: 'no-obstacle', text: 'Political.' })
    expect((await iris.get('/office?queue=intake')).text).not.toContain('Notice under review')
  })

  test('compares two cases side by side, when both are on the desk', async () => {
    const birthDate = '1971-02-03'
    const one = await fresh(office, { applicant: { birthDate } })
    const two = await fresh(office, { applicant: { birthDate, familyName: 'Щербакова' } })
    const iris = await at('iris')
    await take(iris, one.caseId, 'duplicate')
    const closed = await iris.get(href(one.caseId, 'duplicates'))
    expect(closed.text).toContain('The other case is not on your desk')
    const both = await iris.send('/office/take')
    expect(both.text.match(/class="photo"/g)).toHaveLength(2)
    const page = href(one.caseId, 'duplicates')
    expect(errorsIn((await iris.post(page)).text)).toEqual(['verdict: Choose one: What do you see?'])
    const settled = await iris.send(page, { verdict: 'different' })
    expect(settled.text).toContain('Different people')
    expect(two.caseId).not.toBe(one.caseId)
  })

  test('records a receipt once', async () => {
    const { caseId } = await fresh(office)
    const iris = await at('iris')
    await take(iris, caseId, 'intake')
    await iris.get(href(caseId, 'fee'))
    const wrong = await iris.post(href(caseId, 'fee'), { do: 'pay', receipt: '!' })
    expect(errorsIn(wrong.text)).toHaveLength(1)
    const paid = await iris.send(href(caseId, 'fee'), { do: 'pay', receipt: 'R-2026-17' })
    expect(paid.text).toContain('Nothing is to be paid any more.')
  })
})

describe('a case of another officer', () => {
  test('is answered exactly as one that does not exist', async () => {
    const { caseId } = await fresh(office)
    await take(await at('iris'), caseId, 'intake')
    const ivo = await at('ivo')
    const none = 'f'.repeat(32)
    for (const page of ['', 'picture/photo', 'identity-check', 'paper.zip', 'duplicates', 'fee']) {
      const [theirs, nobodys] = await Promise.all([ivo.get(href(caseId, page)), ivo.get(href(none, page))])
      expect([page, theirs.status]).toEqual([page, page === 'paper.zip' ? 403 : 404])
      const plain = (text: string) => text.replace(/value="[\w-]{43}"/g, '').replaceAll(caseId, none)
      expect(plain(theirs.text)).toBe(plain(nobodys.text))
    }
    expect(await statusOf(office, caseId)).toBe('intake')
  })

  test('gives its pictures to who holds it, and to no cache', async () => {
    const { caseId } = await fresh(office)
    const iris = await at('iris')
    const page = await take(iris, caseId, 'intake')
    const pictures = [...page.text.matchAll(/src="(\/office\/case\/[^"]*)"/g)].map(([, src]) => src!)
    expect(pictures).toHaveLength(2)
    for (const src of pictures) {
      const answer = await iris.get(src)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('image/jpeg')
      expect(answer.headers.get('cache-control')).toBe('no-store, no-cache')
    }
    expect((await iris.get(href(caseId, 'picture/0'))).status).toBe(404)
  })
})

describe('the day’s budget', () => {
  test('is on each page, and ends the day, unless two security officers allow more', async () => {
    office.at('2026-12-01T10:00:00Z')
    const iris = await at('iris')
    const { most } = await office.signing.officers.openings((await officersOf(office).iris.signIn()).token)
    const opened = async () => /Opened (\d+) of/.exec((await iris.get('/office')).text)![1]
    expect(await opened()).toBe('0')
    for (let i = 0; i < most; i++) {
      const { caseId } = await fresh(office)
      await take(iris, caseId, 'intake')
    }
    expect(await opened()).toBe(String(most))
    const { caseId } = await fresh(office)
    await iris.get('/office?queue=intake')
    const taken = await iris.post('/office/take', { take: caseId })
    const refused = await iris.get(taken.to!)
    expect(refused.status).toBe(429)
    expect(refused.text).toContain('Enough for today')
    expect(web.reported).toContain('office.budget')

    const sofia = await at('sofia')
    const list = await sofia.get('/office/officers')
    expect(list.text).toContain(`Opened today: ${most} of ${most}.`)
    expect(list.text).toContain('Asked for more')
    expect((await (await at('ada')).get('/office/officers')).text).toContain('Asked for more')
    const path = `/office/officers/allow/${officersOf(office).iris.officer.id}`
    expect((await iris.get(path)).status).toBe(403)
    await sofia.get(path)
    const wrong = await sofia.post(path, { openings: String(most) })
    expect([wrong.status, errorsIn(wrong.text)]).toEqual([
      422,
      [`openings: Write a number from ${most + 1} to 1000`],
    ])
    const drafted = await sofia.post(path, { openings: String(most + 1) })
    await sofia.get(drafted.to!)
    await sofia.send(drafted.to!, { signature: 'yes' })
    await iris.get('/office?queue=intake')
    expect((await iris.get(taken.to!)).status).toBe(429)
    const sergio = await at('sergio')
    await sergio.get(drafted.to!)
    expect((await sergio.send(drafted.to!, { signature: 'yes' })).text).toContain('Allowed, for today.')
    expect((await iris.get(taken.to!)).status).toBe(200)
    office.at('2026-11-24T10:00:00Z')
  }, 120_000)
})

describe('who sits there', () => {
  test('is nobody before signing in, and after signing out', async () => {
    const stranger = visitor(web)
    expect((await stranger.get('/office')).to).toMatch(/^\/office\/(enter|sign-in)/)
    const iris = await at('iris')
    await iris.get('/office')
    const out = await iris.send('/office/sign-out')
    expect(out.text).toContain('You are signed out.')
    expect((await iris.get('/office')).status).toBe(303)
  })

  test('is not chosen from a list outside of specimen mode', async () => {
    const real = officeWeb(office, { specimen: false, specimenOfficers: undefined })
    const browser = visitor(real)
    const page = await browser.get('/office/sign-in')
    expect(page.text).not.toContain('Sign in as')
    const { id } = officersOf(office).iris.officer
    expect((await browser.post('/office/sign-in/specimen', { officer: id })).status).toBe(404)
  })

  test('sees only the pages of their part', async () => {
    const expected: readonly (readonly [string, Parameters<typeof officerAt>[2], number])[] = [
      ['/office/production', 'iris', 403],
      ['/office/production', 'petra', 200],
      ['/office/statistics', 'dario', 403],
      ['/office/statistics', 'ada', 200],
      ['/office/officers', 'dario', 403],
      ['/office/officers', 'ada', 200],
      ['/office/officers/enrol', 'ada', 403],
      ['/office/officers/enrol', 'sofia', 200],
      ['/office', 'sofia', 303],
      ['/office', 'ada', 303],
    ]
    for (const [path, name, status] of expected)
      expect([path, name, (await (await at(name)).get(path)).status]).toEqual([path, name, status])
  })
})
