import type { Page } from 'playwright-core'
import { silhouette } from '../../packages/nansen/src/specimen/silhouette.ts'
import { specimenDocument } from '../../packages/nansen/src/specimen/specimen-document.ts'

/** Somebody who does not exist, as they type it. */
export interface Applicant {
  readonly familyName: string
  readonly givenNames: string
  readonly language: string
  readonly birth: readonly [day: string, month: string, year: string]
  readonly sex: 'F' | 'M' | 'X'
  readonly nationality: string
}

export const VERA: Applicant = {
  familyName: 'Заречная',
  givenNames: 'Вера Андреевна',
  language: 'ru',
  birth: ['12', '4', '1987'],
  sex: 'F',
  nationality: 'RUS',
}

const photo = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(silhouette()) }
const document = {
  name: 'document.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from(specimenDocument('booklet', 7)),
}

/** Saves what a page asks for and goes on to the next one. */
const next = (page: Page) => page.locator('button[value=next]').click()

/** Makes an account. @returns the seven words */
export async function begin(page: Page, script: 'cyrillic' | 'latin' = 'cyrillic'): Promise<string> {
  await page.goto('/begin')
  await page.check(`input[name=script][value=${script}]`)
  await page.locator('main form button').first().click()
  const words = await page.locator('ol.words li').allTextContents()
  if (words.length !== 7) throw new Error(`${words.length} words`)
  await page.goto('/begin/check')
  for (const input of await page.locator('input[name^=word-]').all()) {
    const name = (await input.getAttribute('name')) ?? ''
    await input.fill(words[Number(name.slice('word-'.length)) - 1] ?? '')
  }
  await page.locator('main form button').first().click()
  await page.waitForURL('**/my')
  return words.join(' ')
}

/** Comes back with the seven words. */
export async function enter(page: Page, words: string): Promise<void> {
  await page.goto('/enter')
  await page.fill('textarea[name=words]', words)
  await page.locator('main form button').first().click()
}

/** Fills everything that a person is asked about themselves, from their name page on. */
export async function describe(page: Page, person: string, who: Applicant): Promise<void> {
  await page.goto(`/my/person/${person}/name`)
  await page.selectOption('select[name=name-language]', who.language).catch(async () => {
    await page.check(`input[name=name-language][value=${who.language}]`)
  })
  await page.fill('[name=family-name]', who.familyName)
  await page.fill('[name=given-names]', who.givenNames)
  await next(page)
  await page.waitForURL('**/spelling')
  await next(page)
  await page.waitForURL('**/birth')
  for (const [place, part] of (['day', 'month', 'year'] as const).entries())
    await page.fill(`[name=birth-date-${part}]`, who.birth[place]!)
  await page.check(`input[name=sex][value=${who.sex}]`)
  await page.fill('[name=nationality]', who.nationality)
  await next(page)
  await page.goto(`/my/person/${person}/photo`)
  await page.setInputFiles('input[name=photo]', photo)
  await page.locator('main form button').last().click()
  await page.goto(`/my/person/${person}/evidence/add`)
  await page.check('input[name=kind][value=internal-passport]').catch(async () => {
    await page.selectOption('select[name=kind]', 'internal-passport')
  })
  await page.setInputFiles('input[name=file]', document)
  await page.locator('main form button').first().click()
}

/** Fills what is asked once for a whole family. */
export async function situation(page: Page): Promise<void> {
  await page.goto('/my/reasons')
  await page.check('input[name=reasons][value=passport-not-to-be-asked-for]')
  await page.fill('textarea[name=story]', 'Я подписала письмо против войны, и меня ищут.')
  await next(page)
  await page.goto('/my/stay')
  await page.fill('[name=country]', 'UTO')
  await page.check('input[name=basis][value=temporary-protection]')
  await next(page)
  await page.goto('/my/meeting')
  await page.check('input[name=meeting][value=office-harbour]')
  await page.check('input[name=language][value=ru]')
  await next(page)
  await page.goto('/my/fee')
  await page.check('input[name=waiver]').catch(() => undefined)
  await next(page)
}

/** The people of the draft, by their ids. */
export async function peopleOf(page: Page): Promise<readonly string[]> {
  await page.goto('/my')
  const hrefs = await page
    .locator('a[href^="/my/person/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return [...new Set(hrefs.flatMap((href) => /person\/([0-9a-f]{32})/.exec(href)?.[1] ?? []))]
}

/** Hands it in. @returns the ids of the cases */
export async function handIn(page: Page): Promise<readonly string[]> {
  await page.goto('/my/check')
  await page.locator('form[action="/my/submit"] button').click()
  await page.waitForURL('**/my/receipt')
  await page.goto('/my')
  const hrefs = await page
    .locator('a[href^="/my/case/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return [...new Set(hrefs.flatMap((href) => /case\/([0-9a-f]{32})/.exec(href)?.[1] ?? []))]
}

/** From the first page to the receipt. */
export async function apply(page: Page, who: Applicant = VERA) {
  const words = await begin(page)
  const [person] = await peopleOf(page)
  await describe(page, person!, who)
  await situation(page)
  const [caseId] = await handIn(page)
  return { words, caseId: caseId! }
}
