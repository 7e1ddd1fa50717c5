import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  apply,
  begin,
  describe as describePerson,
  enter,
  handIn,
  peopleOf,
  situation,
  VERA,
} from './applicant.ts'
import { chromiumPath, inChromium, openBrowser, visit } from './browser.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

let office: ServingOffice
let browser: Browser
beforeAll(async () => {
  if (chromiumPath === undefined) return
  office = await serveOffice()
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await office?.remove()
})

describe.skipIf(chromiumPath === undefined)(`somebody applies ${inChromium}`, () => {
  test.each([
    ['with scripts off', false],
    ['with scripts on', true],
  ])('%s: from the first page to the receipt, and comes back with seven words', async (_, script) => {
    const { page, complaints, strangers, close } = await visit(browser, office.named, { script, width: 360 })
    await page.goto('/')
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    const { words, caseId } = await apply(page)
    expect(caseId).toMatch(/^[0-9a-f]{32}$/)
    await page.goto('/exit')
    await page.goto('/my')
    expect(page.url()).toContain('/enter')
    await enter(page, words.toUpperCase())
    await page.goto(`/my/case/${caseId}`)
    expect(await page.locator('h1').textContent()).toBeTruthy()
    expect(complaints).toEqual([])
    expect(strangers).toEqual([])
    await close()
  })

  test('a helper with words of their own prepares the draft, hands nothing in, and is out once revoked', async () => {
    const holder = await visit(browser, office.named, { script: false })
    await begin(holder.page)
    const [person] = await peopleOf(holder.page)
    await holder.page.goto('/my/helpers/add')
    await holder.page.fill('input[name=name]', 'Юрист')
    await holder.page.check('input[name=scopes][value=draft]')
    await holder.page.locator('form[action="/my/helpers/add"] button').click()
    const words = (await holder.page.locator('ol.words li').allTextContents()).join(' ')
    expect(words.split(' ')).toHaveLength(7)

    const helper = await visit(browser, office.named, { script: false })
    await enter(helper.page, words)
    await describePerson(helper.page, person!, VERA)
    await situation(helper.page)
    await helper.page.goto('/my/check')
    expect(await helper.page.locator('form[action="/my/submit"]').count()).toBe(0)
    await holder.page.goto(`/my/person/${person}/name`)
    expect(await holder.page.inputValue('[name=family-name]')).toBe(VERA.familyName)

    await holder.page.goto('/my/helpers')
    await holder.page.locator('form[action$="/revoke"] button').click()
    await helper.page.goto(`/my/person/${person}/name`)
    expect(await helper.page.content()).not.toContain(VERA.familyName)
    await enter(helper.page, words)
    // Words that open nothing lead to the same place as others (P11), and it says so.
    await helper.page.waitForLoadState()
    expect(await helper.page.locator('a[href*="/my/person/"]').count()).toBe(0)
    await helper.page.goto(`/my/person/${person}/name`)
    expect(await helper.page.content()).not.toContain(VERA.familyName)
    expect(await handIn(holder.page)).toHaveLength(1)
    await helper.close()
    await holder.close()
  })

  test('a family with two children is three cases, and one account', async () => {
    const { page, close } = await visit(browser, office.named, { script: false })
    await begin(page, 'latin')
    await page.goto('/my/family')
    for (const _ of [1, 2]) {
      await page.goto('/my/family')
      await page.locator('form[action="/my/family"] button').click()
    }
    const people = await peopleOf(page)
    expect(people).toHaveLength(3)
    const born = [VERA.birth, ['3', '9', '2016'], ['30', '1', '2020']] as const
    for (const [place, person] of people.entries())
      await describePerson(page, person, {
        ...VERA,
        givenNames: ['Вера', 'Лиза', 'Митя'][place]!,
        birth: born[place]!,
      })
    await situation(page)
    expect(await handIn(page)).toHaveLength(3)
    await close()
  })
})
