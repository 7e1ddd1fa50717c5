import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineSpelling } from '../../packages/authority/src/casework/accounts/machine-spelling.ts'
import { SEED_PEOPLE } from '../../packages/nansen/src/specimen/seed-people.ts'
import { Canaries } from '../canary.ts'
import type { ServingOffice } from './serving.ts'

/** With the passphrases of people who do not exist. */
export const FOR_NEWCOMERS = 'SPECIMEN-passphrases.txt'

/** A piece of each kind of writing that the invented cases hold. */
export const WRITINGS = {
  'a story': 'обратиться в консульство не могу',
  'a letter': 'Вы можете обжаловать это решение',
  'a note': 'Asked for the whole page',
  'a notice': 'Notice of the state that the applicant fled',
  'an appeal': 'в консульстве мне в новом отказали',
} as const

/** Everything that is secret about the people whom an office with invented cases (`cases: true`) knows. */
export function canariesOf(office: ServingOffice): Canaries {
  const canaries = new Canaries()
  for (const { familyName, givenNames, nameLanguage } of Object.values(SEED_PEOPLE)) {
    const spelled = machineSpelling(familyName, givenNames, nameLanguage)
    for (const text of [familyName, givenNames, spelled.familyName, spelled.givenNames])
      canaries.add('a name', text)
  }
  for (const [what, text] of Object.entries(WRITINGS)) canaries.add(what, text)
  for (const line of readFileSync(join(office.folder, FOR_NEWCOMERS), 'utf8').split('\n'))
    for (const word of [line.split(': ')[1] ?? '']) canaries.add('a passphrase', word)
  return canaries
}
