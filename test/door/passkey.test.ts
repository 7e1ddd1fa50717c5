import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Serving, serveWeb } from '../../packages/web/src/serve.ts'
import { chromiumPath, inChromium } from '../browser/chromium.ts'
import { caseOffice, type TestCaseOffice } from '../case-office.ts'
import { fresh, gather, seat, second, statusOf } from '../desk.ts'
import { officersOf } from '../specimen-officers.ts'
import { specimenChooser } from '../web-officer.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(chromiumPath === undefined)(`an officer with a passkey ${inChromium}`, () => {
  let office: TestCaseOffice
  let served: Serving
  let browser: Browser
  let base: string
  const said: string[] = []

  beforeAll(async () => {
    office = await caseOffice()
    office.at('2026-11-24T10:00:00Z')
    served = await serveWeb(
      {
        office,
        hosts: ['utopia.localhost'],
        specimen: true,
        specimenOfficers: specimenChooser(office),
        report: (code) => said.push(code),
      },
      { port: 0, host: '127.0.0.1' },
    )
    base = `http://utopia.localhost:${new URL(served.url).port}`
    browser = await chromium.launch({ executablePath: chromiumPath!, args: FLAGS })
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
    await office?.close()
  })

  /** A desk with a browser of its own; with `key`, an authenticator is plugged in and the person verified. */
  async function atDesk(): Promise<{ page: Page; plugIn(): Promise<() => Promise<void>> }> {
    const page = await (await browser.newContext()).newPage()
    page.on('pageerror', (error) => said.push(error.message))
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
    return {
      page,
      async plugIn() {
        const devtools = await page.context().newCDPSession(page)
        await devtools.send('WebAuthn.enable')
        const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
          options: {
            protocol: 'ctap2',
            transport: 'internal',
            hasResidentKey: true,
            hasUserVerification: true,
            isUserVerified: true,
            automaticPresenceSimulation: true,
          },
        })
        return async () => {
          await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
        }
      },
    }
  }

  const press = async (page: Page, name: string | RegExp) => {
    await page.getByRole('button', { name }).click()
    await page.waitForLoadState()
  }
  const chosen = async (page: Page, name: 'Sofia' | 'Sergio') => {
    await page.goto(`${base}/office/sign-in?language=en`)
    await press(page, `Sign in as ${name}`)
  }

  test('is enrolled by two security officers, signs in, and signs exactly what is on the page', async () => {
    const { page, plugIn } = await atDesk()
    await plugIn()
    await chosen(page, 'Sofia')
    await page.getByRole('link', { name: 'Enrol an officer' }).click()
    await press(page, 'Use the new officer’s passkey')
    // The passkey is made first, and the form sent by the script then.
    await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(/^Error: /)
    expect(await page.locator('#key, [name=key]').inputValue()).not.toBe('')
    await page.getByLabel('Name at work').fill('Nora')
    await page.getByLabel('Decisions').check()
    await press(page, 'Use the new officer’s passkey')
    await page.getByRole('heading', { name: 'Sign an enrolment' }).waitFor()
    const shown = await page.locator('pre').innerText()
    expect(JSON.parse(shown)).toMatchObject({
      kind: 'enrol',
      officer: { label: 'Nora', roles: ['decision'] },
    })
    await press(page, 'Sign as Sofia')
    await page.getByText('You have signed.').waitFor()
    expect(await page.getByRole('button', { name: /^Sign as/ }).count()).toBe(0)
    await press(page, 'Sign out')

    const other = (await atDesk()).page
    await chosen(other, 'Sergio')
    await other.getByRole('link', { name: /Enrol Nora/ }).click()
    await other.getByText('Sofia has signed.').waitFor()
    expect(await other.locator('pre').innerText()).toBe(shown)
    await press(other, 'Sign as Sergio')
    await other.getByText('The officer can sign in now.').waitFor()

    await press(page, 'Sign in with my passkey')
    await page.getByText('Signed in as Nora').waitFor()

    const { caseId } = await fresh(office)
    await gather(office, await seat(office, 'iris'), caseId)
    await page.goto(`${base}/office?queue=decision`)
    await press(page, /^Take/)
    await page.goto(`${base}/office/case/${caseId}/decide`)
    await page.getByLabel('Approve').check()
    await page.getByLabel('PT: passport of an alien').check()
    await press(page, 'Look at what will be signed')
    await press(page, 'Change something')
    expect(await page.getByLabel('PT: passport of an alien').isChecked()).toBe(true)
    await press(page, 'Look at what will be signed')
    await press(page, /Sign with my passkey/)
    await page.getByText('The case has moved on').waitFor()
    expect(await statusOf(office, caseId)).toBe('second')
    await second(office, await seat(office, 'dana'), caseId)
    expect(await statusOf(office, caseId)).toBe('production')
  })

  test('is told that nothing was signed where no passkey answers, and is not let in', async () => {
    const { page, plugIn } = await atDesk()
    // An authenticator that knows nobody here.
    await plugIn()
    await page.goto(`${base}/office/sign-in?language=en`)
    await press(page, 'Sign in with my passkey')
    await page.getByRole('heading', { name: 'Now use your passkey' }).waitFor()
    await page.getByText('No passkey answered, or it was cancelled.').waitFor()
    expect(new URL(page.url()).pathname).toBe('/office/sign-in/passkey')
  })

  test('is out at once when two security officers let them go', async () => {
    const ivo = (await atDesk()).page
    await ivo.goto(`${base}/office/sign-in?language=en`)
    await press(ivo, 'Sign in as Ivo')
    const { page } = await atDesk()
    await chosen(page, 'Sofia')
    await press(page, 'Let go Ivo')
    await press(page, 'Sign as Sofia')
    const other = (await atDesk()).page
    await chosen(other, 'Sergio')
    await other.getByRole('link', { name: /Let Ivo go/ }).click()
    await press(other, 'Sign as Sergio')
    await other.getByText('The officer is out at once.').waitFor()
    await ivo.goto(`${base}/office`)
    expect(new URL(ivo.url()).pathname).toBe('/office/sign-in')
    await press(ivo, 'Sign in as Ivo')
    expect(await ivo.title()).toMatch(/^Error: /)
    expect(Object.keys(officersOf(office))).toContain('ivo')
  })

  test('has pages that say nothing to the console', () => {
    expect(said.filter((line) => !/^officer\.|status of (401|403|404|422)/.test(line))).toEqual([])
  })
})
