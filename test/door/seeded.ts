import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { SEED_PEOPLE } from '../../packages/nansen/src/specimen/seed-people.ts'
import { enter } from './applicant.ts'
import { visit } from './browser.ts'
import type { ServingOffice } from './serving.ts'

/** An invented person whose case an office with cases has; named after where it is. */
export type Stage = keyof typeof SEED_PEOPLE

/** The seven words of an invented person, as the office wrote them down for whoever tries it. */
export function wordsOf(office: ServingOffice, stage: Stage): string {
  const { familyName, givenNames } = SEED_PEOPLE[stage]
  const lines = readFileSync(join(office.folder, 'SPECIMEN-passphrases.txt'), 'utf8').split('\n')
  const name = `${familyName} ${givenNames}`.trim()
  const line = lines.find((one) => one.startsWith(`${name}: `))
  if (line === undefined) throw new Error(`nobody has the case ${stage}`)
  return line.slice(name.length + 2)
}

/** Enters as that person. @returns the ids of their cases, the own one first */
export async function enterAs(page: Page, office: ServingOffice, stage: Stage): Promise<readonly string[]> {
  await enter(page, wordsOf(office, stage))
  await page.waitForURL('**/my')
  const ids = [...(await page.content()).matchAll(/\/my\/case\/([0-9a-f]{32})/g)].map(([, id]) => id!)
  return [...new Set(ids)]
}

/** The cases of several, as their holders see them. */
export async function casesOf<S extends Stage>(
  browser: Browser,
  office: ServingOffice,
  stages: readonly S[],
): Promise<Readonly<Record<S, string>>> {
  const holder = await visit(browser, office.named)
  const ids: Partial<Record<S, string>> = {}
  for (const stage of stages) ids[stage] = (await enterAs(holder.page, office, stage))[0]!
  await holder.close()
  return ids as Record<S, string>
}
