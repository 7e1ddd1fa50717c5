import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { caseOffice } from '../../../../test/case-office.ts'
import { fillDraft, newApplicant } from '../../../../test/web-applicant.ts'
import { visitor } from '../../../../test/web-visitor.ts'
import { openWeb, type Web } from '../index.ts'

const KB = 1000
let web: Web

beforeAll(async () => {
  web = openWeb({ office: await caseOffice(), hosts: ['utopia.localhost'], specimen: true, report: () => {} })
})

interface Weight {
  readonly page: number
  readonly assets: number
  readonly requests: number
}

/** What goes over the line for a page, bodies as they are sent, and how many requests a browser makes for it. */
async function weigh(path: string, cookie: string, language: string): Promise<Weight> {
  const ask = async (of: string) => {
    const headers = { 'accept-encoding': 'gzip, deflate, br', 'accept-language': language, cookie }
    const response = await web.fetch(new Request(`http://utopia.localhost${of}`, { headers }))
    const bytes = Buffer.from(await response.arrayBuffer())
    return { bytes, response }
  }
  const page = await ask(path)
  expect([path, page.response.headers.get('content-encoding')]).toEqual([path, 'gzip'])
  const html = await web.fetch(
    new Request(`http://utopia.localhost${path}`, { headers: { 'accept-language': language, cookie } }),
  )
  const linked = new Set(
    [...(await html.text()).matchAll(/(?:<link rel="(?:stylesheet|icon)" href|src)="([^"]+)"/g)].map(
      ([, of]) => of!,
    ),
  )
  let assets = 0
  for (const of of linked) {
    const asset = await ask(of)
    expect(asset.response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    assets += asset.bytes.length
  }
  return { page: page.bytes.length, assets, requests: 1 + linked.size }
}

describe('over a slow line', () => {
  test('a first view is at most 20 kB in two requests, a later one 3 kB, in each language', async () => {
    const rows: string[] = []
    for (const language of ['en', 'ru'] as const) {
      const applicant = await newApplicant(web, language)
      await fillDraft(applicant)
      const cookie = [...applicant.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const own = (page: string) => `/my/person/${applicant.person}/${page}`
      const pages = [
        ...['/', '/about', '/leaving', '/holidays', '/begin', '/enter'],
        ...['/my', own('name'), own('spelling'), own('birth'), own('photo'), own('evidence')],
        ...[
          `${own('evidence')}/add`,
          '/my/reasons',
          '/my/stay',
          '/my/family',
          '/my/meeting',
          '/my/fee',
          '/my/check',
        ],
        ...['/my/helpers', '/my/helpers/add'],
      ]
      for (const path of pages) {
        const signedIn = path.startsWith('/my')
        const { page, assets, requests } = await weigh(path, signedIn ? cookie : '', language)
        rows.push(
          `${language} ${path.replace(/[0-9a-f]{32}/, ':id').padEnd(28)} ${page} + ${assets} octets, ${requests} requests`,
        )
        expect([path, language, page + assets < 20 * KB, requests]).toEqual([path, language, true, 2])
        expect([path, language, page, page <= LATER(path, language)]).toEqual([path, language, page, true])
      }
    }
    console.log(rows.join('\n'))
  })

  test('the stylesheet is small and names nothing to fetch', async () => {
    const html = (await visitor(web).get('/')).text
    const path = /rel="stylesheet" href="([^"]+)"/.exec(html)![1]!
    const css = (await visitor(web).get(path)).text
    expect(css.length).toBeLessThan(12 * KB)
    expect(gzipSync(css).length).toBeLessThan(3.6 * KB)
    expect(css).not.toMatch(/url\(|@import|@font-face|crest|crown/)
  })

  test('what is compressed gives no token away: it is another each time', async () => {
    const one = visitor(web)
    const tokens = new Set<string>()
    for (let n = 0; n < 20; n++)
      tokens.add(/name="token" value="([^"]+)"/.exec((await one.get('/begin')).text)![1]!)
    expect(tokens.size).toBe(20)
  })
}, 120_000)

/** The first page and the two that explain are read once, and in Russian letters are two octets. */
const LATER = (path: string, _language: string): number =>
  ['/', '/about'].includes(path) ? 3.6 * KB : 3 * KB
