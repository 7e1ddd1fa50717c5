import type { MrzName } from './mrz.ts'

const FILLER = 0x3c
const NINE = 0x39

/** A name field as read, and where its form departs from the rule. */
export interface ParsedName {
  readonly name: MrzName
  /** Offset of the first filler that stands elsewhere than between the parts of a name, or -1. */
  readonly oddFiller: number
  /** Offset of the first digit, or -1. */
  readonly digit: number
}

/**
 * Reads the name field that occupies `text` from `start` up to `end`: the primary identifier up to the
 * first two fillers, the secondary one after them. [9303-3 §4.6]
 */
export function parseName(text: string, start: number, end: number): ParsedName {
  let last = end
  while (last > start && text.charCodeAt(last - 1) === FILLER) last--
  let primary = ''
  let secondary = ''
  let inSecondary = false
  let oddFiller = -1
  let digit = -1
  for (let i = start; i < last; i++) {
    const from = i
    let code = text.charCodeAt(i)
    while (i < last && code !== FILLER) {
      if (code <= NINE && digit === -1) digit = i
      code = text.charCodeAt(++i)
    }
    const component = text.slice(from, i)
    if (inSecondary) secondary = joined(secondary, component)
    else primary = joined(primary, component)
    if (i + 1 >= last || text.charCodeAt(i + 1) !== FILLER) {
      if (from === i && oddFiller === -1) oddFiller = i
      continue
    }
    // Two fillers: once they part the identifiers, after a component; anything else is odd.
    if ((inSecondary || from === i) && oddFiller === -1) oddFiller = i
    inSecondary = true
    i++
  }
  return { name: { primary, secondary, possiblyTruncated: last === end && end > start }, oddFiller, digit }
}

function joined(names: string, component: string): string {
  if (component === '') return names
  return names === '' ? component : `${names} ${component}`
}
