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

/** One signature that a key of the key service made; hexadecimal in lower case. */
export interface KeyJournalEntry {
  readonly key: string
  readonly intent: string
  /** SHA-256 of what was signed. */
  readonly digest: string
  /** SHA-256 of the intent's bytes as they are stored, encrypted where they belong to a case. */
  readonly stored: string
  /** SHA-256 of the signature. */
  readonly signature: string
}

/** A line of the journal: an entry, its number from 0, and SHA-256 of the line before it, without its end. */
export interface KeyJournalLine extends KeyJournalEntry {
  readonly number: number
  readonly previous: string
}

const NOTHING_BEFORE = '0'.repeat(64)
/** Octets of a line at the most. */
const MOST_LINE = 1024
const CHUNK = 1 << 20
const LF = 0x0a

/**
 * What the keys have signed, told by the service that holds them and not by the database: one line for each signature, on
 * the disk before the signature leaves, each chained to the one before. Use is counted here. P2, P5
 */
export class KeyJournal {
  readonly #descriptor: number
  readonly #unlock: () => void
  readonly #counts = new Map<string, number>()
  #length = 0
  #number = 0
  #previous = NOTHING_BEFORE
  #state: 'open' | 'failed' | 'closed' = 'open'

  /**
   * Opens or begins the journal, for this process alone. A last line that was not finished belongs to a signature that
   * never left, and is cut off.
   * @throws SigningRefusal journal.broken: changed; journal.in-use: by another key service
   */
  constructor(path: string) {
    const unlock = lockFile(path)
    if (unlock === undefined) throw new SigningRefusal('journal.in-use')
    this.#unlock = unlock
    const isNew = !existsSync(path)
    this.#descriptor = openSync(path, isNew ? 'wx+' : 'r+', 0o600)
    try {
      if (isNew) syncFolder(dirname(path))
      for (const { line, end } of linesOf(this.#descriptor)) {
        this.#take(line)
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

  /** How often a key has signed. */
  countOf(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  /**
   * Writes entries and waits for the disk, once for all of them.
   * @throws SigningOutage; then nothing of it counts as written, and the journal must be opened anew
   * @throws SigningRefusal journal.broken: somebody else has written to it
   */
  append(entries: readonly KeyJournalEntry[]): void {
    if (entries.length === 0) return
    if (this.#state !== 'open') throw new SigningOutage('the journal of the keys is closed')
    if (fstatSync(this.#descriptor).size !== this.#length) {
      this.#state = 'failed'
      throw new SigningRefusal('journal.broken')
    }
    let previous = this.#previous
    const texts = entries.map((entry, i) => {
      const text = textOf({ number: this.#number + i, ...entry, previous })
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
    for (const { key } of entries) this.#counts.set(key, this.countOf(key) + 1)
  }

  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    closeSync(this.#descriptor)
    this.#unlock()
  }

  #take(text: string): void {
    const { key } = checked(text, this.#number, this.#previous)
    this.#number++
    this.#previous = hashOf(text)
    this.#counts.set(key, this.countOf(key) + 1)
  }
}

/**
 * Every line of a journal, for whoever checks it: the key service may be writing meanwhile, so a line that is not
 * finished is left out. A file that is not there is an empty journal.
 * @throws SigningRefusal journal.broken
 */
export function readKeyJournal(path: string): readonly KeyJournalLine[] {
  if (!existsSync(path)) return []
  const descriptor = openSync(path, 'r')
  try {
    const lines: KeyJournalLine[] = []
    let previous = NOTHING_BEFORE
    for (const { line } of linesOf(descriptor)) {
      lines.push(checked(line, lines.length, previous))
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

const textOf = ({ number, key, intent, digest, stored, signature, previous }: KeyJournalLine): string =>
  JSON.stringify({ number, key, intent, digest, stored, signature, previous })

const hashOf = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex')

/** A line that says what its place demands, in the one way in which it can be written. */
function checked(text: string, number: number, previous: string): KeyJournalLine {
  const broken = () => new SigningRefusal('journal.broken')
  if (text.length > MOST_LINE) throw broken()
  let line: KeyJournalLine
  try {
    line = JSON.parse(text) as KeyJournalLine
  } catch {
    throw broken()
  }
  if (line === null || typeof line !== 'object' || textOf(line) !== text) throw broken()
  if (line.number !== number || line.previous !== previous || typeof line.key !== 'string') throw broken()
  return line
}
