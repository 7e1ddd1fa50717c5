import { randomBytes } from 'node:crypto'
import {
  type CaseOffice,
  type Door,
  type Draft,
  type DraftPerson,
  drawPassphrase,
  emptyPerson,
  openAccount,
  putFile,
  writeDraft,
} from '@nansen/authority'

const random = (octets: number) => new Uint8Array(randomBytes(octets))

/** Words that nobody was given. */
export const drawWords = (script: 'latin' | 'cyrillic' = 'latin'): string =>
  drawPassphrase(random, script).join(' ')

/** Somebody who does not exist, but for files; tests vary it. */
export const ANNA: Omit<DraftPerson, 'id' | 'photo' | 'evidence'> = {
  familyName: 'Щербакова',
  givenNames: 'Анна Юрьевна',
  nameLanguage: 'ru',
  spellingConfirmed: true,
  birthDate: '1987-04-12',
  sex: 'F',
  nationality: 'RUS',
  photoAdvice: [],
}

export interface ApplicationOptions {
  readonly applicant?: Partial<DraftPerson>
  readonly children?: readonly Partial<DraftPerson>[]
  readonly draft?: Partial<Draft>
}

/** An account of somebody new. */
export const newAccount = (office: CaseOffice): Promise<Door> => openAccount(office, drawWords())

/** Fills a draft so that it can be handed in. */
export async function fillDraft(
  office: CaseOffice,
  door: Door,
  { applicant, children = [], draft: changes }: ApplicationOptions = {},
): Promise<Draft> {
  const files = new Map<string, { photo: string; picture: string }>()
  const people = [applicant ?? {}, ...children].map((person, place) => ({
    ...ANNA,
    ...(place > 0 && { givenNames: `Дитя ${'АБВГДЕЖЗИК'[place]}лла`, birthDate: '2019-05-06' }),
    ...person,
  }))
  for (const place of people.keys()) {
    const { jpeg } = await office.pictures.portrait(random(8))
    const photo = await putFile(office, door, jpeg)
    const picture = await putFile(office, door, await office.pictures.picture(random(8)))
    files.set(String(place), { photo, picture })
  }
  return writeDraft(office, door, (draft) => ({
    ...draft,
    language: 'ru',
    people: people.map((person, place) => {
      const { photo, picture } = files.get(String(place))!
      const id = draft.people[place]?.id ?? Buffer.from(random(16)).toString('hex')
      const evidence = [
        { id: Buffer.from(random(16)).toString('hex'), kind: 'internal-passport', file: picture },
      ]
      return { ...emptyPerson(id), evidence, photo, ...person, id }
    }),
    reasons: ['passport-not-to-be-asked-for'],
    story: 'Меня вызвали на допрос.',
    stay: { country: 'UTO', basis: 'visa-free', until: '2027-03-31' },
    meeting: 'office-capital',
    ...changes,
  }))
}
