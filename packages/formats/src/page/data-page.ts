import type { CalendarDate } from '../lds/dates.ts'
import { imageKind } from '../lds/image-kind.ts'
import { type ReturnRight, returnRightText } from '../lds/return-right.ts'
import type { Sex } from '../mrz/mrz.ts'
import { drawBackground, drawObservationsBackground } from './background.ts'
import { checkZone } from './check-zone.ts'
import { PageError } from './page-error.ts'
import { paletteOf } from './palette.ts'
import { type PartlyKnownDay, printedDate } from './printed-date.ts'
import { printedName, printedText } from './printed-text.ts'
import { TEMPLATE } from './template.ts'
import { nationalityWords, RENEWAL, returnRightSentence, SPECIMEN, titleOf, type Words } from './words.ts'

/** What a data page says. */
export interface DataPageFacts {
  readonly state: {
    /** In English: `Utopia`. 60 characters. */
    readonly name: string
    /** In the state's own second language. 60 characters. */
    readonly secondName?: string
    /** As in the zone: three letters, or `D`. */
    readonly code: string
  }
  /** As in the zone. Those for people without the protection of their state: PR, PS, PT. */
  readonly documentCode: string
  /** Nine characters at most. */
  readonly number: string
  /** As the holder writes it, in any script that the page has fonts for; 100 characters each. */
  readonly name: HolderName
  /** In A–Z, as the zone has it before it is shortened: one letter may have become four. */
  readonly latinName: HolderName
  readonly nationality: {
    /** As in the zone; XXA and XXB are printed as "Stateless person" and "Refugee". */
    readonly code: string
    /** Printed beside the code. 40 characters. */
    readonly name?: string
  }
  readonly birth: PartlyKnownDay
  readonly sex: Sex
  /** 60 characters. */
  readonly authority: string
  /** 40 characters. */
  readonly placeOfIssue?: string
  readonly issued: CalendarDate
  readonly expires: CalendarDate
  readonly returnRight: ReturnRight
  /** The two lines. What is printed above must say the same. */
  readonly zone: readonly string[]
  /** JPEG, best of 413 × 531 pixels; it is scaled to 35 × 45 mm. One MiB. */
  readonly portrait: Uint8Array
  /** Pages are drawn for specimens only: the word stands across each. */
  readonly specimen: true
}

export interface HolderName {
  readonly primary: string
  /** Empty for a person with one name only. */
  readonly secondary: string
}

/** What a typesetter needs: a program that never changes, values it only reads, and files by name. */
export interface PageToRender {
  /** Typst. The same for every page; no value is ever part of it. */
  readonly source: string
  /** For `sys.inputs`. */
  readonly inputs: Readonly<Record<string, string>>
  /** Pictures, by the name under which the program asks for them. */
  readonly files: Readonly<Record<string, Uint8Array>>
  /** Midnight, UTC, of the day of issue, in seconds since 1970: the date of the file. */
  readonly created: number
}

const MOST = {
  state: 60,
  name: 100,
  latinName: 400,
  nationality: 40,
  authority: 60,
  place: 40,
  portrait: 1 << 20,
} as const

/**
 * The data page of a passport, 125 × 88 mm, and the page of observations. [9303-4 §2.1] [9303-4 §4.1]
 * The same facts give the same values. Every text is checked and bounded, and none becomes markup.
 * @throws PageError page.too-long, page.empty, page.character, page.value, page.zone-differs
 */
export function drawDataPage(facts: DataPageFacts): PageToRender {
  if (facts.specimen !== true) throw new PageError('page.value', 'specimen')
  const { state, issued } = facts
  const title = titleOf(facts.documentCode)
  if (title === undefined) throw new PageError('page.value', 'documentCode')
  checkZone(facts)
  const palette = paletteOf(state.code)
  const observations = observationsOf(facts)
  return {
    source: TEMPLATE,
    inputs: {
      ...palette.text,
      wash: palette.paper[2],
      state: printedText(state.name, 'state.name', MOST.state),
      stateSecond: optional(state.secondName, 'state.secondName', MOST.state),
      stateCode: state.code,
      ...words('title', title),
      convention: title.convention,
      documentCode: facts.documentCode,
      number: facts.number,
      ...name('primary', facts),
      ...name('secondary', facts),
      nationality: nationality(facts.nationality),
      birth: printedDate(facts.birth, 'birth'),
      sex: facts.sex,
      issued: printedDate(issued, 'issued'),
      expires: printedDate(facts.expires, 'expires'),
      authority: authority(facts),
      returnRight: observations.code,
      ...words('returnRight', observations.sentence),
      ...words('renewal', RENEWAL),
      ...words('specimen', SPECIMEN),
      zone1: facts.zone[0]!,
      zone2: facts.zone[1]!,
    },
    files: {
      'portrait.jpg': portrait(facts.portrait),
      'data-page.svg': drawBackground(state.code),
      'observations.svg': drawObservationsBackground(state.code),
    },
    created: Date.UTC(issued.year, issued.month - 1, issued.day) / 1000,
  }
}

function words(name: string, { en, fr, ru }: Words): Record<string, string> {
  return { [`${name}En`]: en, [`${name}Fr`]: fr, [`${name}Ru`]: ru }
}

const optional = (text: string | undefined, field: string, most: number): string =>
  text === undefined || text.trim() === '' ? '' : printedText(text, field, most)

function name(part: keyof HolderName, facts: DataPageFacts): Record<string, string> {
  const latin = facts.latinName[part]
  const own = facts.name[part]
  if (part === 'secondary' && latin === '' && own.trim() === '') return { secondary: '—', secondaryLatin: '' }
  const { written, transcribed } = printedName(
    printedText(own, `name.${part}`, MOST.name),
    printedText(latin, `latinName.${part}`, MOST.latinName),
  )
  return { [part]: written, [`${part}Latin`]: transcribed }
}

function nationality({ code, name: stated }: DataPageFacts['nationality']): string {
  const described = nationalityWords(code) ?? optional(stated, 'nationality.name', MOST.nationality)
  return described === '' ? code : `${code}  ${described}`
}

function authority({ authority: office, placeOfIssue }: DataPageFacts): string {
  const place = optional(placeOfIssue, 'placeOfIssue', MOST.place)
  const name = printedText(office, 'authority', MOST.authority)
  return place === '' ? name : `${name}, ${place}`
}

/** The return right as DG12 has it, so that page and chip can be laid side by side, and as a sentence. */
function observationsOf({ returnRight }: DataPageFacts): { code: string; sentence: Words } {
  const until = returnRight.kind === 'until-date' ? printedDate(returnRight.until, 'returnRight') : ''
  return { code: returnRightText(returnRight), sentence: returnRightSentence(returnRight, until) }
}

function portrait(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MOST.portrait) throw new PageError('page.too-long', 'portrait', MOST.portrait)
  const whole = bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9
  if (imageKind(bytes) !== 'jpeg' || !whole) throw new PageError('page.value', 'portrait')
  return bytes
}
