import { deflateRawSync, gzipSync } from 'node:zlib'
import { write as der, tags } from '@nansen/formats/der'
import { OIDS } from '@nansen/formats/pki'
import { concat, encodeElement } from '@nansen/formats/tlv'
import { haveReferenceData, referenceJson } from '../reference-data.ts'

// Bytes made to hang, exhaust or confuse a reader: those of the reference data, and larger ones made here.

export interface HostileCase {
  readonly id: string
  /** The format that the case was made for: `der`, `tlv`, `mrz`, and others that we do not read. */
  readonly kind: string
  readonly bytes: Uint8Array
}

/** The small cases of the reference data. */
export function hostileCases(): readonly HostileCase[] {
  if (!haveReferenceData) return []
  const { cases } = referenceJson<{ cases: readonly { id: string; kind: string; b64: string }[] }>(
    'security',
    'hostile-input',
    'cases.json',
  )
  return cases.map(({ id, kind, b64 }) => ({ id, kind, bytes: new Uint8Array(Buffer.from(b64, 'base64')) }))
}

const MiB = 1024 * 1024
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const filled = (octet: number, length: number): Uint8Array => new Uint8Array(length).fill(octet)

/** `unit` again and again, to `length` octets. */
function repeated(unit: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += unit.length) bytes.set(unit.subarray(0, length - at), at)
  return bytes
}

/** An element that claims another length than it has. */
const claims = (tag: number, length: number, content: Uint8Array): Uint8Array => {
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, length)
  return concat(Uint8Array.of(tag, 0x84), size, content)
}

/** `depth` elements one in another. */
function nested(tag: number, depth: number, core: Uint8Array = new Uint8Array()): Uint8Array {
  let bytes = core
  for (let i = 0; i < depth; i++) bytes = encodeElement(tag, bytes)
  return bytes
}

const endless = (tag: number, depth: number, core: Uint8Array): Uint8Array =>
  concat(repeated(Uint8Array.of(tag, 0x80), 2 * depth), core, new Uint8Array(2 * depth))

interface ZipEntry {
  readonly name: string
  readonly packed: Uint8Array
  readonly method: number
  /** What the header says, where it is not the truth. */
  readonly packedSize?: number
  readonly flags?: number
}

/** Local headers only: what a reader meets that does not wait for the directory at the end. */
function zip(...entries: readonly ZipEntry[]): Uint8Array {
  return concat(
    ...entries.flatMap(({ name, packed, method, packedSize = packed.length, flags = 0 }) => {
      const header = new Uint8Array(30)
      const view = new DataView(header.buffer)
      view.setUint32(0, 0x04034b50, true)
      view.setUint16(4, 20, true)
      view.setUint16(6, flags, true)
      view.setUint16(8, method, true)
      view.setUint32(18, packedSize, true)
      view.setUint32(22, packedSize, true)
      view.setUint16(26, name.length, true)
      return [header, ascii(name), packed]
    }),
  )
}

const stored = (name: string, bytes: Uint8Array): ZipEntry => ({ name, packed: bytes, method: 0 })
const deflated = (name: string, bytes: Uint8Array): ZipEntry => ({
  name,
  packed: new Uint8Array(deflateRawSync(bytes, { level: 9 })),
  method: 8,
})

function tarHeader(name: string, size: string, type = '0'): Uint8Array {
  const header = new Uint8Array(512)
  header.set(ascii(name))
  header.set(ascii(size), 124)
  header.set(ascii(type), 156)
  header.set(ascii('ustar'), 257)
  return header
}

/** A ContentInfo around signed data with these parts. */
function signedMessage(
  content: Uint8Array,
  certificates: Uint8Array,
  signers: Uint8Array,
  contentType: string = OIDS.ldsSecurityObject,
): Uint8Array {
  return der.sequence(
    der.oid(OIDS.signedData),
    der.context(
      0,
      der.sequence(
        der.integer(3),
        der.setOf(),
        der.sequence(der.oid(contentType), der.context(0, der.octetString(content))),
        encodeElement(tags.contextConstructed(0), certificates),
        encodeElement(tags.SET, signers),
      ),
    ),
  )
}

const signerInfo = der.sequence(
  der.integer(1),
  der.sequence(der.sequence(), der.integer(1)),
  der.sequence(der.oid(OIDS.sha256)),
  der.sequence(der.oid(OIDS.rsaEncryption)),
  der.octetString(filled(1, 16)),
)

const sodOf = (message: Uint8Array): Uint8Array => encodeElement(0x77, message)

/** As `inspect` takes the parts of a certificate up to the subject, then as many of `extension` as asked. */
function certificateWith(extensions: Uint8Array): Uint8Array {
  const name = der.sequence(der.setOf(der.sequence(der.oid('2.5.4.6'), der.printableString('UT'))))
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'))
  const point = concat(Uint8Array.of(4), filled(7, 64))
  const key = der.sequence(
    der.sequence(der.oid(OIDS.ecPublicKey), der.oid('1.2.840.10045.3.1.7')),
    der.bitString(point),
  )
  const time = der.time(new Date('2026-01-01T00:00:00Z'))
  const body = der.sequence(
    der.context(0, der.integer(2)),
    der.integer(1),
    algorithm,
    name,
    der.sequence(time, time),
    name,
    key,
    der.context(3, der.sequence(extensions)),
  )
  return der.sequence(body, algorithm, der.bitString(filled(1, 64)))
}

const extension = der.sequence(der.oid('1.2.3.4'), der.octetString(filled(5, 4)))

const ZONE = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n'

/** Writes bits from the lowest up, as DEFLATE has them. */
class Bits {
  readonly #octets: number[] = []
  #rest = 0
  #count = 0

  number(value: number, width: number): void {
    for (let i = 0; i < width; i++) {
      this.#rest |= ((value >> i) & 1) << this.#count
      if (++this.#count < 8) continue
      this.#octets.push(this.#rest)
      this.#rest = this.#count = 0
    }
  }

  code(value: number, width: number): void {
    for (let i = width - 1; i >= 0; i--) this.number((value >> i) & 1, 1)
  }

  octets(): Uint8Array {
    this.number(0, 7)
    return Uint8Array.from(this.#octets)
  }
}

/** Packed data in blocks of some twenty octets, each with tables of its own that a reader must build. */
function blocksWithTables(blocks: number, literals: number): Uint8Array {
  const bits = new Bits()
  const zeros = (count: number) => {
    bits.code(0, 1)
    bits.number(count - 11, 7)
  }
  for (let block = 0; block < blocks; block++) {
    bits.number(0b100, 3)
    bits.number(0, 10)
    bits.number(15, 4)
    for (const symbol of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15])
      bits.number(symbol === 18 ? 1 : symbol === 0 || symbol === 1 ? 2 : 0, 3)
    zeros(97)
    bits.code(0b11, 2)
    zeros(138)
    zeros(20)
    bits.code(0b11, 2)
    bits.code(0b10, 2)
    for (let i = 0; i < literals; i++) bits.code(0, 1)
    bits.code(1, 1)
  }
  return bits.octets()
}

export interface Crafted {
  readonly id: string
  readonly make: () => Uint8Array
  /** What it may take, where that is more than for all others. */
  readonly milliseconds?: number
  /** Octets it may leave behind before they are collected, where that is more than for all others. */
  readonly octets?: number
}

/** The largest and the oddest; each is made when asked for, because some are large. */
export const CRAFTED: readonly Crafted[] = [
  // filled
  ...[0x00, 0x20, 0x30, 0x3c, 0x43, 0x50, 0x60, 0x61, 0x75, 0x77, 0xff].map((octet) => ({
    id: `16 MiB of ${octet.toString(16).padStart(2, '0')}`,
    make: () => filled(octet, 16 * MiB),
  })),
  { id: 'one octet over 16 MiB', make: () => filled(0x30, 16 * MiB + 1) },
  // lengths
  { id: 'a length of 4 GiB - 1', make: () => claims(0x30, 0xffffffff, filled(0x30, 1000)) },
  { id: 'a security object that claims 4 GiB', make: () => claims(0x77, 0xfffffffe, filled(0x30, 1000)) },
  { id: 'a length in 127 octets', make: () => concat(Uint8Array.of(0x30, 0xff), filled(1, 200)) },
  { id: 'a length in 126 octets', make: () => concat(Uint8Array.of(0x30, 0xfe), filled(0, 126)) },
  // nesting
  {
    id: 'a million sequences one in another, of indefinite length',
    make: () => endless(0x30, MiB, new Uint8Array()),
  },
  { id: 'ten thousand sequences one in another', make: () => nested(0x30, 10_000) },
  { id: 'ten thousand strings in pieces', make: () => sodOf(nested(0x24, 10_000)) },
  {
    id: '16 MiB of empty elements of indefinite length',
    make: () => concat(Uint8Array.of(0x30, 0x80), repeated(Uint8Array.of(5, 0), 16 * MiB - 4), filled(0, 2)),
  },
  {
    id: '256 KiB of empty elements under 28 indefinite lengths',
    make: () => endless(0x77, 1, endless(0x30, 28, repeated(Uint8Array.of(5, 0), 256 * 1024 - 120))),
  },
  {
    id: '16 MiB of empty elements under 28 indefinite lengths',
    make: () => endless(0x30, 28, repeated(Uint8Array.of(5, 0), 16 * MiB - 120)),
  },
  {
    id: '16 MiB of empty elements under 28 indefinite lengths, in a security object',
    make: () => endless(0x77, 1, endless(0x30, 28, repeated(Uint8Array.of(5, 0), 16 * MiB - 128))),
  },
  // counts
  {
    id: 'a signed message with ten thousand signers',
    make: () =>
      sodOf(signedMessage(filled(1, 8), der.sequence(), repeated(signerInfo, 10_000 * signerInfo.length))),
  },
  {
    id: 'a master list with ten thousand signers',
    make: () => signedMessage(filled(1, 8), der.sequence(), repeated(signerInfo, 10_000 * signerInfo.length)),
  },
  {
    id: 'a signed message with a hundred thousand empty certificates',
    make: () => signedMessage(filled(1, 8), repeated(Uint8Array.of(0x30, 0), 200_000), signerInfo),
  },
  {
    id: 'content in a hundred thousand pieces',
    make: () =>
      concat(
        Uint8Array.of(0x77, 0x80, 0x30, 0x80),
        der.oid(OIDS.signedData),
        Uint8Array.of(0xa0, 0x80, 0x30, 0x80),
        der.integer(3),
        der.setOf(),
        Uint8Array.of(0x30, 0x80),
        der.oid(OIDS.ldsSecurityObject),
        Uint8Array.of(0xa0, 0x80, 0x24, 0x80),
        repeated(Uint8Array.of(4, 0), 200_000),
        filled(0, 16),
      ),
  },
  {
    id: 'a certificate with ten thousand extensions',
    make: () => certificateWith(repeated(extension, 10_000 * extension.length)),
  },
  {
    id: 'a certificate with sixty thousand octets of extensions',
    make: () => certificateWith(repeated(extension, 4000 * extension.length)),
  },
  {
    id: 'a name with four thousand parts',
    make: () => {
      const attribute = der.sequence(der.oid('2.5.4.3'), der.utf8String('x'))
      return der.sequence(
        der.sequence(
          der.integer(1),
          der.sequence(der.oid('1.2')),
          der.sequence(repeated(encodeElement(0x31, attribute), 4000 * 12)),
        ),
      )
    },
  },
  {
    id: 'an object identifier of a mebibyte',
    make: () => der.sequence(encodeElement(0x06, filled(0xff, MiB)), filled(0, 100)),
  },
  {
    id: 'data group 2 with 255 faces and nothing in them',
    make: () =>
      encodeElement(
        0x75,
        encodeElement(0x7f61, Uint8Array.of(2, 1, 255), repeated(Uint8Array.of(0x7f, 0x60, 0), 765)),
      ),
  },
  {
    id: 'data group 16 with 256 KiB of persons',
    make: () => encodeElement(0x70, Uint8Array.of(2, 1, 255), repeated(Uint8Array.of(0xa1, 0), 250_000)),
  },
  {
    id: 'a list of groups with 256 KiB of tags',
    make: () => encodeElement(0x60, encodeElement(0x5c, filled(0x61, 250_000))),
  },
  // texts
  { id: 'a zone of a mebibyte', make: () => repeated(ascii(ZONE), MiB) },
  { id: 'a zone of 16 MiB', make: () => repeated(ascii(ZONE), 16 * MiB) },
  { id: 'a zone with a mebibyte of spaces before it', make: () => concat(filled(0x20, MiB), ascii(ZONE)) },
  {
    id: 'PEM of 16 MiB',
    make: () =>
      concat(
        ascii('-----BEGIN CERTIFICATE-----\n'),
        filled(0x41, 16 * MiB - 100),
        ascii('\n-----END CERTIFICATE-----\n'),
      ),
  },
  {
    id: 'PEM that never ends',
    make: () => concat(ascii('-----BEGIN X-----\n'), filled(0x41, 16 * MiB - 100)),
  },
  {
    id: 'PEM of spaces',
    make: () => concat(ascii('-----BEGIN X-----\n'), filled(0x20, 15 * MiB), ascii('-----END Y-----')),
  },
  {
    id: 'PEM that begins again and again',
    make: () => repeated(ascii('-----BEGIN X-----\nAAAA\n'), 15 * MiB),
  },
  {
    id: 'PEM with a label of a mebibyte',
    make: () => repeated(concat(ascii('-----BEGIN '), filled(0x41, MiB)), 15 * MiB),
  },
  {
    id: 'PEM blocks without number',
    make: () => repeated(ascii('-----BEGIN X-----\nMAA=\n-----END X-----\n'), 15 * MiB),
  },
  {
    id: 'PEM of a block of just under 4 MiB',
    make: () =>
      concat(
        ascii('-----BEGIN CERTIFICATE-----\n'),
        filled(0x41, 4 * MiB - 96),
        ascii('\n-----END CERTIFICATE-----\n'),
      ),
  },
  {
    id: '4,000 blocks of PEM',
    make: () => repeated(ascii('-----BEGIN X-----\nMAA=\n-----END X-----\n'), 4000 * 40),
  },
  // sizes that are just allowed
  {
    id: 'a master list of twenty thousand empty certificates',
    make: () => {
      const list = der.sequence(
        der.integer(0),
        encodeElement(tags.SET, repeated(Uint8Array.of(0x30, 0), 40_000)),
      )
      return signedMessage(list, der.sequence(), signerInfo, OIDS.cscaMasterList)
    },
  },
  {
    id: 'a master list of one certificate of 15 MiB',
    make: () =>
      signedMessage(
        der.sequence(der.integer(0), der.setOf(der.sequence(filled(5, 15 * MiB)))),
        der.sequence(),
        signerInfo,
        OIDS.cscaMasterList,
      ),
  },
  // archives
  { id: 'a ZIP that unfolds to 64 MiB', make: () => zip(deflated('DG1', new Uint8Array(64 * MiB))) },
  {
    id: 'a ZIP of a thousand files',
    make: () => zip(...Array.from({ length: 1000 }, (_, i) => stored(`DG${i}`, filled(0x61, 3)))),
  },
  {
    id: 'a ZIP of a hundred thousand folders',
    make: () => repeated(zip(stored('a/', new Uint8Array())), 100_000 * 32),
  },
  {
    id: 'a ZIP whose entry claims 4 GiB',
    make: () => zip({ ...stored('DG1', filled(0x61, 100)), packedSize: 0xfffffff0 }),
  },
  {
    id: 'a ZIP whose size comes after',
    make: () => zip({ ...stored('DG1', filled(0x61, 100)), packedSize: 0, flags: 8 }),
  },
  {
    id: 'a ZIP whose size never comes',
    make: () => zip({ ...deflated('DG1', filled(0x61, 100)), packedSize: 0, flags: 8 }),
  },
  {
    id: 'a ZIP packed in a way nobody knows',
    make: () => zip({ ...stored('DG1', filled(0x61, 100)), method: 99 }),
  },
  {
    id: 'a ZIP with a damaged stream',
    make: () => zip({ name: 'DG1', packed: filled(0xff, 1000), method: 8 }),
  },
  { id: 'a ZIP cut in its header', make: () => zip(stored('DG1', filled(0x61, 100))).subarray(0, 20) },
  {
    id: 'a ZIP with names that climb and clash',
    make: () =>
      zip(
        stored('../../etc/passwd', ascii('x')),
        stored('__proto__', ascii('y')),
        stored('constructor', ascii('z')),
      ),
  },
  {
    id: 'a ZIP in a ZIP in a ZIP',
    make: () => zip(stored('a.zip', zip(stored('b.zip', zip(stored('DG1', filled(0x61, 9))))))),
  },
  {
    id: 'gzip that unfolds to 64 MiB',
    make: () => new Uint8Array(gzipSync(new Uint8Array(64 * MiB), { level: 9 })),
  },
  { id: 'gzip in gzip', make: () => new Uint8Array(gzipSync(gzipSync(new Uint8Array(MiB)))) },
  {
    id: 'gzip with a header that never ends',
    make: () => concat(Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0), filled(0x41, MiB)),
  },
  {
    id: 'gzip of a hundred thousand members',
    make: () => repeated(new Uint8Array(gzipSync(new Uint8Array())), 2_000_000),
  },
  {
    id: 'gzip with tables without number',
    make: () => concat(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0), blocksWithTables(40_000, 1)),
  },
  {
    // Each table costs more than what it unpacks, and nothing tells a reader how many there are.
    id: 'gzip of nearly 1 MiB with as many tables as can be',
    make: () => concat(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0), blocksWithTables(64_000, 16)),
    milliseconds: 1000,
    octets: 128 * MiB,
  },
  {
    id: 'gzip of noise',
    make: () => concat(Uint8Array.of(0x1f, 0x8b, 8, 0), repeated(Uint8Array.of(7, 99, 201, 33), MiB)),
  },
  {
    id: 'a tar whose size is negative',
    make: () => concat(tarHeader('DG1', '-0000000777'), filled(0x61, 512)),
  },
  { id: 'a tar whose size is no number', make: () => concat(tarHeader('DG1', 'zzz'), filled(0x61, 512)) },
  {
    id: 'a tar whose size is past its end',
    make: () => concat(tarHeader('DG1', '77777777777'), filled(0x61, 512)),
  },
  {
    id: 'a tar whose size is in binary',
    make: () =>
      concat(tarHeader('DG1', '\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'), filled(0x61, 512)),
  },
  { id: 'a tar of 32,767 empty folders', make: () => repeated(tarHeader('a', '0', '5'), 16 * MiB - 512) },
  { id: 'a tar of 32,767 empty files', make: () => repeated(tarHeader('DG1', '0'), 16 * MiB - 512) },
]
