import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, enter, VERA } from './applicant.ts'
import { chromiumPath, inChromium, openBrowser, visit } from './browser.ts'
import {
  agree,
  atCase,
  decide,
  fillDay,
  newOfficer,
  type Officer,
  produce,
  record,
  send,
  take,
} from './officer.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

const COMMAND = fileURLToPath(new URL('../../packages/nansen/bin/nansen.js', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'nansen-walk-'))
let office: ServingOffice
let browser: Browser
let officers: Readonly<Record<'olga' | 'boris' | 'clara' | 'dmitri' | 'elena' | 'foma', Officer>>
beforeAll(async () => {
  if (chromiumPath === undefined) return
  office = await serveOffice()
  browser = await openBrowser()
  const at = (label: string, role: Parameters<typeof newOfficer>[3]) =>
    newOfficer(browser, office.named, label, role)
  officers = {
    olga: await at('Olga', 'intake'),
    boris: await at('Boris', 'decision'),
    clara: await at('Clara', 'decision'),
    dmitri: await at('Dmitri', 'decision'),
    elena: await at('Elena', 'decision'),
    foma: await at('Foma', 'production'),
  }
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await office?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const textOf = async (page: Page) => (await page.locator('main').textContent()) ?? ''

/** What a page offers to download, as Chromium keeps it. */
async function downloaded(page: Page, names: readonly string[]): Promise<readonly string[]> {
  const paths: string[] = []
  for (const name of names) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`a[href$="${name}"]`).first().click(),
    ])
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    paths.push(path)
  }
  return paths
}

describe.skipIf(chromiumPath === undefined)(`a case ${inChromium}`, () => {
  test('from the application to the counter: asked for more, seen, decided twice, issued, printed, collected', async () => {
    const holder = await visit(browser, office.named, { script: false, width: 360 })
    const { words, caseId } = await apply(holder.page)
    const { olga, boris, clara, foma } = officers

    await take(olga, caseId, 'intake')
    await olga.page.goto(`/office/case/${caseId}/request`)
    await olga.page.locator('input[name=item]').first().check()
    await fillDay(olga.page, 'due', 20)
    await send(olga.page)
    await atCase(olga.page, caseId)

    await holder.page.context().clearCookies()
    await enter(holder.page, words)
    await holder.page.goto(`/my/case/${caseId}/answer/0`)
    await holder.page.fill('textarea[name=text]', 'Вот чего не хватало.')
    await holder.page.locator('main form button').first().click()
    await holder.page.goto(`/my/case/${caseId}/answer`)
    await holder.page.locator(`form[action="/my/case/${caseId}/answer"] button`).click()
    await atCase(holder.page, caseId)

    await olga.page.goto(`/office/case/${caseId}`)
    expect(await textOf(olga.page)).toContain('Вот чего не хватало.')
    await record(olga, caseId)

    await take(boris, caseId, 'decision')
    await decide(boris, caseId, 'approve')
    // The same officer again: the case is not to be had.
    await boris.page.goto('/office?queue=second')
    const again = boris.page.locator(`button[name=take][value="${caseId}"]`)
    if ((await again.count()) > 0) {
      await again.click()
      expect(await textOf(boris.page)).toMatch(/decided first/)
    }
    await boris.page.goto(`/office/case/${caseId}/second`)
    expect(await boris.page.locator('#signature').count()).toBe(0)

    await take(clara, caseId, 'second')
    await agree(clara, caseId)

    await take(foma, caseId, 'production')
    await produce(foma, caseId, 'generate')
    await foma.page.goto(`/office/case/${caseId}/production`)
    const files = await downloaded(foma.page, ['paper.zip', 'datapage.pdf'])
    expect(readFileSync(files[1]!).subarray(0, 5).toString('latin1')).toBe('%PDF-')
    const inspected = spawnSync(
      process.execPath,
      [COMMAND, 'inspect', '--trust', join(office.folder, 'trust'), files[0]!],
      { encoding: 'utf8' },
    )
    expect(inspected.stdout).toMatch(/genuine and current/i)
    expect(inspected.status).toBe(0)
    expect(inspected.stdout).toContain('ZARECHNAIA')
    await foma.page.goto('/office/production')
    await foma.page.fill('input[name=from]', 'UB0000001')
    await foma.page.fill('input[name=count]', '5')
    await foma.page.locator('form[action="/office/production/blanks"] button').click()
    await foma.page.goto(`/office/case/${caseId}/production`)
    await foma.page.fill('input[name=blank]', 'UB0000001')
    await foma.page.locator('button[name=step][value=print]').click()
    for (const step of ['pass', 'dispatch', 'collect']) await produce(foma, caseId, step)

    await holder.page.goto(`/my/case/${caseId}`)
    expect(await textOf(holder.page)).toMatch(/получен|выдан/i)
    for (const { complaints, strangers, label } of [olga, boris, clara, foma])
      expect([label, complaints, strangers]).toEqual([label, [], []])
    await holder.close()
  })

  test('refused by two, appealed, reversed by an officer who took no part, and then approved by two others', async () => {
    const holder = await visit(browser, office.named, { script: false })
    const who = { ...VERA, familyName: 'Полевая', givenNames: 'Софья', birth: ['3', '5', '1991'] as const }
    const { caseId } = await apply(holder.page, who)
    const { olga, boris, clara, dmitri, elena } = officers
    await take(olga, caseId, 'intake')
    await record(olga, caseId)
    await take(boris, caseId, 'decision')
    await decide(boris, caseId, 'refuse')
    await take(clara, caseId, 'second')
    await agree(clara, caseId)

    await holder.page.goto(`/my/case/${caseId}`)
    expect(await textOf(holder.page)).toMatch(/отказ/i)
    await holder.page.goto(`/my/case/${caseId}/appeal`)
    await holder.page.fill('textarea[name=text]', 'В консульстве мне отказали: прилагаю ответ.')
    await holder.page.locator('main form button').first().click()
    await atCase(holder.page, caseId)

    // Who refused does not hear the appeal.
    await boris.page.goto('/office?queue=appeal')
    const own = boris.page.locator(`button[name=take][value="${caseId}"]`)
    if ((await own.count()) > 0) {
      await own.click()
      expect(boris.page.url()).not.toContain(caseId)
    }
    await take(dmitri, caseId, 'appeal')
    await dmitri.page.goto(`/office/case/${caseId}/appeal`)
    await dmitri.page.check('input[name=outcome][value=reversed]')
    const letter = dmitri.page.locator('textarea[name=letter]')
    if ((await letter.count()) > 0) await letter.fill('Ваша жалоба удовлетворена, дело решат заново.')
    await send(dmitri.page)
    await dmitri.page.waitForURL(/\/office(\?|$)/)

    await take(elena, caseId, 'decision')
    await decide(elena, caseId, 'approve')
    await take(dmitri, caseId, 'second').catch(() => undefined)
    await holder.close()
  })

  test('what lies in the folder holds none of their names (P7)', () => {
    expect(readFileSync(join(office.folder, 'OFFICE.json'), 'utf8')).not.toContain('Заречная')
  })
})
