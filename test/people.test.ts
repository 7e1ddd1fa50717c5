import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LAYOUTS, nameComponents } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import { afterAll, expect, test } from 'vitest'
import { type PersonRow, readPeople } from '../packages/nansen/src/people/index.ts'
import { generatePeople, peopleCsv, writePeople } from './people.ts'
import { SCRIPTS } from './scripts.ts'

const folder = mkdtempSync(join(tmpdir(), 'generated-people-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('5,000 generated people are read from their list as orders, every one', async () => {
  const path = join(folder, 'people.csv')
  writePeople(path, 5_000)
  const people = generatePeople(5_000)
  const rows: PersonRow[] = []
  const at = new Date('2026-06-15T00:00:00Z')
  for await (const row of readPeople(path, { state: 'UTO', profile: 'booklet-1', at })) rows.push(row)
  expect(rows.filter((row) => 'problems' in row)).toEqual([])
  const read = rows.map((row) => 'order' in row && { ...row.order, id: row.order.reference })
  const { length } = people
  expect(read).toHaveLength(length)
  for (const [i, person] of people.entries())
    expect(read[i]).toMatchObject({ ...person, familyName: person.familyName.normalize('NFC') })
})

test('they are the same at every run, and others with another seed', () => {
  expect(peopleCsv(generatePeople(100))).toBe(peopleCsv(generatePeople(100)))
  expect(peopleCsv(generatePeople(100, 7))).not.toBe(peopleCsv(generatePeople(100)))
})

test('the hard cases are among a thousand of them', () => {
  const people = generatePeople(1_000)
  expect(new Set(SCRIPTS.map(({ script }) => script)).size).toBe(6)
  expect(new Set(people.map(({ language }) => language)).size).toBe(8)
  expect(new Set(people.map(({ id }) => id)).size).toBe(1_000)
  const share = (holds: (person: (typeof people)[number]) => boolean) => people.filter(holds).length
  const latin = (text: string, language: string) =>
    nameComponents(transliterate(text, { language })).join('<')
  const { start, end } = LAYOUTS.TD3.fields.name
  const counts = {
    oneName: share(({ givenNames }) => givenNames === ''),
    tooLong: share(
      ({ familyName, givenNames, language }) =>
        `${latin(familyName, language)}<<${latin(givenNames, language)}`.length > end - start,
    ),
    partialBirth: share(({ birthDate }) => birthDate.includes('X')),
    children: share(({ birthDate }) => birthDate > '2008' && !birthDate.startsWith('X')),
    quoted: share(({ familyName, givenNames }) => `${familyName}${givenNames}`.includes(',')),
    refugees: share(({ documentCode }) => documentCode === 'PR'),
    stateless: share(({ documentCode }) => documentCode === 'PS'),
    aliens: share(({ documentCode }) => documentCode === 'PT'),
  }
  for (const [name, count] of Object.entries(counts))
    expect({ name, enough: count >= 20 }).toEqual({ name, enough: true })
})
