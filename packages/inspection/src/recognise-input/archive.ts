import { Gunzip, Unzip, UnzipInflate } from 'fflate'
import type { InputFile } from './input.ts'

/** More files than an eMRTD has, with room for what lies beside them. */
const MOST_FILES = 64
/** Octets after unpacking, of one archive. */
const MOST_OCTETS = 4 * 1024 * 1024

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
  let total = 0
  let failed = false
  const unzipper = new Unzip((entry) => {
    if (failed) return
    if (files.length === MOST_FILES) {
      failed = true
      return
    }
    const parts: Uint8Array[] = []
    entry.ondata = (error, part, final) => {
      total += part?.length ?? 0
      if (error || total > MOST_OCTETS) {
        failed = true
        entry.terminate()
        return
      }
      parts.push(part)
      if (final && !entry.name.endsWith('/')) files.push({ name: baseName(entry.name), bytes: join(parts) })
    }
    entry.start()
  })
  unzipper.register(UnzipInflate)
  feed(bytes, (part, final) => {
    if (!failed) unzipper.push(part, final)
  })
  if (failed) throw new ArchiveError('archive over the limits or damaged')
  return files
}

function gunzip(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let total = 0
  const unpacker = new Gunzip((part) => {
    total += part.length
    if (total > MOST_OCTETS) throw new ArchiveError('archive over the limits')
    parts.push(part)
  })
  feed(bytes, (part, final) => unpacker.push(part, final))
  return join(parts)
}

/** In small pieces, so that a bomb is noticed before it has unfolded. */
function feed(bytes: Uint8Array, push: (part: Uint8Array, final: boolean) => void): void {
  const piece = 16_384
  try {
    for (let at = 0; at < bytes.length; at += piece)
      push(bytes.subarray(at, at + piece), at + piece >= bytes.length)
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
