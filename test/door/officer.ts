import type { Browser, Page } from 'playwright-core'
import { type Visit, visit } from './browser.ts'

/** An officer with a browser and a passkey of their own. */
export interface Officer extends Visit {
  readonly label: string
}

/** A browser whose authenticator is Chromium's own, for tests: it is present, and verifies its user. */
async function withAuthenticator(browser: Browser, origin: string): Promise<Visit> {
  const visitor = await visit(browser, origin, { locale: 'en' })
  const devtools = await visitor.context.newCDPSession(visitor.page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return visitor
}

/** Signs in as one of the specimen officers, with a plain form. */
export async function asSpecimen(page: Page, label: string): Promise<void> {
  await page.goto('/office/sign-in')
  await page.locator('form[action="/office/sign-in/specimen"] button', { hasText: label }).click()
  await page.waitForURL(/\/office(\/officers|\/statistics|\/production)?(\?.*)?$/)
}

/**
 * A new officer: makes a passkey at Sofia's desk, Sofia and Sergio sign the record each at their own, and the officer
 * signs in with the passkey.
 */
export async function newOfficer(
  browser: Browser,
  origin: string,
  label: string,
  role: 'intake' | 'decision' | 'production',
): Promise<Officer> {
  const officer = await withAuthenticator(browser, origin)
  const { page } = officer
  await asSpecimen(page, 'Sofia')
  await page.goto('/office/officers/enrol')
  await page.fill('input[name=label]', label)
  await page.check(`input[name=role][value=${role}]`)
  await page.click('#create')
  await page.waitForURL('**/office/officers/pending/*')
  await page.click('#signature')
  await page.waitForLoadState()
  const second = await visit(browser, origin, { locale: 'en', script: false })
  await asSpecimen(second.page, 'Sergio')
  await second.page.goto(new URL(page.url()).pathname)
  await second.page.click('#signature')
  await second.page.waitForURL(/\/office\/officers\?done/)
  await second.close()
  await page.context().clearCookies()
  await page.goto('/office/sign-in')
  await page.click('#passkey')
  await page.waitForURL(/\/office(\?.*)?$/)
  return { ...officer, label }
}

/** Takes a case from a queue. */
export async function take({ page }: Pick<Officer, 'page'>, caseId: string, queue: string): Promise<void> {
  await page.goto(`/office?queue=${queue}`)
  await page.locator(`button[name=take][value="${caseId}"]`).click()
  await atCase(page, caseId)
}

/** A day so many days from now, into three fields. */
export async function fillDay(page: Page, name: string, days: number): Promise<void> {
  const [year, month, day] = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-')
  await page.fill(`[name=${name}-day]`, day!)
  await page.fill(`[name=${name}-month]`, month!)
  await page.fill(`[name=${name}-year]`, year!)
}

/** Sends the form of the page, of which the address is that of the page. */
export const send = (page: Page) =>
  page
    .locator(`form[action="${new URL(page.url()).pathname}"] button`)
    .last()
    .click()

/** Until the page of the case, and none below it, is there. */
export const atCase = (page: Page, caseId: string) => page.waitForURL(new RegExp(`/case/${caseId}([?#]|$)`))

/** What has to be recorded before anybody decides. */
export async function record({ page }: Pick<Officer, 'page'>, caseId: string): Promise<void> {
  await page.goto(`/office/case/${caseId}/identity-check`)
  await page.selectOption('select[name=place]', 'office-harbour').catch(async () => {
    await page.check('input[name=place][value=office-harbour]')
  })
  await fillDay(page, 'day', 0)
  await page.check('input[name=level][value="3"]')
  await page.check('input[name=seen][value=internal-passport]')
  await page.check('input[name=portrait][value=yes]')
  await send(page)
  await atCase(page, caseId)
  await page.goto(`/office/case/${caseId}/stay`)
  await page.check('input[name=lawful][value=yes]')
  await page.check('input[name=basis][value=temporary-protection]').catch(async () => {
    await page.selectOption('select[name=basis]', 'temporary-protection')
  })
  await fillDay(page, 'until', 200)
  await send(page)
  await atCase(page, caseId)
  await page.goto(`/office/case/${caseId}/screening`)
  await page.check('input[name=result][value=clear]')
  await fillDay(page, 'day', 0)
  await send(page)
  await page.waitForURL(/\/office(\/case|\?)/)
}

/** The first decision, signed with the passkey. */
export async function decide(
  { page }: Pick<Officer, 'page'>,
  caseId: string,
  kind: 'approve' | 'refuse',
): Promise<void> {
  await page.goto(`/office/case/${caseId}/decide`)
  await page.check(`input[name=decision][value=${kind}]`)
  if (kind === 'approve') await page.check('input[name=document][value=PT]')
  else {
    await page.check('input[name=refuse-ground][value=no-ground-shown]')
    await page.fill('textarea[name=letter]', 'Мы не нашли основания. Вы можете обжаловать это решение.')
  }
  await send(page)
  await page.click('#signature')
  await page.waitForURL(/\/office\?queue=decision/)
}

/** The second decision, over the same bytes. */
export async function agree({ page }: Pick<Officer, 'page'>, caseId: string): Promise<void> {
  await page.goto(`/office/case/${caseId}/second`)
  await page.click('#signature')
  await page.waitForURL(/\/office\?queue=second/)
}

/** One step of making a paper. */
export async function produce({ page }: Pick<Officer, 'page'>, caseId: string, step: string): Promise<void> {
  await page.goto(`/office/case/${caseId}/production`)
  await page.locator(`button[name=step][value=${step}]`).click()
  await page.waitForLoadState()
}
