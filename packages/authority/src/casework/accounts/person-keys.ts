import { nameComponents } from '@nansen/formats/mrz'
import { variantsOf } from '@nansen/formats/mrz/transliteration'
import { parseBirthDate } from '../../issuing/calendar.ts'

/** By what a person is known again, as texts: they are kept as blind indexes only. */
export interface PersonKeys {
  /** Kept with the case. */
  readonly kept: readonly string[]
  /** Looked for among those of other cases. */
  readonly sought: readonly string[]
}

export interface NamedPerson {
  readonly familyName: string
  readonly givenNames: string
  /** As a BCP 47 tag. */
  readonly nameLanguage: string
  /** As an order writes it. */
  readonly birthDate: string
}

/** Of a name that is longer, the first ones are enough. */
const MOST_COMPONENTS = 5
const MOST_PAIRS = 60

/**
 * The same person writes their name in many ways: Щербаков, Shcherbakov, Scherbakow; with the patronymic and without;
 * the given name first. What is compared is what all of these have in common: the bare consonants of two components in
 * no order, with the day of birth. It finds too much rather than too little, since two officers look at what it finds.
 */
export function personKeys(person: NamedPerson): PersonKeys {
  const names = namePairs(person)
  const { kept, sought } = dateKeys(person.birthDate)
  const join = (dates: readonly string[]) => dates.flatMap((date) => names.map((name) => `${name} ${date}`))
  return { kept: join(kept), sought: join(sought) }
}

/** Each component of the family name with each given name; where all of it stands in one field, any two of it. */
function namePairs({ familyName, givenNames, nameLanguage }: NamedPerson): readonly string[] {
  const family = componentsOf(familyName, nameLanguage)
  const given = componentsOf(givenNames, nameLanguage)
  const firsts = given.length > 0 ? family : family.slice(0, -1)
  const pairs = new Set<string>()
  firsts.forEach((first, place) => {
    for (const second of given.length > 0 ? given : family.slice(place + 1))
      for (const one of first) for (const other of second) pairs.add([one, other].sort().join('+'))
  })
  if (family.length === 1 && given.length === 0) for (const one of family[0]!) pairs.add(one)
  return [...pairs].slice(0, MOST_PAIRS)
}

/** For each component, the ways in which its consonants can stand. */
function componentsOf(name: string, language: string): readonly ReadonlySet<string>[] {
  const found: Set<string>[] = []
  // There, X is a sign before another letter, and no letter. [9303-3 §6]
  const isArabic = /\p{Script=Arabic}/u.test(name)
  for (const spelling of variantsOf(name, { language }))
    nameComponents(isArabic ? spelling.replaceAll('X', '') : spelling)
      .slice(0, MOST_COMPONENTS)
      .forEach((component, place) => {
        found[place] ??= new Set()
        for (const skeleton of skeletonsOf(component)) found[place].add(skeleton)
      })
  return found
}

/** J is a vowel or the sibilant of Jukov, C a sibilant or a K: a component with either is kept both ways. */
export function skeletonsOf(component: string): readonly string[] {
  const asJ = component.includes('J') ? [component, component.replaceAll('J', 'Z')] : [component]
  const both = asJ.flatMap((text) => (/C(?!H)/u.test(text) ? [text, text.replace(/C(?!H)/gu, 'K')] : [text]))
  return [...new Set(both.map(skeletonOf))]
}

/**
 * - every sibilant is S: shch, sch, sh, zh, ch, tch, ts, tz, cz, z
 * - g, h, kh, gh are H: Г is either, depending on the language
 * - w, ff and f are V, q is K, x is KS, ph is V
 * - vowels, y and j are nothing but one sign where the component begins with them; letters twice are one
 */
const skeletonOf = (component: string): string =>
  component
    .replace(/PH|FF?|W/gu, 'V')
    .replace(/X/gu, 'KS')
    .replace(/CK|Q/gu, 'K')
    .replace(/KH|GH|G/gu, 'H')
    .replace(/T?S?CH|T[SZ]|[SZ]H|C|Z/gu, 'S')
    .replace(/^[AEIOUYJ]+/u, '@')
    .replace(/[AEIOUYJ]/gu, '')
    // What was parted by a vowel is parted still; what came to stand together is one.
    .replace(/(.)\1+/gu, '$1')

/** A day that is known is found under its year by one of whom no more is known, and the other way round. */
function dateKeys(birthDate: string): PersonKeys {
  const { year, month, day } = parseBirthDate(birthDate)
  if (year === undefined) return { kept: ['unknown'], sought: ['unknown'] }
  if (month === undefined || day === undefined)
    return { kept: [`${year} part`], sought: [`${year} part`, `${year} whole`] }
  // Some write the month first.
  const whole = `${year} ${[month, day].sort((a, b) => a - b).join(' ')}`
  return { kept: [whole, `${year} whole`], sought: [whole, `${year} part`] }
}
