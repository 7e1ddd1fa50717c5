import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { officerAt, officeWeb } from '../../../../test/web-officer.ts'
import { visitor } from '../../../../test/web-visitor.ts'

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  web = officeWeb(office)
})
afterAll(() => office.close())

/** Names of the stylesheets in the head, without what stands for their bytes. */
const stylesOf = (page: string): readonly string[] =>
  [
    ...(page.split('</head>')[0] ?? '').matchAll(
      /rel="stylesheet" href="\/assets\/(\w+)\.[0-9a-f]{12}\.css"/g,
    ),
  ].map(([, name]) => name!)

test('pages of the office load its stylesheet after that of all pages; no other page loads it', async () => {
  const iris = await officerAt(web, office, 'iris')
  for (const path of ['/office/sign-in', '/office']) {
    const { text } = await iris.get(path)
    expect([path, stylesOf(text)]).toEqual([path, ['nansen', 'office']])
    expect(text.split('</head>')[1]).not.toContain('<link')
  }
  for (const { path, audience, method } of web.routes) {
    if (audience === 'officer' || method !== 'GET' || path.includes(':')) continue
    const { text } = await visitor(web).get(path)
    expect([path, text.includes('office.')]).toEqual([path, false])
  }
})

test('a stylesheet is served under a name that its bytes give, for ever', async () => {
  const { text } = await visitor(web).get('/office/sign-in')
  const paths = [...text.matchAll(/rel="stylesheet" href="([^"]+)"/g)].map(([, path]) => path!)
  expect(paths).toHaveLength(2)
  for (const path of paths) {
    const { status, headers } = await visitor(web).get(path)
    expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'text/css; charset=utf-8'])
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const other = path.replace(/[0-9a-f]{12}/, '0'.repeat(12))
    expect((await visitor(web).get(other)).status).toBe(404)
  }
})
