import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../browser/chromium.ts'

export { chromiumPath, inChromium } from '../browser/chromium.ts'

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium, for as long as a file of tests runs. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath!, args: ARGUMENTS })

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything that pages said to the console, and every exception; none is wanted. */
  readonly complaints: readonly string[]
  /** Requests to anywhere but the office. */
  readonly strangers: readonly string[]
  close(): Promise<void>
}

export interface VisitOptions {
  readonly script?: boolean
  readonly width?: number
  readonly locale?: 'ru' | 'en'
}

/** Somebody with a browser of their own. @param origin of the office */
export async function visit(
  browser: Browser,
  origin: string,
  { script = true, width = 1280, locale = 'ru' }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    javaScriptEnabled: script,
    viewport: { width, height: 900 },
    locale: locale === 'ru' ? 'ru-RU' : 'en-GB',
    baseURL: origin,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const strangers: string[] = []
  page.on('console', (message) => {
    // Chromium advises RS256 for passkeys on old hardware; officers sign on P-256 alone.
    const wanted = /status of 4\d\d|pubKeyCredParams is missing/
    if (['error', 'warning'].includes(message.type()) && !wanted.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== origin) strangers.push(url.origin)
  })
  return { page, context, complaints, strangers, close: () => context.close() }
}
