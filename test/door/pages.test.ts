import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { begin, describe as describePerson, handIn, peopleOf, situation, VERA } from './applicant.ts'
import { chromiumPath, inChromium, openBrowser, type Visit, visit } from './browser.ts'
import { asSpecimen } from './officer.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * The pages before axe and the validator of the W3C, and against their budgets: empty, with an error, and filled, in both
 * languages. With NANSEN_SCREENSHOTS set to a folder, each is photographed at 360 and 1280 pixels.
 */

const require = createRequire(import.meta.url)
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const vnu = join(require.resolve('vnu-jar/package.json'), '../build/dist/vnu.jar')
const haveJava = spawnSync('java', ['-version']).status === 0
const shots = process.env.NANSEN_SCREENSHOTS

/** Octets on the wire, bodies and headers: of a first visit, of a later page, of a page of the office. */
const BUDGET = { first: 20 * 1024, later: 3 * 1024, office: 60 * 1024 }

const folder = mkdtempSync(join(tmpdir(), 'nansen-pages-'))
let office: ServingOffice
let browser: Browser
/** Pages as the browser has them, by the names of their files. */
const seen: string[] = []
const problems: string[] = []

beforeAll(async () => {
  if (chromiumPath === undefined) return
  office = await serveOffice({ cases: true })
  browser = await openBrowser()
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await office?.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Keeps what a page is, and what axe says of it. */
async function look(page: Page, name: string, response?: Response | null): Promise<void> {
  const html = response === undefined || response === null ? await page.content() : await response.text()
  const file = join(folder, `${name}.html`)
  writeFileSync(file, html)
  seen.push(file)
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
  })
  problems.push(...found.map((what) => `${name}: ${what}`))
  if (shots === undefined) return
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
  }
}

const inBoth = ['en', 'ru'] as const

/** A page by its address. */
async function open(visitor: Visit, name: string, path: string): Promise<void> {
  const response = await visitor.page.goto(path)
  await look(visitor.page, name, response)
}

/** A form sent with nothing in it. */
async function sendEmpty(visitor: Visit, name: string): Promise<void> {
  const { page } = visitor
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.locator('main form button').first().click(),
  ])
  await page.waitForLoadState()
  if (response.status() !== 422) problems.push(`${name}: answered ${response.status()} to an empty form`)
  await look(page, name)
}

describe.skipIf(chromiumPath === undefined)(`the pages ${inChromium}`, () => {
  test.each(inBoth)('for anybody and for applicants, in %s', async (locale) => {
    const visitor = await visit(browser, office.named, { locale })
    const { page } = visitor
    const at = (name: string) => `${locale}-${name}`
    for (const [name, path] of [
      ['start', '/'],
      ['about', '/about'],
      ['leaving', '/leaving'],
      ['holidays', '/holidays'],
      ['enter', '/enter'],
      ['begin', '/begin'],
      ['not-found', '/nothing-here'],
    ] as const)
      await open(visitor, at(name), path)
    await page.goto('/enter')
    await sendEmpty(visitor, at('enter-error'))
    await begin(page)
    await look(page, at('home-empty'))
    const [person] = await peopleOf(page)
    for (const name of ['name', 'birth', 'photo', 'evidence', 'evidence/add'] as const)
      await open(visitor, at(name.replace('/', '-')), `/my/person/${person}/${name}`)
    for (const name of [
      'reasons',
      'stay',
      'family',
      'meeting',
      'fee',
      'check',
      'helpers',
      'helpers/add',
    ] as const)
      await open(visitor, at(name.replace('/', '-')), `/my/${name}`)
    await page.goto(`/my/person/${person}/photo`)
    await sendEmpty(visitor, at('photo-error'))
    await page.goto('/my/helpers/add')
    await sendEmpty(visitor, at('helpers-add-error'))
    await describePerson(page, person!, VERA)
    await situation(page)
    for (const name of ['name', 'birth', 'photo', 'evidence'] as const)
      await open(visitor, at(`${name}-filled`), `/my/person/${person}/${name}`)
    for (const name of ['reasons', 'stay', 'meeting', 'fee', 'check'] as const)
      await open(visitor, at(`${name}-filled`), `/my/${name}`)
    const [caseId] = await handIn(page)
    await open(visitor, at('receipt'), '/my/receipt')
    await open(visitor, at('status'), `/my/case/${caseId}`)
    await open(visitor, at('withdraw'), `/my/case/${caseId}/withdraw`)
    expect(visitor.strangers).toEqual([])
    await visitor.close()
  })

  test.each(inBoth)('for officers, in %s', async (locale) => {
    const at = (name: string) => `${locale}-office-${name}`
    const iris = await visit(browser, office.named, { locale })
    await open(iris, at('sign-in'), '/office/sign-in')
    await asSpecimen(iris.page, 'Ivo')
    for (const queue of ['intake', 'waiting', 'duplicate', 'mine'])
      await open(iris, at(`queue-${queue}`), `/office?queue=${queue}`)
    await iris.page.goto('/office?queue=intake')
    await iris.page.locator('button[name=take]').first().click()
    await iris.page.waitForURL(/\/office\/case\/[0-9a-f]{32}/)
    const caseId = /case\/([0-9a-f]{32})/.exec(iris.page.url())![1]!
    await open(iris, at('case'), `/office/case/${caseId}`)
    for (const name of ['request', 'identity-check', 'stay', 'screening', 'note', 'notice', 'fee'] as const)
      await open(iris, at(name), `/office/case/${caseId}/${name}`)
    await iris.page.goto(`/office/case/${caseId}`)
    await iris.page.locator('form:has(input[name=give-back]) button').first().click({ timeout: 5_000 })
    await iris.close()

    const dario = await visit(browser, office.named, { locale })
    await asSpecimen(dario.page, 'Delia')
    for (const queue of ['decision', 'second', 'appeal', 'notice'])
      await open(dario, at(`queue-${queue}`), `/office?queue=${queue}`)
    await dario.page.goto('/office?queue=decision')
    await dario.page.locator('button[name=take]').first().click()
    await dario.page.waitForURL(/\/office\/case\/[0-9a-f]{32}/)
    const deciding = /case\/([0-9a-f]{32})/.exec(dario.page.url())![1]!
    await open(dario, at('decide'), `/office/case/${deciding}/decide`)
    await dario.page.goto(`/office/case/${deciding}`)
    await dario.page.locator('form:has(input[name=give-back]) button').first().click({ timeout: 5_000 })
    await dario.close()

    for (const [label, name, path] of [
      ['Petra', 'production', '/office/production'],
      ['Sofia', 'officers', '/office/officers'],
      ['Sofia', 'enrol', '/office/officers/enrol'],
      ['Ada', 'statistics', '/office/statistics'],
    ] as const) {
      const visitor = await visit(browser, office.named, { locale })
      await asSpecimen(visitor.page, label)
      await open(visitor, at(name), path)
      await visitor.close()
    }
  })

  test('axe finds nothing on any of them', () => {
    expect(seen.length).toBeGreaterThan(90)
    expect(problems).toEqual([])
  })

  test.skipIf(!haveJava || !existsSync(vnu))(
    'the validator of the W3C finds no error on any of them (Java)',
    () => {
      const { stdout, status } = spawnSync(
        'java',
        ['-jar', vnu, '--errors-only', '--format', 'gnu', '--stdout', ...seen],
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
