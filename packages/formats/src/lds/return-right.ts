import { type CalendarDate, isCalendarDate, isoDate } from './dates.ts'

/**
 * Whether the holder may come back to the state that issued the document: the point on which documents
 * for refugees have been refused since 1922. `while-valid` is the rule of paragraph 13 of the schedule to
 * the 1951 Convention; `until-date` its exception.
 */
export type ReturnRight =
  | { readonly kind: 'none' }
  | { readonly kind: 'until-date'; readonly until: CalendarDate }
  | { readonly kind: 'while-valid' }
  | { readonly kind: 'unlimited' }

const PREFIX = 'RETURN RIGHT:'
const WORDS = { none: 'NONE', 'while-valid': 'WHILE VALID', unlimited: 'UNLIMITED' } as const

/**
 * The sentence for the page and for DG12, tag 5F1B, in capitals of ASCII, so that every printer and every
 * reader has its characters:
 *
 *     RETURN RIGHT: NONE
 *     RETURN RIGHT: UNTIL 2031-05-01
 *     RETURN RIGHT: WHILE VALID
 *     RETURN RIGHT: UNLIMITED
 *
 * In DG12 it stands on a line of its own among other observations; lines end with a line feed or with `<`.
 * @throws RangeError for a day that does not exist
 */
export function returnRightText(right: ReturnRight): string {
  if (right.kind !== 'until-date') return `${PREFIX} ${WORDS[right.kind]}`
  if (!isCalendarDate(right.until)) throw new RangeError('returnRightText: no such date')
  return `${PREFIX} UNTIL ${isoDate(right.until)}`
}

/**
 * Finds the return right in a text of observations.
 * @returns `undefined` where the text has no such line; `unreadable` where a line begins as one and is not,
 *   or where two lines disagree: neither may be taken for a right
 */
export function findReturnRight(text: string): ReturnRight | 'unreadable' | undefined {
  let found: ReturnRight | undefined
  for (const raw of text.split(/[\r\n<]/)) {
    const line = raw.trim().replace(/\s+/g, ' ').toUpperCase()
    if (!line.startsWith(PREFIX)) continue
    const right = readLine(line.slice(PREFIX.length).trim())
    if (right === undefined) return 'unreadable'
    if (found !== undefined && !sameReturnRight(found, right)) return 'unreadable'
    found = right
  }
  return found
}

function readLine(words: string): ReturnRight | undefined {
  for (const kind of ['none', 'while-valid', 'unlimited'] as const) if (words === WORDS[kind]) return { kind }
  const day = /^UNTIL (\d{4})-(\d\d)-(\d\d)$/.exec(words)
  if (day === null) return undefined
  const until = { year: Number(day[1]), month: Number(day[2]), day: Number(day[3]) }
  return isCalendarDate(until) ? { kind: 'until-date', until } : undefined
}

/** Whether two statements give the same right: page against chip, text against code. */
export function sameReturnRight(a: ReturnRight, b: ReturnRight): boolean {
  if (a.kind !== 'until-date' || b.kind !== 'until-date') return a.kind === b.kind
  return isoDate(a.until) === isoDate(b.until)
}
