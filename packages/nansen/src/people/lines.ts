import { createReadStream } from 'node:fs'
import { kindNamed } from '../read-file.ts'
import { PeopleFileError } from './problems.ts'

/** Octets; more than any row needs, so that what is kept of a file at one time is little. */
const LONGEST_LINE = 4096
const MOST_OCTETS = 100_000_000
/** Rows and the header. */
const MOST_LINES = 1_000_001

/** One line of a text file, without its end. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly code: 'row.not-utf8' | 'row.too-long' }

const LF = 0x0a
const CR = 0x0d

/**
 * The lines of a file, ended by LF, CR LF or CR, in any mixture; empty ones are counted and left out. A line that is too
 * long is passed over without being kept. A mark of UTF-8 at the start of the file is left out.
 * @throws PeopleFileError people.unreadable, people.too-large
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  if ((await kindNamed(path)) !== 'file') throw new PeopleFileError('people.unreadable')
  const kept = new Uint8Array(LONGEST_LINE)
  let length = 0
  let line = 1
  let total = 0
  let afterCr = false
  for await (const chunk of chunksOf(path)) {
    total += chunk.length
    if (total > MOST_OCTETS) throw new PeopleFileError('people.too-large')
    for (const octet of chunk) {
      if (octet !== LF && octet !== CR) {
        if (length < LONGEST_LINE) kept[length] = octet
        length++
        afterCr = false
        continue
      }
      const secondOfTwo = octet === LF && afterCr
      afterCr = octet === CR
      if (secondOfTwo) continue
      if (length > 0) yield lineFrom(kept, length, line)
      line++
      length = 0
      if (line > MOST_LINES) throw new PeopleFileError('people.too-large')
    }
  }
  if (length > 0) yield lineFrom(kept, length, line)
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array
  } catch {
    throw new PeopleFileError('people.unreadable')
  }
}

/** The mark is dropped by hand: the decoder would drop one at the start of every line. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function lineFrom(kept: Uint8Array, length: number, line: number): Line {
  if (length > LONGEST_LINE) return { line, code: 'row.too-long' }
  try {
    const text = utf8.decode(kept.subarray(0, length))
    return { line, text: line === 1 ? text.replace(/^\ufeff/, '') : text }
  } catch {
    return { line, code: 'row.not-utf8' }
  }
}
