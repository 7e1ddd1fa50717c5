import type { Browser, Page, Response } from 'playwright-core'
import { COOKIE } from '../../packages/web/src/server/cookies.ts'
import { type Visit, visit } from './browser.ts'
import { LANGUAGES, type Language, type Looking } from './looking.ts'

export type Fields = Readonly<Record<string, string | readonly string[]>>

export interface Picture {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** A form of a page, and what is put into it. */
export interface Sending {
  /** The page that has the form; by default the one that the form is sent to. */
  readonly at?: string
  readonly action: string
  /** Fields that are not on the page go along hidden; '' chooses none of a list. */
  readonly fields?: Fields
  readonly files?: Readonly<Record<string, Picture>>
}

/** Milliseconds: what is missing on a page is missed soon; an answer may take its time on a busy machine. */
const PATIENCE = { page: 5_000, answer: 60_000 }

/** Somebody who goes through pages and looks at each in every language. */
export class Tour {
  readonly visit: Visit
  readonly #looking: Looking
  readonly #origin: string
  readonly #prefix: string

  /** @param prefix of the names of the pages that they look at */
  constructor(looking: Looking, visit: Visit, origin: string, prefix: string) {
    this.#looking = looking
    this.visit = visit
    this.#origin = origin
    this.#prefix = prefix
    this.page.setDefaultTimeout(PATIENCE.page)
    this.page.setDefaultNavigationTimeout(PATIENCE.answer)
  }

  get page(): Page {
    return this.visit.page
  }

  /** A page by its address, in every language. */
  async show(name: string, path: string, status = 200): Promise<void> {
    for (const language of LANGUAGES) await this.look(name, await this.go(path, language), language, status)
  }

  /** What a form is answered that does not lead on, in every language: 422 with what is wrong, if nothing else is said. */
  async tries(name: string, sending: Sending, status = 422): Promise<void> {
    for (const language of LANGUAGES) {
      await this.go(sending.at ?? sending.action, language)
      await this.look(name, await sendForm(this.page, sending), language, status)
    }
  }

  /** A form that leads on. @returns the path that it led to */
  async sends(sending: Sending): Promise<string> {
    await this.go(sending.at ?? sending.action)
    return this.sendsHere(sending)
  }

  /** The same from the page that is open. */
  async sendsHere(sending: Sending): Promise<string> {
    const response = await sendForm(this.page, sending)
    const { pathname } = new URL(response.url())
    if (response.request().redirectedFrom() === null)
      throw new Error(`${sending.action}: answered ${response.status()}, and led nowhere`)
    return pathname
  }

  /** Opens a page, in that language from now on. */
  async go(path: string, language?: Language): Promise<Response> {
    if (language !== undefined)
      await this.visit.context.addCookies([{ name: COOKIE.language, value: language, url: this.#origin }])
    const response = await this.page.goto(path, { waitUntil: 'domcontentloaded' })
    return response!
  }

  async look(name: string, response: Response, language: Language, status = 200): Promise<void> {
    await this.#looking.at(this.page, response, { name: this.#prefix + name, language, status })
  }

  /** The paths of links of the page that lead there. */
  async links(begin: string): Promise<readonly string[]> {
    const hrefs = await this.page
      .locator(`main a[href^="${begin}"]`)
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    return [...new Set(hrefs)]
  }

  /** Leaves; that no page asked anybody else for anything belongs to what was looked at. */
  async close(): Promise<void> {
    this.#looking.problems.push(...this.visit.strangers.map((origin) => `${this.#prefix}: asks ${origin}`))
    await this.visit.close()
  }
}

/** Somebody with a browser of their own. @param prefix of the names of the pages that they look at */
export async function tour(
  looking: Looking,
  prefix: string,
  browser: Browser,
  origin: string,
): Promise<Tour> {
  const somebody = await visit(browser, origin)
  await looking.begin(somebody.context)
  return new Tour(looking, somebody, origin, prefix)
}

/** Fills and sends a form of the page as a browser without a script does. @throws where there is no such form */
export async function sendForm(page: Page, { action, fields = {}, files = {} }: Sending): Promise<Response> {
  for (const [name, picture] of Object.entries(files)) await page.setInputFiles(`[name=${name}]`, picture)
  const [response] = await Promise.all([
    page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
    page.evaluate(fillAndSend, { action, fields }),
  ])
  return response!
}

/** In the page. The form's own `submit` asks no script. */
function fillAndSend({ action, fields }: { readonly action: string; readonly fields: Fields }): void {
  const form = [...document.forms].find((one) => new URL(one.action).pathname === action)
  if (form === undefined) throw new Error(`${location.pathname} has no form for ${action}`)
  for (const [name, wanted] of Object.entries(fields)) {
    const values = [wanted].flat()
    const there = [...form.elements].filter((one) => one.getAttribute('name') === name)
    const [first] = there
    if (first instanceof HTMLInputElement && ['radio', 'checkbox'].includes(first.type)) {
      for (const choice of there as HTMLInputElement[]) choice.checked = values.includes(choice.value)
    } else if (first !== undefined && 'value' in first && !(first instanceof HTMLButtonElement)) {
      first.value = values[0] ?? ''
    } else {
      for (const value of values) {
        const hidden = document.createElement('input')
        Object.assign(hidden, { type: 'hidden', name, value })
        form.append(hidden)
      }
    }
  }
  HTMLFormElement.prototype.submit.call(form)
}
