import type { Web } from '../packages/web/src/index.ts'
import { type Answer, type Visitor, visitor } from './web-visitor.ts'

/** A person with an account, as their browser sees it. */
export interface Applicant {
  readonly browser: Visitor
  readonly words: readonly string[]
  /** Id of the applicant in the draft. */
  readonly person: string
}

/** What stands for a picture where the decoder is a double. */
export const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4])

/** Seven words, three of them typed back. */
export async function newApplicant(
  web: Pick<Web, 'fetch'>,
  language: 'en' | 'ru' = 'en',
): Promise<Applicant> {
  const browser = visitor(web)
  await browser.get(`/begin?language=${language}`)
  await browser.get('/begin')
  const shown = await browser.send('/begin', { script: language === 'ru' ? 'cyrillic' : 'latin' })
  const words = wordsOn(shown)
  const home = await browser.send('/begin/check', typedBack(await browser.get('/begin/check'), words))
  const person = /\/my\/person\/([0-9a-f]{32})\/name/.exec(home.text)![1]!
  return { browser, words, person }
}

export const wordsOn = ({ text }: Answer): readonly string[] =>
  [...(/<ol class="words"[\s\S]*?<\/ol>/.exec(text)?.[0] ?? '').matchAll(/<li>([^<]+)<\/li>/g)].map(
    ([, word]) => word!,
  )

export const typedBack = ({ text }: Answer, words: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/name="word-(\d)"/g)].map(([, n]) => [`word-${n}`, words[Number(n) - 1]!]),
  )

/** The pages about one person. */
export async function fillPerson(
  { browser }: Applicant,
  person: string,
  { family = 'Щукина', given = 'Анна', year = '1987' } = {},
): Promise<void> {
  const of = (page: string) => `/my/person/${person}/${page}`
  await browser.get(of('name'))
  await browser.send(of('name'), { 'family-name': family, 'given-names': given, 'name-language': 'ru' })
  await browser.send(of('spelling'))
  await browser.send(of('birth'), {
    'birth-date-day': '12',
    'birth-date-month': '4',
    'birth-date-year': year,
    sex: 'F',
    nationality: 'Russia',
  })
  await browser.send(of('photo'), {}, { file: ['photo', PICTURE] })
}

/** Everything that has to be told, except what a test takes up itself. */
export async function fillDraft(
  applicant: Applicant,
  names: { family?: string; given?: string; year?: string } = {},
): Promise<void> {
  const { browser, person } = applicant
  await fillPerson(applicant, person, names)
  await browser.get('/my/reasons')
  await browser.send('/my/reasons', { reasons: ['passport-refused'], story: 'They said no.' })
  await browser.send('/my/stay', { country: 'Georgia', basis: 'visa-free' })
  await browser.get('/my/meeting')
  await browser.send('/my/meeting', { meeting: 'office-capital', language: 'en' })
}

/** Handed in. @returns the ids of the cases */
export async function handIn({ browser }: Applicant): Promise<readonly string[]> {
  await browser.get('/my/check')
  await browser.send('/my/submit')
  const home = await browser.get('/my')
  const found = [...home.text.matchAll(/\/my\/case\/([0-9a-f]{32})/g)].map(([, id]) => id!)
  return [...new Set(found)]
}
