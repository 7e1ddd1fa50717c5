import { Gunzip } from 'fflate'
import type { InputFile } from './input.ts'
import { ArchiveError, Budget, feed, join, MOST_FILES } from './unpacking.ts'
import { unzip } from './zip.ts'

export { ArchiveError } from './unpacking.ts'

/**
 * The files of a ZIP, tar or gzipped tar archive; `undefined` where `bytes` is none of them. Work and memory are
 * bounded by what comes out, not by what the archive says of itself.
 * @throws ArchiveError
 */
export function openArchive(bytes: Uint8Array): readonly InputFile[] | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)
    return unzip(bytes).map((file) => ({ ...file, name: baseName(file.name) }))
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inner = gunzip(bytes)
    return isTar(inner) ? untar(inner) : undefined
  }
  return isTar(bytes) ? untar(bytes) : undefined
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
