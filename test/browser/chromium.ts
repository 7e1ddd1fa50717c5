import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'

/** The browser's path, or `undefined` where there is none: `CHROMIUM`, else the first on the path. */
export const chromiumPath = [
  process.env.CHROMIUM,
  ...['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
  ),
].find((path) => path !== undefined && isExecutable(path))

/** Put into the name of a suite that needs the browser, so that a skipped run says why. */
export const inChromium = chromiumPath
  ? '(Chromium)'
  : '(skipped: no Chromium on the path; set CHROMIUM to its path)'

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// The strictest a verifier could set: no other script, no text turned into code, no way out.
const POLICY = "default-src 'none'; script-src 'self'"
const HTML = '<!doctype html><title>Inspection</title><script type="module" src="/page.js"></script>'

export interface OpenPage {
  readonly page: Page
  /** Every request that the page made. */
  readonly requests: readonly string[]
  /** Everything it said to its console, and every exception. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Serves `code` on this machine only and opens it in a browser of its own. */
export async function openPage(code: string): Promise<OpenPage> {
  const server = createServer((request, response) => {
    const script = request.url === '/page.js'
    if (!script && request.url !== '/') {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': script ? 'text/javascript' : 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
    })
    response.end(script ? code : HTML)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const page = await browser.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(new URL(request.url()).pathname))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`http://127.0.0.1:${port}/`)
  return {
    page,
    requests,
    complaints,
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
