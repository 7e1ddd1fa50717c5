import { openWeb, type Web, type WebOptions } from '../packages/web/src/index.ts'
import type { TestCaseOffice } from './case-office.ts'
import { type OfficerName, officersOf } from './specimen-officers.ts'
import { type Visitor, visitor } from './web-visitor.ts'

/** The officers of a test office, as the pages choose among them. */
export function specimenChooser(office: TestCaseOffice): NonNullable<WebOptions['specimenOfficers']> {
  const all = Object.values(officersOf(office))
  return {
    list: () => all.map(({ officer }) => officer),
    async answer(id, challenge) {
      const found = all.find(({ officer }) => officer.id === id)
      if (found === undefined) throw new RangeError('no such officer')
      return found.sign(challenge)
    },
  }
}

/** The pages of a test office, with what they report. */
export function officeWeb(
  office: TestCaseOffice,
  options: Partial<WebOptions> = {},
): Web & { readonly reported: string[] } {
  const reported: string[] = []
  const web = openWeb({
    office,
    hosts: ['utopia.localhost'],
    specimen: true,
    specimenOfficers: specimenChooser(office),
    report: (code) => reported.push(code),
    ...options,
  })
  return { ...web, reported }
}

/** An officer at a browser without script, signed in by the chooser. */
export async function officerAt(
  web: Pick<Web, 'fetch'>,
  office: TestCaseOffice,
  name: OfficerName,
  language: 'en' | 'ru' = 'en',
): Promise<Visitor> {
  const browser = visitor(web)
  await browser.get(`/office/sign-in?language=${language}`)
  await browser.get('/office/sign-in')
  await browser.send('/office/sign-in/specimen', { officer: officersOf(office)[name].officer.id })
  return browser
}
