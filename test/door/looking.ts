import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BrowserContext, Page, Response } from 'playwright-core'

const require = createRequire(import.meta.url)
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

/** What somebody was shown. */
export interface Looked {
  readonly method: string
  /** `/my/stay` */
  readonly path: string
  readonly status: number
  readonly language: Language
}

export interface Expected {
  /** Of the picture, and of the page where it is named in a complaint. */
  readonly name: string
  readonly language: Language
  readonly status: number
}

/** All pages that are looked at: what they are, what axe says of them, and, if asked for, how they look. */
export class Looking {
  /** Pages as they came over the wire, by the names of their files. */
  readonly files: string[] = []
  readonly problems: string[] = []
  readonly looked: Looked[] = []
  readonly #folder: string
  readonly #shots: string | undefined

  /** @param shots a folder for pictures at 360 and 1280 pixels */
  constructor(folder: string, shots: string | undefined) {
    this.#folder = folder
    this.#shots = shots
  }

  /** Before the first page of a browser: axe comes along with each, as sending it again and again takes longer. */
  async begin(context: BrowserContext): Promise<void> {
    await context.addInitScript({ content: AXE })
  }

  /** At a page that a browser just opened. */
  async at(page: Page, response: Response, { name, language, status }: Expected): Promise<void> {
    const called = `${language}-${name}`
    const file = join(this.#folder, `${called}.html`)
    if (this.files.includes(file)) throw new Error(`two pages are called ${called}`)
    const html = await response.text()
    writeFileSync(file, html)
    this.files.push(file)
    this.looked.push({
      method: response.request().method(),
      path: new URL(response.url()).pathname,
      status: response.status(),
      language,
    })
    const wrong = [
      ...(response.status() === status ? [] : [`answered ${response.status()}, not ${status}`]),
      ...(html.includes(`<html lang="${language}">`) ? [] : ['is in another language']),
      ...(/undefined|\[object/.test(html) ? ['shows undefined'] : []),
      ...(await violations(page)),
    ]
    this.problems.push(...wrong.map((what) => `${called}: ${what}`))
    if (this.#shots === undefined) return
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: join(this.#shots, `${called}-${width}.png`), fullPage: true })
    }
  }
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

interface Axe {
  run(options: object): Promise<{ readonly violations: readonly Violation[] }>
}

async function violations(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: Axe }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 120)])
  })
  return found.map(([id, html]) => `${id}: ${html}`)
}
