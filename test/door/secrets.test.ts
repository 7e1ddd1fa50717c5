import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SEED_PEOPLE } from '../../packages/nansen/src/specimen/seed-people.ts'
import type { Canaries } from '../canary.ts'
import { canariesOf, FOR_NEWCOMERS } from './seeded-canaries.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * What lies in the folder of an office at work, its database, journals, log and keys, after people applied, were asked,
 * refused, and given papers. The file for newcomers with the passphrases of people who do not exist is left out, and
 * nothing else.
 */

let office: ServingOffice
let canaries: Canaries
beforeAll(async () => {
  office = await serveOffice({ cases: true })
  canaries = canariesOf(office)
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
