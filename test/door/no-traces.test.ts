import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Canaries } from '../canary.ts'
import { applyBy, casesOn, enterBy, somebody, straightOn } from './http-applicant.ts'
import { askForMore, signInAs, take } from './http-officer.ts'
import { HttpVisitor } from './http-visitor.ts'
import { havePostgresql, officeOnPostgresql, onPostgresql } from './office-database.ts'
import { type ServeOptions, type ServingOffice, serveOffice } from './serving.ts'

/*
 * Of whoever visits, an office keeps no address, no browser and no page that led here; of what they asked for that is
 * not there, nothing at all. P10
 */

/** What a browser and the machines between tell of somebody. */
const TOLD: Readonly<Record<string, string>> = {
  'User-Agent': 'Mozilla/5.0 (canary-agent-Kestrel) Gecko/20100101',
  Referer: 'https://canary-referrer.example/vkontakte/exile-forum?post=77812',
  Origin: 'null',
  'X-Forwarded-For': '203.0.113.77, 198.51.100.23',
  'X-Real-IP': '203.0.113.78',
  Forwarded: 'for=203.0.113.79;by=203.0.113.80',
  Via: '1.1 canary-proxy-Lapwing',
  'Accept-Language': 'ru-RU-x-canarylang,ru;q=0.9',
  'X-Request-Id': 'canary-request-Bittern',
  'Sec-CH-UA-Platform': '"CanaryPhoneOS"',
}
/** Their own address, as the server sees it: all of 127.0.0.0/8 is this machine. */
const ADDRESS = '127.83.119.42'

const canaries = new Canaries()
for (const [name, value] of Object.entries(TOLD))
  for (const text of value.split(/[,;=()" ]+/).filter((part) => /canary|\d{2,3}\.\d/i.test(part)))
    canaries.add(name, text)
canaries.add('their address', ADDRESS)
/** In paths and queries that are not there, and in what no form of ours has. */
const ASKED = [
  'canary-path-Dunlin',
  'canary-query-Whimbrel',
  'canary-field-Sanderling',
  'canary-host-Turnstone',
]
for (const text of ASKED) canaries.add('what they asked for', text)

const STORES = [
  { where: 'on the embedded store', postgresql: false, skipped: false },
  { where: `${onPostgresql}, with the files of the database`, postgresql: true, skipped: !havePostgresql },
]

for (const { where, postgresql, skipped } of STORES)
  describe.skipIf(skipped)(`an office that was visited, ${where}`, () => {
    let office: ServingOffice
    let places: readonly string[]
    let close = async () => {}
    beforeAll(async () => {
      let options: ServeOptions = {}
      let data: string | undefined
      if (postgresql) {
        const { server, options: on } = await officeOnPostgresql()
        options = on
        data = server.dataFolder
        close = server.stop
      }
      office = await serveOffice(options)
      places = [office.folder, ...(data === undefined ? [] : [data])]
      await everyKindOfVisit(office)
    })
    afterAll(async () => {
      await office?.remove()
      await close()
    })

    test('keeps nothing of who they were, in its files and in what it said', async () => {
      const found = () => places.flatMap((folder) => canaries.findBelow(folder))
      expect(found()).toEqual([])
      expect(canaries.find('its output', Buffer.from(office.said()))).toEqual([])
      await office.stop()
      expect(found()).toEqual([])
    })

    test('says in codes what went wrong, and nothing else', () => {
      const [, after = ''] = office.said().split('Control-C ends it; what was done is kept.\n')
      expect(after).not.toBe('')
      expect(after.split('\n').filter((line) => !/^([a-z]+(\.[A-Za-z-]+)+)?$/.test(line))).toEqual([])
    })

    test('a trace that is planted is found', () => {
      const planted = join(office.folder, 'planted.log')
      writeFileSync(planted, `GET / ${ADDRESS} "${TOLD['User-Agent']}"`)
      const found = canaries.findBelow(office.folder)
      expect(new Set(found.map(({ what }) => what))).toEqual(new Set(['their address', 'User-Agent']))
    })
  })

/** Somebody applies and comes back, an officer works, and a stranger tries everything that is refused. */
async function everyKindOfVisit({ origin }: ServingOffice): Promise<void> {
  const told = { headers: TOLD, from: ADDRESS }
  const visitor = new HttpVisitor(origin, told)
  const { words } = await applyBy(straightOn(visitor), somebody(1))
  const [caseId] = casesOn((await visitor.get('/my')).text)
  await visitor.get('/exit')
  await enterBy(straightOn(new HttpVisitor(origin, told)), words)

  const officer = new HttpVisitor(origin, told)
  await signInAs(officer, 'Iris')
  await take(officer, caseId!)
  await askForMore(officer, caseId!)

  const stranger = new HttpVisitor(origin, told)
  const statuses: number[] = []
  const tries = async (...answers: readonly (() => Promise<{ readonly status: number }>)[]) => {
    for (const answer of answers) statuses.push((await answer()).status)
  }
  const [path, query, field, host] = ASKED as [string, string, string, string]
  await tries(
    () => stranger.get(`/${path}`),
    () => stranger.get(`/my/case/${path}`),
    () => stranger.get(`/?q=${query}`),
    () => stranger.get(`/office/case/${path}?${query}=1`),
    () => new HttpVisitor(origin, { ...told, headers: { ...TOLD, Host: `${host}.example` } }).get('/'),
    () =>
      new HttpVisitor(origin, { ...told, headers: { ...TOLD, Origin: `https://${host}.example` } }).post(
        '/enter',
        { words },
      ),
    () => stranger.post('/enter', { words: field }),
    () => stranger.ask({ method: 'POST', path: '/enter', type: `text/${field}`, body: Buffer.from(field) }),
    () =>
      stranger.ask({
        method: 'POST',
        path: '/enter',
        type: 'application/x-www-form-urlencoded',
        body: Buffer.from(`${field}=${'x'.repeat(80_000)}`),
      }),
  )
  await stranger.get('/enter')
  await tries(
    () => stranger.post('/enter', { words: `${field} раз два три четыре пять шесть` }),
    () => stranger.post('/enter', { words: words.split(' ').reverse().join(' '), [field]: field }),
    () => stranger.get('/my'),
  )
  // No request at all, and lines that break.
  await stranger.raw({ method: 'GET', path: `/ ${path} ${query}` })
  for (const at of ['halfway', 'sent', 'answered'] as const)
    await stranger.cut(
      { method: 'POST', path: `/${path}`, type: 'text/plain', body: Buffer.from(field.repeat(9000)) },
      at,
    )
  if (statuses.length !== 12 || !statuses.some((status) => status >= 400))
    throw new Error(`nothing was refused: ${statuses.join(' ')}`)
}
