import type { Scheme } from './scheme.ts'
import { icaoArabic, SHADDA, unwrittenShadda } from './tables/arabic.ts'
import { arabicByEar } from './tables/arabic-by-ear.ts'
import { belarusAsRussian, belarusLatin, belarusPlaces2023, belarusRegister } from './tables/belarusian.ts'
import { armenia, armenianOlder, georgia, georgianOlder } from './tables/caucasian.ts'
import {
  kazakhLatin2021,
  kazakhstan,
  kyrgyzstan,
  mongolia,
  tajikistan,
  uzbekistan,
} from './tables/central-asian.ts'
import { icaoCyrillic, otherCyrillic } from './tables/cyrillic.ts'
import { greece, greekOlder } from './tables/greek.ts'
import {
  azerbaijaniLatin,
  icaoLatin,
  otherLatin,
  plainLatin,
  turkicLatin,
  uzbekLatin,
} from './tables/latin.ts'
import { russia1997, russia2010, sovietFrench } from './tables/russian.ts'
import {
  bulgaria2010,
  bulgariaFrench,
  bulgariaOlder,
  macedonianOlder,
  serbianEnglish,
  serbianLatin,
} from './tables/south-slavic.ts'
import { ukraine1996, ukraine2007, ukraine2010, ukraineAsRussian } from './tables/ukrainian.ts'

/** What a language adds to the tables that serve every name. */
interface Language {
  /** The state's own table, where it differs from the ICAO one. */
  readonly national?: Scheme
  /** The national table is written even when the ICAO one is asked for: ICAO's lacks the language's letters. */
  readonly nationalFirst?: true
  readonly latin?: Scheme
  /** Spellings of former years and other registers, admitted when names are compared. */
  readonly also?: readonly Scheme[]
}

const SERBIAN: Language = { national: serbianLatin, also: [serbianEnglish] }
const TURKISH: Language = { latin: turkicLatin }

const LANGUAGES: Readonly<Record<string, Language>> = {
  ru: { also: [russia2010, russia1997, sovietFrench] },
  uk: { national: ukraine2010, also: [ukraine2007, ukraine1996, ukraineAsRussian] },
  be: { also: [belarusRegister, belarusPlaces2023, belarusLatin, belarusAsRussian] },
  bg: { national: bulgaria2010, also: [bulgariaOlder, bulgariaFrench] },
  sr: SERBIAN,
  bs: SERBIAN,
  hr: SERBIAN,
  sh: SERBIAN,
  cnr: SERBIAN,
  mk: { also: [macedonianOlder] },
  kk: {
    national: kazakhstan,
    nationalFirst: true,
    latin: turkicLatin,
    also: [kazakhLatin2021, russia1997],
  },
  ky: { national: kyrgyzstan, nationalFirst: true, latin: turkicLatin, also: [russia1997] },
  tg: { national: tajikistan, nationalFirst: true, also: [russia1997] },
  uz: { national: uzbekistan, nationalFirst: true, latin: uzbekLatin, also: [russia1997] },
  mn: { national: mongolia, nationalFirst: true },
  az: { latin: azerbaijaniLatin },
  tr: TURKISH,
  tk: TURKISH,
  tt: { latin: turkicLatin, also: [russia1997] },
  ba: { latin: turkicLatin, also: [russia1997] },
}

/** For the languages the ICAO table names; `bs` and the others of their kind read its Serbian column. */
const ICAO_COLUMN: Readonly<Record<string, string>> = { bs: 'sr', hr: 'sr', sh: 'sr', cnr: 'sr' }

/** Every table that has a say in a name of one language; the first that knows a letter writes it. */
export interface Tables {
  readonly schemes: readonly Scheme[]
  /** Every letter that some table knows. */
  readonly known: ReadonlySet<string>
  /** The numbers of the schemes that have a rule beginning with a letter. */
  readonly byLetter: ReadonlyMap<string, readonly number[]>
}

/** Whose table is written: the standard's, or that of the state whose language it is. */
export type Practice = 'icao' | 'national'

/** To compare, spellings are admitted that are too many to list. */
export type Purpose = 'write' | 'compare'

const built = new Map<string, Tables>()

/**
 * The tables for a language given as a BCP 47 tag, of which only the first part counts. A language without
 * a table of its own is served by the general columns.
 */
export function tablesFor(language: string, practice: Practice, purpose: Purpose): Tables {
  const subtag = language.toLowerCase().split(/[-_]/u, 1)[0] ?? ''
  const named = Object.hasOwn(LANGUAGES, subtag) ? subtag : 'und'
  const key = `${named} ${practice} ${purpose}`
  const known = built.get(key)
  if (known !== undefined) return known
  const tables = build(named, practice, purpose)
  built.set(key, tables)
  return tables
}

function build(language: string, practice: Practice, purpose: Purpose): Tables {
  const { national, nationalFirst, latin, also = [] } = LANGUAGES[language] ?? {}
  const icao = icaoCyrillic(ICAO_COLUMN[language] ?? language)
  const ownFirst = nationalFirst || practice === 'national'
  const own = national === undefined ? [] : [national]
  const schemes = [
    ...(ownFirst ? [...own, icao] : [icao, ...own]),
    otherCyrillic,
    ...also,
    ...(latin === undefined ? [] : [latin]),
    ...[icaoLatin, otherLatin, plainLatin, icaoArabic, georgia, armenia, greece],
    ...[georgianOlder, armenianOlder, greekOlder],
    ...(purpose === 'compare' ? [unwrittenShadda, arabicByEar()] : []),
  ]
  return { schemes, known: lettersIn(schemes), byLetter: indexOf(schemes) }
}

function indexOf(schemes: readonly Scheme[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>()
  schemes.forEach(({ rules }, number) => {
    for (const letter of rules.keys()) index.set(letter, [...(index.get(letter) ?? []), number])
  })
  return index
}

function lettersIn(schemes: readonly Scheme[]): ReadonlySet<string> {
  const letters = new Set<string>()
  for (const { rules } of schemes) {
    for (const list of rules.values())
      for (const rule of list) for (const one of rule.letters) letters.add(one)
  }
  // Signs within a rule are not letters of their own.
  for (const sign of ["'", ' ', SHADDA]) letters.delete(sign)
  return letters
}
