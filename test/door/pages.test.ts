import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { begin, peopleOf } from './applicant.ts'
import { chromiumPath, inChromium, openBrowser, visit } from './browser.ts'
import { notLookedAt } from './every-route.ts'
import { Looking } from './looking.ts'
import { asSpecimen } from './officer.ts'
import { lookAtApplying, lookAtPublicPages } from './pages-of-applicants.ts'
import { lookAtHolding } from './pages-of-holders.ts'
import { lookAtAnEmptyOffice, lookAtDeciding, lookAtIntake, lookAtProduction } from './pages-of-officers.ts'
import { lookAtSecurity } from './pages-of-security.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * The pages before axe and the validator of the W3C, and against their budgets: every route, empty, with what is wrong,
 * and filled, in both languages. With NANSEN_SCREENSHOTS set to a folder, each is photographed at 360 and 1280 pixels.
 */

const require = createRequire(import.meta.url)
const vnu = join(require.resolve('vnu-jar/package.json'), '../build/dist/vnu.jar')
const haveJava = spawnSync('java', ['-version']).status === 0
const shots = process.env.NANSEN_SCREENSHOTS

/** Octets on the wire, bodies and headers: of a first visit, of a later page, of a page of the office. */
const BUDGET = { first: 20 * 1024, later: 3 * 1024, office: 60 * 1024 }

/** Milliseconds: there are hundreds of pages, and other suites beside this one. */
const PATIENCE = 900_000

const folder = mkdtempSync(join(tmpdir(), 'nansen-pages-'))
const looking = new Looking(folder, shots)
let office: ServingOffice
/** To which nobody has come. */
let empty: ServingOffice
let browser: Browser

beforeAll(async () => {
  if (chromiumPath === undefined) return
  ;[office, empty] = await Promise.all([serveOffice({ cases: true }), serveOffice()])
  browser = await openBrowser()
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await Promise.all([office?.remove(), empty?.remove()])
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(chromiumPath === undefined)(`the pages ${inChromium}`, { timeout: PATIENCE }, () => {
  // Two at a time: one alone leaves half of a small machine idle.
  test.concurrent('for anybody, for applicants, for whoever signs in and for security officers', async () => {
    await lookAtPublicPages(looking, browser, office)
    await lookAtApplying(looking, browser, office)
    await lookAtAnEmptyOffice(looking, browser, empty)
    await lookAtSecurity(looking, browser, office)
  })

  test.concurrent('for holders and for officers, of cases at every stage', async () => {
    await lookAtHolding(looking, browser, office)
    await lookAtIntake(looking, browser, office)
    await lookAtDeciding(looking, browser, office)
    await lookAtProduction(looking, browser, office)
  })

  test('are all that there are: every route, and every form with what is wrong, in both languages', () => {
    expect(notLookedAt(looking.looked)).toEqual([])
  })

  test('axe finds nothing on any of them', () => {
    console.log(`${looking.files.length} pages`)
    expect(looking.problems).toEqual([])
  })

  test.skipIf(!haveJava || !existsSync(vnu))(
    'the validator of the W3C finds no error on any of them (Java)',
    () => {
      const { stdout, status } = spawnSync(
        'java',
        ['-jar', vnu, '--errors-only', '--format', 'gnu', '--stdout', ...looking.files],
        {
          encoding: 'utf8',
          maxBuffer: 16 * 1024 * 1024,
        },
      )
      expect(stdout.split('\n').filter(Boolean).slice(0, 10)).toEqual([])
      expect(status).toBe(0)
    },
  )

  test('each keeps to its budget: a first visit, a later page, a page of the office', async () => {
    const told: string[] = []
    const over: string[] = []
    const visitor = await visit(browser, office.named, { locale: 'ru' })
    const weigh = async (name: string, path: string, budget: number, most: number) => {
      let octets = 0
      let requests = 0
      const devtools = await visitor.context.newCDPSession(visitor.page)
      await devtools.send('Network.enable')
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
        octets += encodedDataLength
      })
      // What the browser has already is not asked for.
      devtools.on('Network.responseReceived', ({ response }) => {
        if (!response.url.startsWith('data:') && !response.fromDiskCache) requests++
      })
      devtools.on('Network.requestServedFromCache', () => {
        requests--
      })
      await visitor.page.goto(path, { waitUntil: 'networkidle' })
      await devtools.detach()
      told.push(`${name}: ${octets} of ${budget} octets, ${requests} requests`)
      if (octets > budget || requests > most) over.push(told.at(-1)!)
    }
    await weigh('first visit', '/', BUDGET.first, 2)
    for (const path of ['/begin', '/enter', '/about']) await weigh(`later: ${path}`, path, BUDGET.later, 2)
    await begin(visitor.page)
    await weigh('later: the task list', '/my', BUDGET.later, 2)
    const [person] = await peopleOf(visitor.page)
    await weigh('later: a form', `/my/person/${person}/birth`, BUDGET.later, 2)
    await weigh('later: reasons', '/my/reasons', BUDGET.later, 2)
    await visitor.page.context().clearCookies()
    await asSpecimen(visitor.page, 'Dana')
    await weigh('office: a queue', '/office?queue=decision', BUDGET.office, 4)
    await visitor.close()
    console.log(told.join('\n'))
    expect(over).toEqual([])
  })
})
