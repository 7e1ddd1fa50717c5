import { codeOf, KNOWN_CODES } from '@nansen/formats/mrz'
import { LANGUAGES, type Language } from '../text/catalogue.ts'

/** What people call states beside the name that lists have for them. */
const ALSO: Readonly<Record<string, string>> = {
  'russian federation': 'RUS',
  'российская федерация': 'RUS',
  рф: 'RUS',
  белоруссия: 'BLR',
  'республика беларусь': 'BLR',
  turkey: 'TUR',
  'czech republic': 'CZE',
  'чешская республика': 'CZE',
  uk: 'GBR',
  'great britain': 'GBR',
  england: 'GBR',
  англия: 'GBR',
  usa: 'USA',
  america: 'USA',
  сша: 'USA',
  оаэ: 'ARE',
  uae: 'ARE',
  киргизия: 'KGZ',
  молдавия: 'MDA',
  туркмения: 'TKM',
  macedonia: 'MKD',
  македония: 'MKD',
  burma: 'MMR',
  utopia: 'UTO',
  утопия: 'UTO',
  ruritania: 'QRR',
  руритания: 'QRR',
  zembla: 'QZZ',
  зембла: 'QZZ',
}

/** Without any state. [9303-3 §5] */
const STATELESS = 'XXA'
const NONE = ['none', 'no', 'stateless', 'without', 'нет', 'никакого', 'без гражданства', 'апатрид']

const names = new Map<Language, Intl.DisplayNames>()
function namesIn(language: Language): Intl.DisplayNames {
  let found = names.get(language)
  if (found === undefined) {
    found = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    names.set(language, found)
  }
  return found
}

const isState = (code: string): boolean => {
  const entry = codeOf(code)
  return entry?.standing === 'current' && (entry.kind === 'state' || entry.kind === 'specimen')
}

let byName: ReadonlyMap<string, string> | undefined
/** Names in every language of the site → the code of the zone. */
function codesByName(): ReadonlyMap<string, string> {
  byName ??= new Map([
    ...KNOWN_CODES.filter(isState).flatMap((code) => {
      const code2 = codeOf(code)?.code2
      return code2 === undefined
        ? []
        : LANGUAGES.flatMap((language): [string, string][] => {
            const name = nameOfRegion(code2, language)
            return name === undefined ? [] : [[plain(name), code]]
          })
    }),
    ...Object.entries(ALSO).map(([name, code]): [string, string] => [plain(name), code]),
  ])
  return byName
}

/** Kosovo is RKS and KS in the zone, XK elsewhere. */
const nameOfRegion = (code2: string, language: Language): string | undefined => {
  if (code2 === 'UT' || code2 === 'QR' || code2 === 'QZ') return undefined
  return namesIn(language).of(code2 === 'KS' ? 'XK' : code2)
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()

/** Which state is meant: its usual name in a language of the site, or its code. @returns undefined for none that is known */
export function countryNamed(typed: string): string | undefined {
  const upper = typed.trim().toUpperCase()
  const code = codesByName().get(plain(typed)) ?? (isState(upper) ? upper : undefined)
  if (code !== undefined || upper.length !== 2) return code
  return KNOWN_CODES.find((known) => isState(known) && codeOf(known)?.code2 === upper)
}

/** The same for a nationality, of which there may be none. */
export const nationalityNamed = (typed: string): string | undefined =>
  NONE.includes(plain(typed)) || typed.trim().toUpperCase() === STATELESS ? STATELESS : countryNamed(typed)

/** What a code is called; the code itself where it has no name. */
export function countryName(code: string, language: Language): string {
  if (code === STATELESS) return language === 'ru' ? 'нет' : 'none'
  const also = Object.entries(ALSO).find(
    ([name, other]) => other === code && isSpecimen(code) && isIn(name, language),
  )
  if (also !== undefined) return also[0].replace(/^./u, (letter) => letter.toUpperCase())
  const code2 = codeOf(code)?.code2
  return (code2 === undefined ? undefined : nameOfRegion(code2, language)) ?? code
}

const isSpecimen = (code: string): boolean => codeOf(code)?.kind === 'specimen'
const isIn = (name: string, language: Language): boolean =>
  /\p{Script=Cyrillic}/u.test(name) === (language === 'ru')
