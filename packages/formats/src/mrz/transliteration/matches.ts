import { type Break, breaksOf } from './breaks.ts'
import { type Spellings, spellingsOf, stepsAt, type TransliterationOptions } from './spellings.ts'

/**
 * How a name in the MRZ stands to the name in its own letters: written as the tables write it; written in
 * another spelling that is met; cut to the length of the field; or no spelling of it.
 */
export type Match = 'same' | 'variant' | 'truncated' | 'different'

export interface MatchOptions extends TransliterationOptions {
  /** Whether the name may have been cut. Left out: it may, if it fills a name field to the last position. */
  readonly possiblyTruncated?: boolean
}

const RESULTS: readonly Match[] = ['same', 'variant', 'truncated', 'different']
const SAME = 0
const VARIANT = 1
const TRUNCATED = 2
const DIFFERENT = 3

/** Name fields of TD1, of TD2 and MRV-B, of TD3 and MRV-A. [9303-5 §4.2.4] [9303-6 §4.2.2] [9303-4 §4.2.2] */
const NAME_FIELDS = [30, 31, 39]
const LONGEST_LINE = 44

/**
 * Whether `mrzName`, a whole name field or one identifier, with its fillers or spaces for them, can be `text`
 * in any admitted spelling. In `text` a comma or `<<` parts primary from secondary identifier, as on a data page or in DG11.
 *
 * All spellings are walked at once, so time grows with length × field and never with their number. Spellings
 * of different tables may mix in one name, as they do in documents. For Arabic script, spellings by ear are
 * admitted as `variant`: those tell names apart only roughly. Throws as `transliterate` does.
 */
export function matches(mrzName: string, text: string, options: MatchOptions): Match {
  const spellings = spellingsOf(text, options, 'compare')
  if (mrzName.length > LONGEST_LINE || !/^[A-Z< ]*$/.test(mrzName)) return 'different'
  const name = mrzName.replaceAll(' ', '<').replace(/^<+|<+$/g, '')
  const cut = options.possiblyTruncated ?? (NAME_FIELDS.includes(mrzName.length) && /[A-Z]$/.test(mrzName))
  return RESULTS[walk(spellings, name, cut)]!
}

/** For each place in the letters and in the MRZ, the least deviation under which both are reached together. */
class Reach {
  readonly #cells: Uint8Array
  readonly #width: number

  constructor(letters: number, name: number) {
    this.#width = name + 1
    this.#cells = new Uint8Array((letters + 1) * this.#width).fill(DIFFERENT)
  }

  at(place: number, offset: number): number {
    return this.#cells[place * this.#width + offset]!
  }

  put(place: number, offset: number, deviation: number): void {
    const index = place * this.#width + offset
    if (deviation < this.#cells[index]!) this.#cells[index] = deviation
  }
}

function walk(spellings: Spellings, name: string, cut: boolean): number {
  const end = spellings.letters.length
  const breaks = breaksOf(spellings.letters)
  const reach = new Reach(end, name.length)
  reach.put(0, 0, SAME)
  for (let place = 0; place < end; place++) {
    const ways = waysFrom(spellings, breaks, place)
    for (let offset = 0; offset <= name.length; offset++) {
      const deviation = reach.at(place, offset)
      if (deviation === DIFFERENT) continue
      for (const way of ways) {
        if (name.startsWith(way.write, offset)) {
          reach.put(way.to, offset + way.write.length, Math.max(deviation, way.deviation))
        }
      }
      if (cut) cutShort(reach, name, offset, ways, breaks[place]!)
    }
  }
  return reach.at(end, name.length)
}

/** A way to write what begins at a place, and how far that is from the tables' own way. */
interface Way {
  readonly to: number
  readonly write: string
  readonly deviation: number
}

function waysFrom(spellings: Spellings, breaks: readonly Break[], place: number): Way[] {
  const { gap } = breaks[place]!
  const steps = stepsAt(spellings, place)
  if (gap === undefined) return steps.map(({ to, write }, i) => way(to, write, i === 0))
  const plain = gap.write.map((write, i) => way(gap.to, write, i < gap.regular))
  // A rule may begin with the apostrophe; punctuation that stands for itself is what `plain` deals with.
  const lettered = gap.withinWord ? steps.filter(({ scheme }) => scheme >= 0) : []
  return [...plain, ...lettered.map(({ to, write }) => way(to, write, false))]
}

/** Spellings may keep an apostrophe (Uzbek Oʻ), which the MRZ does not have. */
function way(to: number, write: string, regular: boolean): Way {
  return { to, write: write.replaceAll("'", ''), deviation: regular ? SAME : VARIANT }
}

/**
 * The rule of truncation: components lose letters at their end, each keeps at least one, and the last ones of
 * an identifier may fall away; the field ends with a letter. [9303-4 §4.2.3]
 */
function cutShort(reach: Reach, name: string, offset: number, ways: readonly Way[], here: Break): void {
  const rest = restOfComponent(name, offset)
  if (rest === '') {
    if (here.componentStart || offset === 0 || name.charAt(offset - 1) === '<') return
    reach.put(here.componentEnd, offset, TRUNCATED)
    reach.put(here.identifierEnd, offset, TRUNCATED)
    if (offset === name.length) reach.put(here.end, offset, TRUNCATED)
    return
  }
  for (const { write } of ways) {
    if (write.length > rest.length && write.startsWith(rest)) {
      reach.put(here.componentEnd, offset + rest.length, TRUNCATED)
    }
  }
}

function restOfComponent(name: string, offset: number): string {
  const filler = name.indexOf('<', offset)
  return name.slice(offset, filler === -1 ? name.length : filler)
}
