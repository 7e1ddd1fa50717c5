import { writeFileSync } from 'node:fs'
import type { PartialDate } from '@nansen/formats/mrz'
import { Chance } from './chance.ts'
import { SCRIPTS, type Script } from './scripts.ts'

/** The columns of people.csv. */
export const PEOPLE_HEADER =
  'id,family_name,given_names,language,nationality,birth_date,sex,document_code,portrait'

/** One row, by column, but for the portrait, which is left empty. */
export interface GeneratedPerson {
  readonly id: string
  readonly familyName: string
  readonly givenNames: string
  readonly language: string
  readonly nationality: string
  readonly birthDate: string
  readonly sex: 'M' | 'F' | 'X'
  readonly documentCode: 'PR' | 'PS' | 'PT'
}

/** Before every day on which a test issues. */
const BORN = { from: 1927, years: 98 }

/**
 * People who do not exist, in six scripts and eight languages by turns, the same ones for the same seed. In twenty, one
 * has one name only, one has names too long for the zone, and two have names of letters by chance.
 */
export function generatePeople(count: number, seed = 1922): readonly GeneratedPerson[] {
  const chance = new Chance(seed)
  return Array.from({ length: count }, (_, i) => {
    const script = SCRIPTS[i % SCRIPTS.length]!
    return {
      id: `person-${String(i + 1).padStart(String(count).length, '0')}`,
      ...namesOf(script, chance),
      language: script.language,
      birthDate: written(chance.birth(BORN.from, BORN.years)),
      sex: chance.pick(['M', 'F', 'F', 'M', 'X'] as const),
      ...kindOf(script, chance),
    }
  })
}

function namesOf(script: Script, chance: Chance): { familyName: string; givenNames: string } {
  const some = (from: string, most: number) =>
    Array.from({ length: 1 + chance.one(most) }, () => chance.pick(from.split(' ')))
  const kind = chance.one(20)
  if (kind === 0) return { familyName: chance.pick(script.givenNames.split(' ')), givenNames: '' }
  if (kind === 1)
    return {
      familyName: [...some(script.familyNames, 2), ...some(script.familyNames, 3)].join('-'),
      givenNames: [
        ...some(script.givenNames, 3),
        ...some(script.givenNames, 3),
        ...some(script.givenNames, 2),
      ].join(' '),
    }
  if (kind <= 3) return { familyName: chance.name(script.letters), givenNames: chance.name(script.letters) }
  return {
    familyName: some(script.familyNames, 1).join(' '),
    givenNames: some(script.givenNames, 2).join(' '),
  }
}

/** Refugees, stateless and others, each with a nationality that goes with it. */
function kindOf(
  { nationality }: Script,
  chance: Chance,
): Pick<GeneratedPerson, 'documentCode' | 'nationality'> {
  const state = nationality.startsWith('XX') ? 'KAZ' : nationality
  switch (chance.one(5)) {
    case 0:
      return { documentCode: 'PS', nationality: 'XXA' }
    case 1:
      return { documentCode: 'PR', nationality: chance.pick(['XXB', 'XXC']) }
    case 2:
      return { documentCode: 'PR', nationality: state }
    default:
      return { documentCode: 'PT', nationality: state }
  }
}

function written({ year, month, day }: PartialDate): string {
  const part = (value: number | undefined, digits: number) =>
    value === undefined ? 'X'.repeat(digits) : String(value).padStart(digits, '0')
  return `${part(year, 4)}-${part(month, 2)}-${part(day, 2)}`
}

/** The list as a file holds it. */
export function peopleCsv(people: readonly GeneratedPerson[]): string {
  const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = people.map((person) =>
    [
      person.id,
      person.familyName,
      person.givenNames,
      person.language,
      person.nationality,
      person.birthDate,
      person.sex,
      person.documentCode,
      '',
    ]
      .map(cell)
      .join(','),
  )
  return `${[PEOPLE_HEADER, ...rows].join('\n')}\n`
}

/** Writes a people.csv of so many people. */
export function writePeople(path: string, count: number, seed?: number): void {
  writeFileSync(path, peopleCsv(generatePeople(count, seed)))
}
