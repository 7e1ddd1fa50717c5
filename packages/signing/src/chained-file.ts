import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { lockFile } from '@nansen/store'
import { syncFolder } from './durable-file.ts'
import { SigningOutage, SigningRefusal } from './signing.ts'

/** A line: an entry, its number from 0, and SHA-256 of the line before it, without its end. */
export type ChainedLine<Entry> = Entry & { readonly number: number; readonly previous: string }

/** How the entries of one journal are written: one way for each, so that a line says one thing only. */
export interface LineFormat<Entry> {
  write(line: ChainedLine<Entry>): string
  /** Whether what was read has the fields of an entry. */
  isEntry(line: ChainedLine<Entry>): boolean
}

const NOTHING_BEFORE = '0'.repeat(64)
/** Octets of a line at the most. */
const MOST_LINE = 1024
const CHUNK = 1 << 20
const LF = 0x0a

/**
 * A file of lines that are only ever added, each chained to the one before and on the disk before anything rests on it.
 * It is one process's.
 */
export class ChainedFile<Entry extends object> {
  readonly #descriptor: number
  readonly #unlock: () => void
  readonly #format: LineFormat<Entry>
  readonly #take: (entry: Entry) => void
  #length = 0
  #number = 0
  #previous = NOTHING_BEFORE
  #state: 'open' | 'failed' | 'closed' = 'open'

  /**
   * Opens or begins the file. A last line that was not finished belongs to something that never left, and is cut off.
   * @param take hears every entry, those that are there and those that come
   * @throws SigningRefusal journal.broken: changed; journal.in-use: by another process
   */
  constructor(path: string, format: LineFormat<Entry>, take: (entry: Entry) => void) {
    const unlock = lockFile(path)
    if (unlock === undefined) throw new SigningRefusal('journal.in-use')
    this.#unlock = unlock
    this.#format = format
    this.#take = take
    const isNew = !existsSync(path)
    this.#descriptor = openSync(path, isNew ? 'wx+' : 'r+', 0o600)
    try {
      if (isNew) syncFolder(dirname(path))
      for (const { line, end } of linesOf(this.#descriptor)) {
        take(checked(line, this.#number, this.#previous, format))
        this.#number++
        this.#previous = hashOf(line)
        this.#length = end
      }
      if (fstatSync(this.#descriptor).size > this.#length) {
        ftruncateSync(this.#descriptor, this.#length)
        fsyncSync(this.#descriptor)
      }
    } catch (error) {
      this.close()
      throw error
    }
  }

  /**
   * Writes entries and waits for the disk, once for all of them.
   * @throws SigningOutage; then nothing of it counts as written, and the journal must be opened anew
   * @throws SigningRefusal journal.broken: somebody else has written to it
   */
  append(entries: readonly Entry[]): void {
    if (entries.length === 0) return
    if (this.#state !== 'open') throw new SigningOutage('the journal of the keys is closed')
    if (fstatSync(this.#descriptor).size !== this.#length) {
      this.#state = 'failed'
      throw new SigningRefusal('journal.broken')
    }
    let previous = this.#previous
    const texts = entries.map((entry, i) => {
      const text = this.#format.write({ ...entry, number: this.#number + i, previous })
      previous = hashOf(text)
      return text
    })
    const bytes = Buffer.from(`${texts.join('\n')}\n`, 'latin1')
    try {
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#length + at)
      fsyncSync(this.#descriptor)
    } catch (error) {
      // What the disk holds now is not known, and a second fsync would not tell.
      this.#state = 'failed'
      throw new SigningOutage('the journal of the keys cannot be written', { cause: error })
    }
    this.#length += bytes.length
    this.#number += entries.length
    this.#previous = previous
    for (const entry of entries) this.#take(entry)
  }

  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    closeSync(this.#descriptor)
    this.#unlock()
  }
}

/**
 * Every line, for whoever checks it: its owner may be writing meanwhile, so a line that is not finished is left out. A
 * file that is not there is an empty one.
 * @throws SigningRefusal journal.broken
 */
export function readChainedFile<Entry extends object>(
  path: string,
  format: LineFormat<Entry>,
): readonly ChainedLine<Entry>[] {
  if (!existsSync(path)) return []
  const descriptor = openSync(path, 'r')
  try {
    const lines: ChainedLine<Entry>[] = []
    let previous = NOTHING_BEFORE
    for (const { line } of linesOf(descriptor)) {
      lines.push(checked(line, lines.length, previous, format))
      previous = hashOf(line)
    }
    return lines
  } finally {
    closeSync(descriptor)
  }
}

/** The finished lines, each with the offset behind its end. */
function* linesOf(descriptor: number): Generator<{ readonly line: string; readonly end: number }> {
  let rest = Buffer.alloc(0)
  for (let at = 0; ; ) {
    const chunk = Buffer.alloc(CHUNK)
    const octets = readSync(descriptor, chunk, 0, CHUNK, at)
    if (octets === 0) return
    const buffer = Buffer.concat([rest, chunk.subarray(0, octets)])
    const base = at - rest.length
    at += octets
    let from = 0
    for (let end = buffer.indexOf(LF); end !== -1; end = buffer.indexOf(LF, from)) {
      yield { line: buffer.toString('latin1', from, end), end: base + end + 1 }
      from = end + 1
    }
    rest = buffer.subarray(from)
    // A tail of one write is no longer than its lines; this is no journal at all.
    if (rest.length > CHUNK) throw new SigningRefusal('journal.broken')
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex')

/** A line that says what its place demands, in the one way in which it can be written. */
function checked<Entry extends object>(
  text: string,
  number: number,
  previous: string,
  format: LineFormat<Entry>,
): ChainedLine<Entry> {
  const broken = () => new SigningRefusal('journal.broken')
  if (text.length > MOST_LINE) throw broken()
  let line: ChainedLine<Entry>
  try {
    line = JSON.parse(text) as ChainedLine<Entry>
  } catch {
    throw broken()
  }
  if (line === null || typeof line !== 'object' || format.write(line) !== text) throw broken()
  if (line.number !== number || line.previous !== previous || !format.isEntry(line)) throw broken()
  return line
}
