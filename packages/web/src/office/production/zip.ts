import { crc32 as crcOf } from 'node:zlib'

/** The first moment that the format can tell: when files were made is nobody's business. */
const TIME = 0
const DATE = (1 << 5) | 1
/** Names are UTF-8. */
const FLAGS = 0x0800
const VERSION = 20

interface Entry {
  readonly name: Buffer
  readonly bytes: Uint8Array
  readonly crc: number
  readonly offset: number
}

/**
 * Files as an archive, stored as they are: chip files hardly compress. The same files give the same octets. [APPNOTE §4.3]
 * @throws RangeError for more than the plain format holds: 65,535 files, 4 GiB
 */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  if (files.size > 0xffff) throw new RangeError('zip: too many files')
  const parts: Buffer[] = []
  const entries: Entry[] = []
  let offset = 0
  for (const [name, bytes] of files) {
    const entry = { name: Buffer.from(name, 'utf8'), bytes, crc: crcOf(bytes), offset }
    const local = Buffer.concat([localHeader(entry), entry.name, bytes])
    offset += local.length
    if (offset > 0xffffffff) throw new RangeError('zip: too large')
    parts.push(local)
    entries.push(entry)
  }
  const directory = Buffer.concat(entries.map((entry) => Buffer.concat([directoryHeader(entry), entry.name])))
  return new Uint8Array(Buffer.concat([...parts, directory, endOf(entries.length, directory.length, offset)]))
}

/** What both headers of a file share. */
function common({ name, bytes, crc }: Entry): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(VERSION, 0)
  header.writeUInt16LE(FLAGS, 2)
  header.writeUInt16LE(0, 4)
  header.writeUInt16LE(TIME, 6)
  header.writeUInt16LE(DATE, 8)
  header.writeUInt32LE(crc, 10)
  header.writeUInt32LE(bytes.length, 14)
  header.writeUInt32LE(bytes.length, 18)
  header.writeUInt16LE(name.length, 22)
  return header
}

const localHeader = (entry: Entry): Buffer => Buffer.concat([signature(0x04034b50), common(entry)])

function directoryHeader(entry: Entry): Buffer {
  const made = Buffer.alloc(2)
  made.writeUInt16LE(VERSION, 0)
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(entry.offset, 10)
  return Buffer.concat([signature(0x02014b50), made, common(entry), rest])
}

function endOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(18)
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([signature(0x06054b50), end])
}

function signature(number: number): Buffer {
  const octets = Buffer.alloc(4)
  octets.writeUInt32LE(number, 0)
  return octets
}
