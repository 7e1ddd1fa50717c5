import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { type OfficerName, officersOf } from '../../../../test/specimen-officers.ts'
import { officerAt, officeWeb, specimenChooser } from '../../../../test/web-officer.ts'
import { visitor } from '../../../../test/web-visitor.ts'
import { machineSpelling } from '../../../authority/src/casework/accounts/machine-spelling.ts'
import { seedCases } from '../../../nansen/src/specimen/seed-cases.ts'
import { SEED_PEOPLE } from '../../../nansen/src/specimen/seed-people.ts'

/*
 * Nobody gets people in bulk: no page of several cases names one, whoever asks, and what is public names none (P22).
 */

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  const { list, answer } = specimenChooser(office)
  await seedCases(office, { list: () => list() as never, answer }, undefined, new AbortController().signal)
  web = officeWeb(office)
}, 180_000)
afterAll(() => office.close())

const NAMES = Object.values(SEED_PEOPLE).flatMap(({ familyName, givenNames, nameLanguage }) => {
  const spelled = machineSpelling(familyName, givenNames, nameLanguage)
  return [familyName, givenNames, spelled.familyName, spelled.givenNames].filter((name) => name.length > 4)
})

const namedIn = (text: string) => NAMES.filter((name) => text.toLowerCase().includes(name.toLowerCase()))

describe('pages of several cases', () => {
  test.each<OfficerName>(['iris', 'dario', 'petra', 'sofia', 'ada'])('name nobody to %s', async (name) => {
    const officer = await officerAt(web, office, name)
    const queues = [
      'intake',
      'waiting',
      'duplicate',
      'notice',
      'decision',
      'second',
      'appeal',
      'production',
      'mine',
    ]
    const paths = [
      ...queues.map((queue) => `/office?queue=${queue}`),
      '/office/production',
      '/office/statistics',
      '/office/officers',
    ]
    for (const path of paths) {
      const { text } = await officer.get(path)
      expect([path, namedIn(text)]).toEqual([path, []])
    }
  })

  test('are found by a case’s code alone: a name finds nothing', async () => {
    const officer = await officerAt(web, office, 'iris')
    for (const name of [SEED_PEOPLE.fresh.familyName, 'GROMOV']) {
      await officer.get('/office')
      const found = await officer.post('/office/find', { code: name })
      expect(found.text).not.toMatch(/\/office\/case\/[0-9a-f]{32}/)
    }
  })

  test('count people, and tell no number under five', async () => {
    const ada = await officerAt(web, office, 'ada')
    const { text } = await ada.get('/office/statistics')
    const numbers = [...text.matchAll(/<td[^>]*>(\d+)<\/td>/g)].map(([, number]) => Number(number))
    expect(numbers.filter((number) => number > 0 && number < 5)).toEqual([])
  })
})

test('what anybody may ask for names nobody', async () => {
  const anybody = visitor(web)
  for (const { method, path, audience } of web.routes) {
    if (method !== 'GET' || audience !== 'public' || path.includes(':')) continue
    const { text } = await anybody.get(path)
    expect([path, namedIn(text)]).toEqual([path, []])
  }
  expect(Object.keys(officersOf(office)).length).toBeGreaterThan(5)
})
