import type { PartialDate } from '@nansen/formats/mrz'
import { seeded } from './corpora/seeded.ts'

/** What generators of test data draw from: the same for the same seed. */
export class Chance {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seeded(seed)
  }

  /** A whole number from 0 to `below` - 1. */
  one(below: number): number {
    return Math.floor((this.#random() / 0x1_0000_0000) * below)
  }

  pick<Item>(from: ArrayLike<Item>): Item {
    return from[this.one(from.length)]!
  }

  /** One to three words of these letters, as no person is called. */
  name(letters: string): string {
    const words = Array.from({ length: 1 + this.one(3) }, () => {
      let word = ''
      for (let length = 2 + this.one(9); length > 0; length--) word += this.pick(letters)
      return word
    })
    return words.reduce((before, word) => before + this.pick([' ', ' ', '-', "'", ', ']) + word)
  }

  /** A day of a year. */
  day(year: number): { readonly year: number; readonly month: number; readonly day: number } {
    const date = new Date(Date.UTC(year, this.one(12), 1 + this.one(31)))
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  }

  /** Three births in twenty are not known altogether: nothing, the year alone, or all but the day. */
  birth(firstYear: number, years: number): PartialDate {
    const date = this.day(firstYear + this.one(years))
    const unknown = this.one(20)
    if (unknown === 0) return { year: undefined, month: undefined, day: undefined }
    if (unknown === 1) return { ...date, month: undefined, day: undefined }
    return unknown === 2 ? { ...date, day: undefined } : date
  }

  /** Digits and capital letters. */
  signs(length: number): string {
    let text = ''
    while (text.length < length) text += this.pick('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    return text
  }
}
