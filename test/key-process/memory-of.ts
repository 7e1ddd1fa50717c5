import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, rmSync } from 'node:fs'

const CHUNK = 1 << 20
const NOTHING = Buffer.alloc(CHUNK)

/** All of a process's memory that can be read, in pieces; Linux. What lies between two pieces may be in none of them. */
export function* memoryOf(pid: number): Generator<Buffer> {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').trim().split('\n')) {
      const [range, rights, , , , name] = line.split(/\s+/)
      if (!rights?.startsWith('r') || name === '[vvar]' || name === '[vsyscall]') continue
      const [from, to] = range!.split('-').map((end) => Number.parseInt(end, 16)) as [number, number]
      yield* piecesOf(memory, from, to)
    }
  } finally {
    closeSync(memory)
  }
}

/** A core dump of a process, which goes on after it. @param file where it may lie for a moment */
export function* coreDumpOf(pid: number, file: string): Generator<Buffer> {
  execFileSync('gcore', ['-o', file, String(pid)], { stdio: 'ignore' })
  const dump = `${file}.${pid}`
  const descriptor = openSync(dump, 'r')
  try {
    yield* piecesOf(descriptor, 0, Number.MAX_SAFE_INTEGER)
  } finally {
    closeSync(descriptor)
    rmSync(dump)
  }
}

/** Pieces overlap, so that nothing shorter than a page is cut in two. */
function* piecesOf(descriptor: number, from: number, to: number): Generator<Buffer> {
  const buffer = Buffer.alloc(CHUNK)
  for (let at = from; at < to; ) {
    let octets: number
    try {
      octets = readSync(descriptor, buffer, 0, Math.min(CHUNK, to - at), at)
    } catch {
      return
    }
    if (octets === 0) return
    const piece = buffer.subarray(0, octets)
    // Most of what is reserved was never used.
    if (!piece.equals(NOTHING.subarray(0, octets))) yield piece
    at += octets === CHUNK ? CHUNK - 4096 : octets
  }
}

/** The ways in which 32 octets of a key lie in memory: as they are, as OpenSSL keeps numbers, and as text. */
export function waysToWrite(secret: Buffer): readonly Buffer[] {
  const hex = secret.toString('hex')
  const texts = [hex, hex.toUpperCase(), hex.match(/../g)!.join(':'), BigInt(`0x${hex}`).toString()]
  // In base64 it depends on what stands before; the middle is the same for one of three.
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64')
    texts.push(text.slice(4, 40), text.slice(4, 40).replaceAll('+', '-').replaceAll('/', '_'))
  }
  return [secret, Buffer.from(secret).reverse(), ...texts.flatMap(inEncodings)]
}

/** JavaScript keeps text with one or with two octets a character. */
export const inEncodings = (text: string): readonly Buffer[] => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
]

/** Which of these are in it, by name. */
export function namesFoundIn(
  pieces: Iterable<Buffer>,
  wanted: Readonly<Record<string, readonly Buffer[]>>,
): readonly string[] {
  const found = new Set<string>()
  for (const piece of pieces)
    for (const [name, ways] of Object.entries(wanted))
      if (!found.has(name) && ways.some((way) => piece.includes(way))) found.add(name)
  return [...found].sort()
}

/** What the file descriptors of a process are. */
export function descriptorsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).flatMap((each) => {
    try {
      return [readlinkSync(`${folder}/${each}`)]
    } catch {
      return []
    }
  })
}
