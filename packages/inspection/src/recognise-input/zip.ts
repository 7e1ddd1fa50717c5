import { latin1, sameBytes } from '@nansen/formats/tlv'
import { Inflate } from 'fflate'
import type { InputFile } from './input.ts'
import { ArchiveError, Budget, feed, join } from './unpacking.ts'

const END = 0x06054b50
const IN_DIRECTORY = 0x02014b50
const AT_FILE = 0x04034b50

/**
 * The files of a ZIP by the directory at its end, as other tools read it. One that was read by what stands before each
 * file could be one passport here, and another where somebody looks at the portrait. Split, encrypted and 64-bit
 * archives are refused. The form is that of PKWARE's APPNOTE.
 * @throws ArchiveError
 */
export function unzip(bytes: Uint8Array): readonly InputFile[] {
  try {
    return filesOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length))
  } catch {
    // A place outside the archive, a broken stream, a limit: which one says nothing to whoever asks.
    throw new ArchiveError('archive over the limits or damaged')
  }
}

function filesOf(bytes: Uint8Array, view: DataView): readonly InputFile[] {
  const end = findEnd(view)
  const directory = view.getUint32(end + 16, true)
  demand(directory + view.getUint32(end + 12, true) === end)
  const budget = new Budget()
  const files: InputFile[] = []
  let at = directory
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    budget.entry()
    const nameLength = view.getUint16(at + 28, true)
    const name = bytes.subarray(at + 46, at + 46 + nameLength)
    const packed = packedOf(bytes, view, at, name, directory)
    const isFolder = name[nameLength - 1] === 0x2f
    const size = view.getUint32(at + 24, true)
    const file = view.getUint16(at + 10, true) === 0 ? copied(packed, budget) : inflated(packed, budget)
    demand(file.length === size)
    if (!isFolder) files.push({ name: latin1(name), bytes: file })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  demand(at === end)
  return files
}

/** The end of the directory: the last place that says so, up to which the comment behind it reaches. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 0xffff; at--)
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) === view.byteLength) {
      // One disk, on which all entries are.
      demand(view.getUint32(at + 4, true) === 0)
      demand(view.getUint16(at + 8, true) === view.getUint16(at + 10, true))
      return at
    }
  throw new ArchiveError('archive damaged')
}

/** What is packed for one entry of the directory; its name and method must also stand before it. */
function packedOf(
  bytes: Uint8Array,
  view: DataView,
  entry: number,
  name: Uint8Array,
  directory: number,
): Uint8Array {
  demand(view.getUint32(entry, true) === IN_DIRECTORY)
  const encrypted = (view.getUint16(entry + 8, true) & 1) !== 0
  const method = view.getUint16(entry + 10, true)
  demand(!encrypted && (method === 0 || method === 8))
  const file = view.getUint32(entry + 42, true)
  demand(view.getUint32(file, true) === AT_FILE && view.getUint16(file + 8, true) === method)
  const afterName = file + 30 + view.getUint16(file + 26, true)
  demand(sameBytes(bytes.subarray(file + 30, afterName), name))
  const start = afterName + view.getUint16(file + 28, true)
  const end = start + view.getUint32(entry + 20, true)
  demand(end <= directory)
  return bytes.subarray(start, end)
}

function copied(packed: Uint8Array, budget: Budget): Uint8Array {
  budget.comesOut(packed)
  return packed
}

function inflated(packed: Uint8Array, budget: Budget): Uint8Array {
  const parts: Uint8Array[] = []
  const inflater = new Inflate((part) => {
    budget.comesOut(part)
    parts.push(part)
  })
  feed(packed, budget, (part, final) => inflater.push(part, final))
  return join(parts)
}

function demand(holds: boolean): asserts holds {
  if (!holds) throw new ArchiveError('archive damaged')
}
