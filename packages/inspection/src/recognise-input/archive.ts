import { Gunzip, Unzip, UnzipInflate } from 'fflate'
import type { InputFile } from './input.ts'

/** More files than an eMRTD has, with room for what lies beside them. */
const MOST_FILES = 64
/** Octets after unpacking, of one archive: more than twice the memory of any chip. */
const MOST_OCTETS = 1024 * 1024

/** Thrown for an archive that cannot be opened or holds more than the limits; it says nothing of its content. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

/**
 * The files of a ZIP, tar or gzipped tar archive; `undefined` where `bytes` is none of them. Work and memory are
 * bounded by what comes out, not by what the archive says of itself.
 * @throws ArchiveError
 */
export function openArchive(bytes: Uint8Array): readonly InputFile[] | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) return unzip(bytes)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inner = gunzip(bytes)
    return isTar(inner) ? untar(inner) : undefined
  }
  return isTar(bytes) ? untar(bytes) : undefined
}

function unzip(bytes: Uint8Array): readonly InputFile[] {
  const files: InputFile[] = []
  const budget = new Budget()
  const unzipper = new Unzip((entry) => {
    budget.entry()
    const parts: Uint8Array[] = []
    entry.ondata = (error, part, final) => {
      if (error) throw error
      budget.comesOut(part)
      parts.push(part)
      if (final && !entry.name.endsWith('/')) files.push({ name: baseName(entry.name), bytes: join(parts) })
    }
    entry.start()
  })
  unzipper.register(UnzipInflate)
  feed(bytes, budget, (part, final) => unzipper.push(part, final))
  return files
}

function gunzip(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  const budget = new Budget()
  const unpacker = new Gunzip((part) => {
    budget.comesOut(part)
    parts.push(part)
  })
  unpacker.onmember = () => budget.entry()
  feed(bytes, budget, (part, final) => unpacker.push(part, final))
  return join(parts)
}

/** In pieces so small that none unfolds to more than all may, whatever the archive says of itself. */
const PIECE = 1024
/** How much more may go in than comes out: names, the directory of a ZIP, padding. Packing makes nothing longer. */
const MOST_BESIDE = 32_768

/** What opening one archive may cost. */
class Budget {
  #entries = 0
  #in = 0
  #out = 0

  /** Counts files, folders, and the members of a gzip file. */
  entry(): void {
    if (++this.#entries > MOST_FILES) throw new ArchiveError('archive over the limits')
  }

  goesIn(part: Uint8Array): void {
    this.#in += part.length
    if (this.#in > this.#out + MOST_BESIDE) throw new ArchiveError('archive over the limits')
  }

  comesOut(part: Uint8Array): void {
    this.#out += part.length
    if (this.#out > MOST_OCTETS) throw new ArchiveError('archive over the limits')
  }
}

function feed(bytes: Uint8Array, budget: Budget, push: (part: Uint8Array, final: boolean) => void): void {
  if (bytes.length > MOST_OCTETS + MOST_BESIDE) throw new ArchiveError('archive over the limits')
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const part = bytes.subarray(at, at + PIECE)
      budget.goesIn(part)
      push(part, at + PIECE >= bytes.length)
    }
  } catch {
    throw new ArchiveError('archive over the limits or damaged')
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const BLOCK = 512

function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && ascii(bytes, 257, 5) === 'ustar'
}

/** Regular files of a POSIX tar; anything else in it is passed over. */
function untar(bytes: Uint8Array): readonly InputFile[] {
  const files: InputFile[] = []
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(ascii(bytes, at + 124, 12).trim() || '0', 8)
    if (!Number.isSafeInteger(size) || size < 0 || at + BLOCK + size > bytes.length)
      throw new ArchiveError('archive damaged')
    const type = bytes[at + 156]
    if (type === 0x30 || type === 0) {
      if (files.length === MOST_FILES) throw new ArchiveError('archive over the limits')
      const name = baseName(ascii(bytes, at, 100))
      files.push({ name, bytes: bytes.subarray(at + BLOCK, at + BLOCK + size) })
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  let text = ''
  for (let i = at; i < at + length && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]!)
  return text
}

/** The name without folders: it is only a hint, and never a path. */
const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
