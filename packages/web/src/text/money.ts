import { CURRENCY, FEES } from '@nansen/authority'
import type { Language } from './catalogue.ts'

/** An amount of the smallest unit, as it is written in a language; with a minus sign, which a hyphen is not. */
export const money = (cents: number, language: Language): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency: CURRENCY,
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  })
    .format(cents / 100)
    .replace('-', '\u2212')

/** What a passport costs, and a child's. */
export const fees = (language: Language): [adult: string, child: string] => [
  money(FEES.adult, language),
  money(FEES.minor, language),
]
