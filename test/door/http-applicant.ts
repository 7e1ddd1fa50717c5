import { silhouette } from '../../packages/nansen/src/specimen/silhouette.ts'
import { specimenDocument } from '../../packages/nansen/src/specimen/specimen-document.ts'
import { type Applicant, VERA } from './applicant.ts'
import type { Answer, Fields, File, HttpVisitor } from './http-visitor.ts'

/** One form that somebody fills in on their way. */
export interface Step {
  /** The page that has it, and where it is sent to. */
  readonly page: string
  readonly to: string
  fill(page: string): { readonly fields: Fields; readonly file?: File }
  /** Where somebody who does not know whether it was sent looks, before they would send it once more. */
  readonly look?: { readonly at: string; readonly saved: (page: string) => boolean }
}

/** How somebody goes through pages: straight on, or over a line that goes dead again and again. */
export interface Walk {
  see(path: string): Promise<Answer>
  /** Sends the form. @returns the page after it */
  take(step: Step): Promise<Answer>
}

/** Straight on; a page that is there already is not fetched again. */
export function straightOn(visitor: HttpVisitor): Walk {
  const see = async (path: string) => visitor.get(path)
  return {
    see,
    async take({ page, to, fill }) {
      const shown = visitor.page?.path === page ? visitor.page : await visitor.get(page)
      const { fields, file } = fill(shown.text)
      return visitor.send(to, fields, file)
    },
  }
}

export interface Applied {
  /** With a space between them. */
  readonly words: string
  readonly codes: readonly string[]
}

/** From the first page to the receipt. */
export async function applyBy(walk: Walk, who = VERA, children: readonly Applicant[] = []): Promise<Applied> {
  const words = await beginBy(walk)
  await prepareBy(walk, who, children)
  return { words, codes: await handInBy(walk) }
}

/** Makes an account. @returns the seven words */
export async function beginBy(walk: Walk): Promise<string> {
  const shown = await walk.take({
    page: '/begin',
    to: '/begin',
    fill: () => ({ fields: { script: 'cyrillic' } }),
  })
  const words = wordsOn(shown.text)
  await walk.take({
    page: '/begin/check',
    to: '/begin/check',
    fill: (page) => ({
      fields: Object.fromEntries(
        [...page.matchAll(/name="word-(\d)"/g)].map(([, n]) => [`word-${n}`, words[Number(n) - 1]!]),
      ),
    }),
    look: { at: '/my', saved: (page) => /\/my\/person\//.test(page) },
  })
  return words.join(' ')
}

/** Everything up to handing it in. */
export async function prepareBy(
  walk: Walk,
  who: Applicant,
  children: readonly Applicant[] = [],
): Promise<void> {
  const [first] = peopleOn((await walk.see('/my')).text)
  await describeBy(walk, first!, who)
  await walk.take(form('/my/reasons', { reasons: 'passport-not-to-be-asked-for', story: STORY }))
  await walk.take(form('/my/stay', { country: 'UTO', basis: 'temporary-protection' }))
  for (const [place, child] of children.entries()) {
    const before = place + 1
    await walk.take({
      ...form('/my/family', {}),
      look: { at: '/my/family', saved: (page) => peopleOn(page).length >= before },
    })
    const person = peopleOn((await walk.see('/my/family')).text)[place]
    await describeBy(walk, person!, child)
  }
  await walk.take(form('/my/meeting', { meeting: 'office-harbour', language: 'ru' }))
  await walk.take(form('/my/fee', { waiver: 'cannot' }))
}

/** Hands it in. @returns what the receipt says: the codes of the cases */
export async function handInBy(walk: Walk): Promise<readonly string[]> {
  const receipt = await walk.take({
    page: '/my/check',
    to: '/my/submit',
    fill: () => ({ fields: {} }),
    look: { at: '/my', saved: (page) => codesOn(page).length > 0 },
  })
  return codesOn(receipt.path === '/my/receipt' ? receipt.text : (await walk.see('/my/receipt')).text)
}

/** Comes back with the seven words. @returns their page */
export async function enterBy(walk: Walk, words: string): Promise<Answer> {
  return walk.take({
    page: '/enter',
    to: '/enter',
    fill: () => ({ fields: { words } }),
    look: { at: '/my', saved: (page) => !/name="words"/.test(page) },
  })
}

async function describeBy(walk: Walk, person: string, who: Applicant): Promise<void> {
  const of = (page: string) => `/my/person/${person}/${page}`
  const [day, month, year] = who.birth
  await walk.take(
    form(of('name'), {
      'name-language': who.language,
      'family-name': who.familyName,
      'given-names': who.givenNames,
    }),
  )
  await walk.take(form(of('spelling'), {}))
  await walk.take(
    form(of('birth'), {
      'birth-date-day': day,
      'birth-date-month': month,
      'birth-date-year': year,
      sex: who.sex,
      nationality: who.nationality,
    }),
  )
  await walk.take({
    ...form(of('photo'), {}),
    fill: () => ({ fields: {}, file: ['photo', PHOTO] }),
    look: { at: of('photo'), saved: (page) => filesOn(page).length > 0 },
  })
  await walk.take({
    ...form(of('evidence/add'), {}),
    fill: () => ({ fields: { kind: 'internal-passport' }, file: ['file', DOCUMENT] }),
    look: { at: of('evidence'), saved: (page) => filesOn(page).length > 0 },
  })
}

const form = (page: string, fields: Fields): Step => ({ page, to: page, fill: () => ({ fields }) })

const PHOTO = silhouette()
const DOCUMENT = specimenDocument('booklet', 7)
const STORY = 'Я подписала письмо против войны, и меня ищут.'

/** The seven words, or none. */
export const wordsOn = (page: string): readonly string[] =>
  [...(/<ol class="words"[\s\S]*?<\/ol>/.exec(page)?.[0] ?? '').matchAll(/<li>([^<]+)<\/li>/g)].map(
    ([, word]) => word!,
  )

const allOf = (page: string, pattern: RegExp): readonly string[] => [
  ...new Set([...page.matchAll(pattern)].map(([, found]) => found!)),
]

export const peopleOn = (page: string) => allOf(page, /\/my\/person\/([0-9a-f]{32})\/name/g)
export const filesOn = (page: string) => allOf(page, /\/my\/file\/([0-9a-f]{32})/g)
export const casesOn = (page: string) => allOf(page, /\/my\/case\/([0-9a-f]{32})/g)
export const codesOn = (page: string) => allOf(page, /<span class="code">([^<]+)<\/span>/g)

const LETTERS = 'абвгдежзиклмнопрст'
/** The nth of many who do not exist, each born on another day. */
export function somebody(n: number): Applicant {
  const day = new Date(Date.UTC(1950, 0, 1) + n * 86_400_000 * 7)
  const letters = [n, Math.floor(n / 18), Math.floor(n / 324)].map((one) => LETTERS[one % LETTERS.length])
  return {
    ...VERA,
    familyName: `Тестова${letters.join('')}`,
    birth: [String(day.getUTCDate()), String(day.getUTCMonth() + 1), String(day.getUTCFullYear())],
  }
}
