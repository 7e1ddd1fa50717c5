import { drawPassphrase } from '@nansen/authority'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { type Applicant, fillDraft, newApplicant } from '../../../../test/web-applicant.ts'
import { errorsIn, hiddenValue, visitor } from '../../../../test/web-visitor.ts'
import { openWeb, type Web } from '../index.ts'

let office: TestCaseOffice
let web: Web
let anna: Applicant
const codes: string[] = []
beforeAll(async () => {
  office = await caseOffice()
  web = openWeb({ office, hosts: ['utopia.localhost'], specimen: true, report: (code) => codes.push(code) })
})
beforeEach(async () => {
  office.at('2026-11-24T10:00:00Z')
  anna = await newApplicant(web)
})
afterAll(() => office.close())

const unknown = () => drawPassphrase(office.random, 'latin').join(' ')

/** All of an answer that the line shows. */
async function raw(words: string): Promise<{ text: string; ms: number }> {
  const browser = visitor(web)
  await browser.get('/enter')
  const start = performance.now()
  const answer = await browser.post('/enter', { words })
  const ms = performance.now() - start
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return { text: `${answer.status}\n${headers}\n\n${answer.text}`, ms }
}

const withoutToken = (text: string): string => text.replace(/seat=[\w-]{43};/, 'seat=…;')

describe('P11: the way in', () => {
  test('answers words that open a page and words that open none alike, byte by byte but for the token', async () => {
    const hit = await raw(anna.words.join(' '))
    const miss = await raw(unknown())
    expect(hit.text).toMatch(/seat=[\w-]{43};/)
    expect(withoutToken(hit.text)).toBe(withoutToken(miss.text))
    expect(hit.text.length).toBe(miss.text.length)
  })

  test('takes as long for both', async () => {
    const times = { hit: [] as number[], miss: [] as number[] }
    for (let n = 0; n < 20; n++) {
      times.hit.push((await raw(anna.words.join(' '))).ms)
      times.miss.push((await raw(unknown())).ms)
    }
    // The least of many: what else the machine does only makes it longer.
    const [hit, miss] = [Math.min(...times.hit), Math.min(...times.miss)]
    console.log(`hit ${hit.toFixed(1)} ms, miss ${miss.toFixed(1)} ms`)
    expect(Math.abs(hit - miss)).toBeLessThan(0.4 * hit)
  })

  test('says on the next page which they were, kindly, and asks again', async () => {
    const browser = visitor(web)
    await browser.get('/enter')
    const page = await browser.send('/enter', { words: unknown() })
    expect(page.status).toBe(422)
    expect(errorsIn(page.text)).toEqual([
      'words: No page opens with these words. Look at each word and at their order, and try once more',
    ])
    const again = await browser.send('/enter', { words: anna.words.join('-').toUpperCase() })
    expect(again.text).toContain('<h1>Your application</h1>')
  })

  test.each(['', 'one two three', 'a '.repeat(500), '<script>alert(1)</script>'])(
    'says what is wrong with %j, and never shows what was typed',
    async (words) => {
      const browser = visitor(web)
      await browser.get('/enter')
      const page = await browser.post('/enter', { words })
      expect([page.status, errorsIn(page.text).length]).toEqual([422, 1])
      expect(page.text).not.toContain('one two three')
      expect(page.text).not.toContain('alert(')
    },
  )
})

describe('a visit that is over', () => {
  const later = (minutes: number) =>
    office.at(new Date(Date.parse('2026-11-24T10:00:00Z') + minutes * 60_000).toISOString())

  test('after half an hour without a request, and not before', async () => {
    later(29)
    expect((await anna.browser.get('/my')).status).toBe(200)
    later(58)
    expect((await anna.browser.get('/my')).status).toBe(200)
    later(58 + 41)
    const over = await anna.browser.get('/my')
    expect(over.to).toBe('/enter?over=1')
    expect((await anna.browser.get(over.to!)).text).toContain('Everything you saved is there')
  })

  test('after half a day in any case', async () => {
    const seen: number[] = []
    for (let minutes = 25; minutes < 14 * 60; minutes += 25) {
      later(minutes)
      if ((await anna.browser.get('/my')).status === 303) seen.push(minutes)
    }
    expect(seen.length).toBeGreaterThan(0)
    expect(seen[0]).toBeGreaterThan(8 * 60)
    expect(seen[0]).toBeLessThan(12 * 60 + 35)
  })

  test('keeps what was sent, and saves it once the words are typed', async () => {
    const story = 'Я написала это долго.\n'.repeat(800)
    await anna.browser.get('/my/reasons')
    later(45)
    const page = await anna.browser.post('/my/reasons', { reasons: ['refugee'], story, go: 'next' })
    expect(page.status).toBe(401)
    expect(page.text).toContain('What you typed is not lost')
    const next = await anna.browser.send('/enter', { words: anna.words.join(' ') })
    expect([next.status, next.to]).toEqual([303, '/my/stay'])
    const kept = await anna.browser.get('/my/reasons')
    expect(kept.text).toContain('Я написала это долго.')
    expect(kept.text).toMatch(/value="refugee" checked/)
  })

  const FROM_HERE = { headers: { 'sec-fetch-site': 'same-origin' } }

  test('and begun anew in another window keeps what was typed in the first one, to be sent once more', async () => {
    await anna.browser.get('/my/reasons')
    const first = new Map(anna.browser.cookies)
    const typed = { reasons: ['refugee'], story: 'Из первого <окна>.', go: 'next' }
    const old = await anna.browser.post('/my/reasons', { ...typed, story: 'Раньше.' })
    expect(old.status).toBe(303)
    const page = await anna.browser.get('/my/reasons')
    const token = hiddenValue(page.text, 'token')!
    await anna.browser.get('/enter')
    await anna.browser.send('/enter', { words: anna.words.join(' ') })
    expect(anna.browser.cookies).not.toEqual(first)
    const elsewhere = await anna.browser.post('/my/reasons', typed, { token })
    expect([elsewhere.status, elsewhere.text.includes('Form out of date')]).toEqual([403, true])
    const again = await anna.browser.post('/my/reasons', typed, { token, ...FROM_HERE })
    expect([again.status, again.text.includes('What you typed is not lost')]).toEqual([409, true])
    expect((await anna.browser.get('/my/reasons')).text).toContain('Раньше.')
    await anna.browser.post('/my/reasons', typed, { token, ...FROM_HERE })
    expect((await anna.browser.post('/my/reasons')).to).toBe('/my/stay')
    expect((await anna.browser.get('/my/reasons')).text).toContain('Из первого &lt;окна&gt;.')
  })

  test('and forgotten by the browser keeps what was typed, too', async () => {
    const page = await anna.browser.get('/my/stay')
    const token = hiddenValue(page.text, 'token')!
    anna.browser.cookies.clear()
    const typed = { country: 'Serbia', basis: 'visa' }
    const asked = await anna.browser.post('/my/stay', typed, { token, ...FROM_HERE })
    expect([asked.status, asked.text.includes('What you typed is not lost')]).toEqual([401, true])
    await anna.browser.send('/enter', { words: anna.words.join(' ') })
    expect((await anna.browser.get('/my/stay')).text).toContain('value="Serbia"')
  })

  test('keeps it through a mistake in typing the words', async () => {
    await anna.browser.get('/my/stay')
    later(45)
    await anna.browser.post('/my/stay', { country: 'Georgia', basis: 'visa' })
    await anna.browser.post('/enter', { words: 'nonsense' })
    await anna.browser.send('/enter', { words: anna.words.join(' ') })
    expect((await anna.browser.get('/my/stay')).text).toContain('value="Georgia"')
  })

  test('does not keep what leads elsewhere', async () => {
    const browser = visitor(web)
    await browser.get('/enter')
    const home = await browser.send('/enter', {
      words: anna.words.join(' '),
      'kept-path': '/exit',
      'kept.a': '1',
    })
    expect(home.text).toContain('<h1>Your application</h1>')
  })

  test('a helper who was shown out is out at once, in the middle of a visit', async () => {
    await anna.browser.get('/my/helpers/add')
    const shown = await anna.browser.send('/my/helpers/add', {
      name: 'Lena',
      scopes: ['draft'],
      script: 'latin',
    })
    const words = [...shown.text.matchAll(/<li>([a-z]+)<\/li>/g)].map(([, word]) => word)
    await anna.browser.send('/my/helpers/words')
    const lena = visitor(web)
    await lena.get('/enter')
    expect((await lena.send('/enter', { words: words.join(' ') })).text).toContain('You are helping somebody')
    await lena.get('/my/reasons')
    expect((await lena.send('/my/reasons', { reasons: ['refugee'] })).status).toBe(200)
    for (const path of ['/my/helpers', '/my/helpers/add']) expect((await lena.get(path)).status).toBe(403)

    const list = await anna.browser.get('/my/helpers')
    const revoke = /action="(\/my\/helpers\/[0-9a-f]{32}\/revoke)"/.exec(list.text)![1]!
    await anna.browser.send(revoke)
    expect((await lena.get('/my/reasons')).to).toBe('/enter')
    expect((await lena.get('/my')).to).toBe('/enter')
    await lena.get('/enter')
    expect((await lena.send('/enter', { words: words.join(' ') })).status).toBe(422)
  })
})

describe('the way out', () => {
  test('ends the visit at once and shows something else', async () => {
    const before = [...anna.browser.cookies]
    const out = await anna.browser.get('/exit')
    expect([out.status, out.to]).toEqual([303, '/holidays'])
    expect(out.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
    expect([...anna.browser.cookies]).toEqual([])
    const page = await anna.browser.get(out.to!)
    expect(page.text).toContain('<title>Public holidays</title>')
    expect(page.text).not.toMatch(/Office for Papers|href="\/(my|exit|enter)/)
    // Whoever kept the cookie has nothing from it.
    const thief = visitor(web)
    for (const [name, value] of before) thief.cookies.set(name, value)
    expect((await thief.get('/my')).status).toBe(303)
  })

  test('is not taken for somebody whom another site sent', async () => {
    const out = await anna.browser.get('/exit', { 'sec-fetch-site': 'cross-site' })
    expect(out.to).toBe('/leaving')
    expect((await anna.browser.get('/my')).status).toBe(200)
  })
})

test('P10: the log has codes, and nothing of who came', async () => {
  await fillDraft(anna)
  await anna.browser.get('/nothing', { referer: 'https://example.org/x', 'user-agent': 'Canary/1.0' })
  await visitor(web).post('/enter', { words: 'x' }, { token: 'wrong' })
  expect(codes.length).toBeGreaterThan(0)
  for (const code of codes) expect(code).toMatch(/^[a-z]+(\.[a-zA-Z-]+)+$/)
})

test('an onion address is told so, and gets no link to the clear one', async () => {
  const host = `${'a'.repeat(56)}.onion`
  const onion = openWeb({ office, hosts: [host, 'utopia.localhost'], specimen: true, report: () => {} })
  const page = await visitor(onion, host).get('/')
  expect(page.text).toContain('New Identity')
  expect(page.text).not.toContain('utopia.localhost')
  expect(hiddenValue((await visitor(onion, host).get('/begin')).text, 'token')).toMatch(/^[\w-]{43}$/)
})
