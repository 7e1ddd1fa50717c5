import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machineSpelling } from '../../packages/authority/src/casework/accounts/machine-spelling.ts'
import { SEED_PEOPLE } from '../../packages/nansen/src/specimen/seed-people.ts'
import { Canaries } from '../canary.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * What lies in the folder of an office at work, its database, journals, log and keys, after people applied, were asked,
 * refused, and given papers. The file for newcomers with the passphrases of people who do not exist is left out, and
 * nothing else.
 */

const FOR_NEWCOMERS = 'SPECIMEN-passphrases.txt'

let office: ServingOffice
let canaries: Canaries
beforeAll(async () => {
  office = await serveOffice({ cases: true })
  canaries = new Canaries()
  for (const { familyName, givenNames, nameLanguage } of Object.values(SEED_PEOPLE)) {
    const spelled = machineSpelling(familyName, givenNames, nameLanguage)
    for (const text of [familyName, givenNames, spelled.familyName, spelled.givenNames])
      canaries.add('a name', text)
  }
  canaries.add('a story', 'обратиться в консульство не могу')
  canaries.add('a letter', 'Вы можете обжаловать это решение')
  canaries.add('a note', 'Asked for the whole page')
  canaries.add('a notice', 'Notice of the state that the applicant fled')
  canaries.add('an appeal', 'в консульстве мне в новом отказали')
  for (const line of readFileSync(join(office.folder, FOR_NEWCOMERS), 'utf8').split('\n'))
    for (const word of [line.split(': ')[1] ?? '']) canaries.add('a passphrase', word)
}, 180_000)
afterAll(() => office?.remove())

describe('a thief of everything that is stored (P7)', () => {
  test('finds no name, story, letter, note or passphrase, running or stopped', async () => {
    expect(canaries.size).toBeGreaterThan(500)
    const sightings = () =>
      canaries.findBelow(office.folder).filter(({ where }) => !where.endsWith(FOR_NEWCOMERS))
    expect(sightings()).toEqual([])
    await office.stop()
    expect(sightings()).toEqual([])
  })

  test('and none in what the server said', () => {
    expect(canaries.find('its output', Buffer.from(office.said()))).toEqual([])
  })

  test('a leak that is planted is found', () => {
    const planted = join(office.folder, 'planted.log')
    writeFileSync(planted, Buffer.from(`… ${SEED_PEOPLE.wanted.familyName.toUpperCase()} …`, 'utf16le'))
    expect(canaries.findBelow(office.folder).map(({ where }) => where)).toContain(planted)
  })
})
