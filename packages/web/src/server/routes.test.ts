import { beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { fillDraft, handIn, newApplicant } from '../../../../test/web-applicant.ts'
import { hiddenValue, type Visitor, visitor } from '../../../../test/web-visitor.ts'
import { openWeb, type Route, type Web } from '../index.ts'

let office: TestCaseOffice
let web: Web
let codes: string[] = []
const setUp = async () => {
  office = await caseOffice()
  web = openWeb({ office, hosts: ['utopia.localhost'], specimen: true, report: (code) => codes.push(code) })
}

const ID = '0123456789abcdef0123456789abcdef'
const pathOf = ({ path }: Route): string => path.replace(/:item\b/g, '0').replace(/:\w+/g, ID)

const request = (path: string, init: RequestInit = {}, host = 'utopia.localhost') =>
  web.fetch(new Request(`http://${host}${path}`, { redirect: 'manual', ...init }))

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

describe('every route', () => {
  beforeAll(setUp)

  test('is in the tables once, and there are many', () => {
    const names = web.routes.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(50)
  })

  test('has a path of fixed words and ids by chance', () => {
    for (const { path } of web.routes)
      expect(path).toMatch(/^(\/|(\/(:[a-z]+|[a-z]+(-[a-z]+)*(\.[a-z]+)?))+)$/)
  })

  test('asks for the token of the form with every post, and with nothing else', () => {
    for (const { method, csrf, upload } of web.routes) {
      expect(csrf).toBe(method === 'POST')
      if (upload) expect(method).toBe('POST')
    }
  })

  test('tells the browser to keep it, and us, to itself', async () => {
    for (const route of web.routes) {
      const response = await request(pathOf(route), { method: route.method })
      const name = `${route.method} ${route.path}`
      const header = (key: string) => [name, response.headers.get(key)]
      expect(header('content-security-policy')).toEqual([
        name,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" +
          (route.audience === 'officer' ? "; script-src 'self'" : ''),
      ])
      expect(header('cache-control')).toEqual([name, 'no-store, no-cache'])
      expect(header('referrer-policy')).toEqual([name, 'no-referrer'])
      expect(header('x-content-type-options')).toEqual([name, 'nosniff'])
      expect(header('x-robots-tag')).toEqual([name, 'noindex, nofollow'])
      expect(header('cross-origin-opener-policy')).toEqual([name, 'same-origin'])
      expect(header('cross-origin-resource-policy')).toEqual([name, 'same-origin'])
      expect(response.headers.get('permissions-policy')).toContain('camera=(), ')
      expect(response.headers.get('permissions-policy')).toContain('geolocation=(), ')
      expect(response.headers.get('server')).toBeNull()
      for (const cookie of response.headers.getSetCookie())
        expect([name, cookie]).toEqual([
          name,
          expect.stringMatching(/; Path=\/; HttpOnly; SameSite=Strict(; Max-Age=0)?$/),
        ])
    }
  })

  test('refuses a post without the token, and with that of somebody else', async () => {
    const other = visitor(web)
    const foreign = hiddenValue((await other.get('/begin')).text, 'token')!
    for (const route of web.routes.filter(({ method }) => method === 'POST')) {
      const own = visitor(web)
      await own.get(route.audience === 'officer' ? '/office/enter' : '/begin')
      const cookie = [...own.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      for (const fields of [{}, { token: '' }, { token: foreign }, { token: 'A'.repeat(43) }]) {
        const response = await request(pathOf(route), { ...form(fields), headers: { cookie } })
        expect([route.path, response.status]).toEqual([route.path, 403])
      }
      const bare = await request(pathOf(route), form({ token: foreign }))
      expect([route.path, bare.status]).toEqual([route.path, 403])
    }
  })

  test('refuses a post that another site sent, with the right token too', async () => {
    for (const route of web.routes.filter(({ method }) => method === 'POST')) {
      const own = visitor(web)
      const token = hiddenValue((await own.get('/begin')).text, 'token')!
      for (const headers of [
        { origin: 'https://example.org' },
        { origin: 'http://utopia.localhost.example.org' },
        { origin: 'file://' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ] as Record<string, string>[]) {
        const answer = await own.post(pathOf(route), {}, { token, headers })
        expect([route.path, headers, answer.status]).toEqual([route.path, headers, 403])
      }
    }
  })

  test('is not at any other host', async () => {
    for (const route of web.routes) {
      const response = await request(pathOf(route), { method: route.method }, 'example.org')
      expect([route.path, response.status]).toEqual([route.path, 421])
      expect(await response.text()).not.toContain('/my')
    }
    const forged = await request('/', { headers: { host: 'example.org' } })
    expect(forged.status).toBe(421)
    const ported = await request('/', { headers: { host: 'UTOPIA.localhost:8080' } })
    expect(ported.status).toBe(200)
  })

  test('takes no more than its limit', async () => {
    const big = `token=x&a=${'a'.repeat(65 * 1024)}`
    const many = `token=x&${'a=1&'.repeat(60)}`
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const route of web.routes.filter(({ method }) => method === 'POST')) {
      for (const body of [big, many]) {
        const response = await request(pathOf(route), { method: 'POST', headers: type, body })
        expect([route.path, response.status]).toEqual([route.path, 413])
      }
      const data = new FormData()
      data.append('token', 'x')
      data.append('file', new Blob([new Uint8Array(100)]), 'a.jpg')
      const upload = await request(pathOf(route), { method: 'POST', body: data })
      expect([route.path, upload.status]).toEqual([route.path, route.upload ? 403 : 400])
      const json = await request(pathOf(route), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      expect([route.path, json.status]).toEqual([route.path, 400])
    }
  })

  test('of somebody leads whoever is not signed in to the words, and shows nothing', async () => {
    const answers = new Set<string>()
    for (const route of web.routes.filter(({ needs }) => needs === 'door')) {
      const own = visitor(web)
      await own.get('/begin')
      const answer = route.method === 'GET' ? await own.get(pathOf(route)) : await own.post(pathOf(route))
      expect([route.path, answer.status, answer.to]).toEqual([route.path, 303, '/enter'])
      answers.add(answer.text)
    }
    expect([...answers]).toEqual([''])
    for (const route of web.routes.filter(({ needs }) => needs === 'desk')) {
      const answer = await visitor(web).get(pathOf(route))
      if (route.method === 'GET') expect([route.path, answer.to]).toEqual([route.path, '/office/enter'])
    }
  })

  test('has no link that leads away, nothing inline, and its own language', async () => {
    for (const language of ['en', 'ru']) {
      for (const route of web.routes.filter(({ method, needs }) => method === 'GET' && needs === 'nobody')) {
        const { text } = await visitor(web).get(pathOf(route), { 'accept-language': language })
        if (text === '') continue
        checkPage(text, language, route.audience === 'officer')
      }
    }
  })

  test('says in the log no more than codes', () => {
    for (const code of codes) expect(code).toMatch(/^[a-z]+(\.[a-zA-Z-]+)+$/)
  })
}, 120_000)

function checkPage(text: string, language: string, mayScript: boolean): void {
  expect(text).toMatch(/^<!DOCTYPE html><html lang="/)
  expect(text).toContain(`<html lang="${language}">`)
  expect(text).not.toMatch(/https?:|href="\/\/|src="\/\/|action="\/\//)
  expect(text).not.toMatch(/ style=|<style| on[a-z]+=|javascript:|<svg|<iframe/)
  if (!mayScript) expect(text).not.toContain('<script')
  expect(text).toContain(
    language === 'en' ? 'Specimen: Utopia does not exist.' : 'Образец: Утопии не существует.',
  )
  expect(text.match(/<h1/g)).toHaveLength(1)
  expect(text).not.toMatch(/undefined|\[object|NaN/)
}

describe('pages of a person who is signed in', () => {
  let anna: Visitor
  let person: string
  let cases: readonly string[]
  let boris: Visitor
  let draftOf: string
  beforeAll(async () => {
    codes = []
    const applicant = await newApplicant(web)
    await fillDraft(applicant)
    cases = await handIn(applicant)
    ;({ browser: anna, person } = applicant)
    const other = await newApplicant(web)
    boris = other.browser
    draftOf = other.person
  })

  test('in both languages keep to the same rules', async () => {
    for (const language of ['en', 'ru']) {
      await anna.get(`/?language=${language}`)
      await boris.get(`/?language=${language}`)
      for (const route of web.routes.filter(({ method, needs }) => method === 'GET' && needs === 'door')) {
        const path = route.path.replace(':person', draftOf).replace(':case', cases[0]!)
        for (const browser of [anna, boris]) {
          const answer = await browser.get(path.replace(/:item\b/g, '0').replace(/:\w+/g, ID))
          if (answer.status === 303) continue
          expect([200, 404]).toContain(answer.status)
          checkPage(answer.text, language, false)
          expect(answer.text).toContain('href="/exit"')
        }
      }
    }
    await boris.get('/?language=en')
  })

  test('P8: with the ids of somebody else are the page of what does not exist, byte by byte', async () => {
    for (const route of web.routes.filter(
      ({ needs, path }) => needs === 'door' && /:(person|case)/.test(path),
    )) {
      const at = (id: string) =>
        route.path
          .replace(/:person|:case/, id)
          .replace(/:item\b/g, '0')
          .replace(/:\w+/g, ID)
      const ask = async (path: string) => {
        await boris.get('/my/family')
        return route.method === 'GET' ? boris.get(path) : boris.post(path)
      }
      const theirs = await ask(at(route.path.includes(':case') ? cases[0]! : person))
      const nobodys = await ask(at(ID))
      expect([route.path, theirs.status, theirs.to, theirs.text]).toEqual([
        route.path,
        nobodys.status,
        nobodys.to?.replace(ID, route.path.includes(':case') ? cases[0]! : person),
        nobodys.text,
      ])
      expect([route.path, [303, 404, 422].includes(theirs.status)]).toEqual([route.path, true])
    }
    expect((await anna.get('/my')).text).toContain('Рассматривают')
  })
}, 120_000)
