import type { CalendarDate, ReturnRight } from '@nansen/formats/lds'
import { generateMrz } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import type { IssuingState } from '../office.ts'
import { type Order, parseBirthDate } from './order.ts'
import type { BookletProfile } from './profile.ts'

/** A booklet as it is to be: the order, and what was reserved for it. Everything in the chip follows from this alone (P3). */
export interface Booklet {
  readonly state: IssuingState
  readonly profile: BookletProfile
  readonly order: Order
  /** JPEG of 413 × 531 pixels. */
  readonly portrait: Uint8Array
  /** Nine characters. P12 */
  readonly number: string
  readonly issued: CalendarDate
  /** The last day on which it is valid. */
  readonly expires: CalendarDate
  readonly chipKeys: ChipKeys
}

/** Public keys that personalisation read out of the chip; their private halves never were anywhere else. */
export interface ChipKeys {
  /** SubjectPublicKeyInfo, for chip authentication: goes into DG14. */
  readonly chipAuthentication?: Uint8Array
  /** SubjectPublicKeyInfo, for active authentication: goes into DG15. */
  readonly activeAuthentication?: Uint8Array
}

/** The issuing state takes the holder back for as long as the paper is valid. */
export const returnRightOf = (booklet: Booklet): ReturnRight => ({
  kind: 'until-date',
  until: booklet.expires,
})

/** The two lines of 44. [9303-4 §4.2.2] */
export function zoneOf({ order, state, number, expires }: Booklet): readonly string[] {
  return generateMrz(
    {
      documentCode: order.documentCode,
      issuer: state.code3,
      name: { primary: order.familyName, secondary: order.givenNames },
      number,
      nationality: order.nationality,
      birth: parseBirthDate(order.birthDate),
      sex: order.sex,
      expiry: expires,
    },
    'TD3',
    { transliterate: (name) => transliterate(name, { language: order.language }) },
  )
}

/** The calendar day of a moment, in UTC. */
export const dayOf = (at: Date): CalendarDate => ({
  year: at.getUTCFullYear(),
  month: at.getUTCMonth() + 1,
  day: at.getUTCDate(),
})

/** The last day of a paper issued today: that before the anniversary, as the first day counts too. */
export function lastDay(issued: CalendarDate, years: number): CalendarDate {
  return dayOf(new Date(Date.UTC(issued.year + years, issued.month - 1, issued.day) - 86_400_000))
}
