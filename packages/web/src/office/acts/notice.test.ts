import { assignCase, openNotice } from '@nansen/authority'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { fresh, seat } from '../../../../../test/desk.ts'
import { officerAt, officeWeb } from '../../../../../test/web-officer.ts'
import { errorsIn } from '../../../../../test/web-visitor.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
  office.at('2026-11-24T10:00:00Z')
})
afterAll(() => office.close())

const BUTTON = /<button type="submit"([^>]*)>Settle it<\/button>/

test('P18: whoever opened the review of a notice reads it, sees why it is not theirs to settle, and is refused', async () => {
  const { caseId } = await fresh(office)
  const [iris, dario] = await Promise.all([seat(office, 'iris'), seat(office, 'dario')])
  await assignCase(office, iris, caseId)
  await openNotice(office, iris, caseId, { origin: 'interpol', text: 'A diffusion.' })
  const web = officeWeb(office)
  const page = `/office/case/${caseId}/notice`
  const own = await officerAt(web, office, 'iris')
  const shown = (await own.get(page)).text
  expect(shown).toContain('A diffusion.')
  expect(BUTTON.exec(shown)?.[1]).toBe(' disabled="" id="save" aria-describedby="why-not"')
  expect(shown).toContain('id="why-not">you opened it: another officer settles it')
  expect((await own.post(page, { outcome: 'no-obstacle', text: 'x' })).status).toBe(403)

  await own.get(`/office/case/${caseId}`)
  await own.send('/office/take', { 'give-back': caseId })
  await assignCase(office, await seat(office, 'ivo'), caseId)
  const ivo = await officerAt(web, office, 'ivo')
  expect((await ivo.get(page)).text).toContain('id="why-not">this is not your part in the office')
  await ivo.get(`/office/case/${caseId}`)
  await ivo.send('/office/take', { 'give-back': caseId })
  await assignCase(office, dario, caseId)
  const other = await officerAt(web, office, 'dario')
  expect(BUTTON.exec((await other.get(page)).text)?.[1]).toBe(' id="save"')
  const empty = await other.post(page)
  expect(errorsIn(empty.text)).toEqual([
    'outcome: Choose one: What is it worth?',
    'text: Write something here',
  ])
})
