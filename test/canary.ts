import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A place where something stands that must not: never the thing itself, so that a failed test may be printed. */
export interface Sighting {
  /** The path, or the name that the caller gave. */
  readonly where: string
  /** Of what, as the caller named it. */
  readonly what: string
  readonly written: string
}

/** Octets of the shortest needle: among thousands of them, a shorter one stands by chance in a database of ciphertext. */
const SHORTEST = 7
/** How many octets the first look takes. */
const PREFIX = 4

interface Needle {
  readonly what: string
  readonly written: string
  readonly bytes: Buffer
}

/**
 * Looks for texts in octets, each text in every way in which a program writes one by accident: UTF-8, UTF-16, hex and
 * base64, in small letters and capitals. P7, P10
 */
export class Canaries {
  readonly #needles = new Map<number, Needle[]>()
  /** Whether any needle begins with these three octets: rules out almost every place at once. */
  readonly #begins = new Uint8Array(1 << 24)
  readonly #known = new Set<string>()

  /** @param what names the kind, such as `family name`; the text itself is never reported */
  add(what: string, text: string): void {
    const forms = new Set([text, text.toUpperCase(), text.toLowerCase(), text.normalize('NFD')])
    for (const form of forms)
      for (const [written, bytes] of waysToWrite(form)) this.#addBytes(what, written, bytes)
  }

  /** Octets, such as a digest: as they are, in hex and in base64. */
  addOctets(what: string, octets: Uint8Array): void {
    const bytes = Buffer.from(octets)
    this.#addBytes(what, 'octets', bytes)
    for (const [written, text] of textsOf(bytes)) this.#addBytes(what, written, Buffer.from(text, 'latin1'))
  }

  #addBytes(what: string, written: string, bytes: Buffer): void {
    const key = bytes.toString('latin1')
    if (bytes.length < SHORTEST || this.#known.has(key)) return
    this.#known.add(key)
    const prefix = bytes.readUInt32LE(0)
    this.#needles.set(prefix, [...(this.#needles.get(prefix) ?? []), { what, written, bytes }])
    this.#begins[prefix & 0xffffff] = 1
  }

  /** How many needles there are. */
  get size(): number {
    return this.#known.size
  }

  /** Each kind once for one place. */
  find(where: string, bytes: Uint8Array): readonly Sighting[] {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const found = new Map<string, Sighting>()
    for (let at = 0; at + PREFIX <= buffer.length; at++) {
      const three = buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16)
      if (this.#begins[three] === 0) continue
      for (const { what, written, bytes } of this.#needles.get(buffer.readUInt32LE(at)) ?? [])
        if (buffer.compare(bytes, 0, bytes.length, at, Math.min(at + bytes.length, buffer.length)) === 0)
          found.set(`${what} ${written}`, { where, what, written })
    }
    return [...found.values()]
  }

  /** Every file below a folder, and the names of files and folders. */
  findBelow(folder: string): readonly Sighting[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      const named = this.find(`the name of ${path}`, Buffer.from(entry.name, 'utf8'))
      return [...named, ...(entry.isDirectory() ? this.findBelow(path) : this.find(path, readFileSync(path)))]
    })
  }
}

function* waysToWrite(text: string): Generator<readonly [string, Buffer]> {
  const utf8 = Buffer.from(text, 'utf8')
  const utf16 = Buffer.from(text, 'utf16le')
  for (const [name, bytes] of [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
  ] as const) {
    yield [name, bytes]
    for (const [written, form] of textsOf(bytes)) yield [`${name} in ${written}`, Buffer.from(form, 'latin1')]
  }
}

/** Hex in both cases, and what base64 of anything with these octets in it must hold, at each of three places. */
function* textsOf(bytes: Buffer): Generator<readonly [string, string]> {
  const hex = bytes.toString('hex')
  yield ['hex', hex]
  yield ['hex', hex.toUpperCase()]
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = Math.ceil((before * 4) / 3)
    // The last character also has bits of what follows.
    const inner = text.slice(first, Math.floor(((before + bytes.length) * 4) / 3))
    yield ['base64', inner]
    yield ['base64', inner.replaceAll('+', '-').replaceAll('/', '_')]
  }
}
