import { assignCase, recordScreening, requestMore } from '@nansen/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  caseEvents,
  first,
  fresh,
  REFUSE,
  SCREENING,
  seat,
  second,
  statusOf,
} from '../../../../../test/desk.ts'
import { officerAt, officeWeb } from '../../../../../test/web-officer.ts'
import { errorsIn } from '../../../../../test/web-visitor.ts'

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  office.at('2026-11-24T10:00:00Z')
  web = officeWeb(office)
})
afterAll(() => office.close())

const pageOf = (caseId: string) => `/office/case/${caseId}/hand-over`
/** Somebody who never came: what others say of them is there. */
async function neverCame() {
  const { caseId } = await fresh(office)
  const desk = await seat(office, 'iris')
  await assignCase(office, desk, caseId)
  await recordScreening(office, desk, caseId, SCREENING)
  return { caseId, desk }
}

describe('a case of somebody who never came', () => {
  test('is given on with a reason, told what it lacks, and can be refused', async () => {
    const { caseId } = await neverCame()
    const iris = await officerAt(web, office, 'iris')
    expect((await iris.get(`/office/case/${caseId}`)).text).toContain(`href="${pageOf(caseId)}"`)
    const page = await iris.get(pageOf(caseId))
    expect(page.text).toContain('an identity check at which the portrait matched')
    const moved = await iris.send(pageOf(caseId), { reason: 'Asked twice, came to no meeting.' })
    expect(moved.to).toBe('/office?queue=mine&moved=1')
    expect(await statusOf(office, caseId)).toBe('decision')

    const dario = await officerAt(web, office, 'dario')
    await assignCase(office, await seat(office, 'dario'), caseId)
    const told = await dario.get(`/office/case/${caseId}`)
    expect(told.text).toContain('Asked twice, came to no meeting.')
    expect(told.text).toContain('Given on to be decided without all facts')
    await first(office, await seat(office, 'dario'), caseId, REFUSE)
    await second(office, await seat(office, 'dana'), caseId)
    expect(await statusOf(office, caseId)).toBe('refused')
  })

  test('is not given on without a reason', async () => {
    const { caseId } = await neverCame()
    const iris = await officerAt(web, office, 'iris')
    await iris.get(pageOf(caseId))
    const empty = await iris.post(pageOf(caseId), { reason: '  ' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('<title>Error: ')
    expect(errorsIn(empty.text)).toEqual(['reason: Write something here'])
    expect(await statusOf(office, caseId)).toBe('intake')
  })

  test('is not given on while something is asked, and the case says why', async () => {
    const { caseId, desk } = await neverCame()
    await requestMore(office, desk, caseId, {
      items: [{ code: 'photo-again', text: 'Новая фотография.' }],
      due: '2026-12-31',
      language: 'ru',
    })
    const iris = await officerAt(web, office, 'iris')
    expect((await iris.get(`/office/case/${caseId}`)).text).toContain(
      'Give the case on without all facts: a request, a notice or a possible duplicate is still open (see Checks)',
    )
    await iris.get(pageOf(caseId))
    const refused = await iris.post(pageOf(caseId), { reason: 'Came to no meeting.' })
    expect(errorsIn(refused.text)).toEqual([
      'save: Something that this needs is missing. See Checks in the case',
    ])
    expect(refused.text).toContain('Came to no meeting.</textarea>')
    expect(refused.text).toContain('id="save"')
    expect(await statusOf(office, caseId)).toBe('intake')
  })

  test('is given on by nobody who decides', async () => {
    const { caseId, desk } = await neverCame()
    const stranger = await officerAt(web, office, 'ivo')
    expect((await stranger.get(pageOf(caseId))).status).toBe(404)
    const iris = await officerAt(web, office, 'iris')
    await iris.get(pageOf(caseId))
    await iris.send(pageOf(caseId), { reason: 'Came to no meeting.' })
    await assignCase(office, await seat(office, 'dario'), caseId)
    const dario = await officerAt(web, office, 'dario')
    expect((await dario.get(`/office/case/${caseId}`)).text).not.toContain('Give the case on')
    await dario.get(pageOf(caseId))
    expect((await dario.post(pageOf(caseId), { reason: 'x' })).status).toBe(403)
    const given = (await caseEvents(office, caseId)).filter(({ kind }) => kind === 'case.handed-over')
    expect(given.map(({ body }) => body.actor)).toEqual([`officer:${desk.officer.id}`])
  })
})
