import { FormatError } from '@nansen/formats'
import { readOid } from '@nansen/formats/der'
import { type Deviation, recogniseFile, type SodDeviation } from '@nansen/formats/lds'
import { OIDS } from '@nansen/formats/pki'
import { type Element, Fields, readElement } from '@nansen/formats/tlv'
import type { Finding } from '../finding.ts'
import { ArchiveError, openArchive } from './archive.ts'
import type { ChipFile, Input, InputFile } from './input.ts'
import { pemBlocks } from './pem.ts'
import { isText } from './text.ts'

/** What was presented, by what its bytes say; names of files are at most a hint. */
export type Presented =
  | { readonly kind: 'mrz'; readonly text: string }
  | {
      /** `sod`: a security object without any data group. */
      readonly kind: 'emrtd' | 'sod'
      readonly files: readonly ChipFile[]
      readonly mrzText: string | undefined
      /** A file that is one of the chip's and cannot be read as a whole. */
      readonly malformed: Finding | undefined
      readonly notes: readonly Finding[]
    }
  | { readonly kind: 'certificate' | 'master-list' | 'crl'; readonly bytes: Uint8Array }
  | { readonly kind: 'unknown'; readonly finding: Finding }

/** Octets of one file that is looked at: a master list's limit. */
const MOST_OCTETS = 16 * 1024 * 1024
const MOST_MRZ = 1024 * 1024

const unknown = (
  code: 'input.unknown' | 'input.empty' | 'input.too-large' | 'input.archive' | 'input.several',
): Presented => ({ kind: 'unknown', finding: { code, where: 'input', cites: '9303-11 §5.1' } })

/** Recognises what `input` is, from its content. Never throws for any input. */
export function recognise(input: Input): Presented {
  if (typeof input === 'string')
    return input.trim() === '' ? unknown('input.empty') : { kind: 'mrz', text: input }
  if (!(input instanceof Uint8Array)) return recogniseFiles(input)
  if (input.length === 0) return unknown('input.empty')
  if (input.length > MOST_OCTETS) return unknown('input.too-large')
  try {
    const files = openArchive(input)
    if (files !== undefined) return recogniseFiles(files)
  } catch (error) {
    if (error instanceof ArchiveError) return unknown('input.archive')
    throw error
  }
  const text = zoneText(input)
  if (text !== undefined) return { kind: 'mrz', text }
  const pem = pemBlocks(input)
  if (pem !== undefined && pem.length > 1) return unknown('input.several')
  const bytes = pem?.[0]?.bytes ?? input
  const structure = signedStructure(bytes)
  if (structure !== undefined) return { kind: structure, bytes }
  return isChipFile({ name: '', bytes: input }, true)
    ? recogniseFiles([{ name: '', bytes: input }])
    : unknown('input.unknown')
}

/** The files of one folder or archive as one document. */
function recogniseFiles(files: readonly InputFile[]): Presented {
  const chip: ChipFile[] = []
  const notes: Finding[] = []
  let mrzText: string | undefined
  let malformed: Finding | undefined
  for (const file of files) {
    const where = 'file'
    if (file.bytes.length === 0 || file.bytes.length > MOST_OCTETS) continue
    if (!isChipFile(file, files.length === 1)) {
      const text = zoneText(file.bytes)
      if (text !== undefined && mrzText === undefined) mrzText = text
      else notes.push({ code: 'input.file-ignored', where, cites: '9303-10 §4.6' })
      continue
    }
    try {
      const recognised = recogniseFile(file.bytes)
      if (recognised === undefined) throw new FormatError('tlv.unexpected-tag', 0, '9303-10 §4.6')
      const name = recognised.file.name
      if (chip.some((other) => other.name === name))
        malformed ??= { code: 'input.file-twice', where: name, cites: '9303-10 §4.6' }
      chip.push({ name, number: recognised.file.number, bytes: recognised.bytes })
      notes.push(...deviationsAt(name, recognised.deviations))
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      malformed ??= { code: error.code, where: `file +${error.at}`, cites: error.cites }
    }
  }
  if (chip.length === 0 && malformed === undefined) {
    if (mrzText !== undefined) return { kind: 'mrz', text: mrzText }
    return unknown(files.length === 0 ? 'input.empty' : 'input.unknown')
  }
  const lone = chip.length === 1 && chip[0]!.name === 'SOD' && mrzText === undefined
  const damagedSod = chip.length === 0 && files.length === 1 && files[0]!.bytes[0] === 0x77
  return { kind: lone || damagedSod ? 'sod' : 'emrtd', files: chip, mrzText, malformed, notes }
}

export const deviationsAt = (where: string, deviations: readonly (Deviation | SodDeviation)[]): Finding[] =>
  deviations.map(({ code, at, cites }) => ({ code, where: `${where} +${at}`, cites }))

/** Names that people and tools give to chip files. */
const CHIP_NAME = /^(?:EF[._-]?)?(?:COM|SOD|DG[ _-]?\d{1,2}|Data[ _-]?group[ _-]?\d{1,2})(?:\.\w+)?$/i

/**
 * Whether a file is one of the chip's: its first octet is the tag of one, and its length is right up to
 * padding, or its name says so. A letter or another text may begin with the same octet.
 */
function isChipFile(file: InputFile, alone: boolean): boolean {
  const { bytes } = file
  try {
    const recognised = recogniseFile(bytes)
    if (recognised === undefined) return CHIP_NAME.test(file.name)
    return (
      recognised.trailing === 0 ||
      CHIP_NAME.test(file.name) ||
      recognised.deviations.every(({ code }) => code === 'lds.padding-after-file') ||
      (alone && !looksLikeText(bytes))
    )
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return CHIP_NAME.test(file.name) || (alone && !looksLikeText(bytes))
  }
}

function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64)
  return head.every((octet) => octet === 9 || octet === 10 || octet === 13 || (octet >= 32 && octet < 127))
}

/**
 * The text of a machine readable zone, well formed or not: text that begins with a document code and has
 * fillers. What it really is, its parser says.
 */
function zoneText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_MRZ || !isText(bytes.subarray(0, 256))) return undefined
  const head = new TextDecoder('utf-8')
    .decode(bytes.subarray(0, 256))
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (!/^[ACIPV][A-Z<]/i.test(head) || !head.includes('<')) return undefined
  return new TextDecoder('utf-8').decode(bytes)
}

const SEQUENCE = 0x30

/**
 * Certificate, revocation list or signed message, by the tags at its start: a signed message begins with an
 * object identifier; the other two with what is signed, in which the fields after the issuer differ.
 */
function signedStructure(bytes: Uint8Array): 'certificate' | 'crl' | 'master-list' | undefined {
  if (bytes[0] !== SEQUENCE) return undefined
  try {
    const outer = readElement(bytes)
    const first = readElement(bytes, outer.contentStart, outer.contentEnd)
    if (first.tag === 0x06) return isMasterList(outer) ? 'master-list' : undefined
    if (first.tag !== SEQUENCE) return undefined
    let field = readElement(bytes, first.contentStart, first.contentEnd)
    if (field.tag === 0xa0) return 'certificate'
    const seen: number[] = []
    while (seen.length < 4 && field.end < first.contentEnd) {
      seen.push(field.tag)
      field = readElement(bytes, field.end, first.contentEnd)
    }
    return seen.includes(0x17) || seen.includes(0x18) || field.tag === 0x17 || field.tag === 0x18
      ? 'crl'
      : 'certificate'
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return guessByStart(bytes)
  }
}

/**
 * Whether a signed message says that its content is a master list; a deviation list or a letter is a signed
 * message too, and no forged master list. One that cannot be read so far is taken for what it most often is.
 */
function isMasterList(contentInfo: Element): boolean {
  try {
    const message = new Fields(contentInfo, 'RFC5652 §3')
    message.any()
    const wrapper = new Fields(message.any(), 'RFC5652 §3')
    const signedData = new Fields(wrapper.take(SEQUENCE), 'RFC5652 §5.1')
    signedData.any()
    signedData.any()
    const content = new Fields(signedData.take(SEQUENCE), 'RFC5652 §5.2')
    return readOid(content.any()) === OIDS.cscaMasterList
  } catch (error) {
    if (error instanceof FormatError) return true
    throw error
  }
}

/** For a structure whose lengths are wrong: the tags that follow the first two headers, as far as they stand. */
function guessByStart(bytes: Uint8Array): 'certificate' | 'master-list' | undefined {
  const second = afterHeader(bytes, 0)
  if (bytes[second] === 0x06) return 'master-list'
  if (bytes[second] !== SEQUENCE) return undefined
  const third = bytes[afterHeader(bytes, second)]
  return third === 0xa0 || third === 0x02 ? 'certificate' : undefined
}

const afterHeader = (bytes: Uint8Array, at: number): number => {
  const length = bytes[at + 1] ?? 0
  return at + 2 + (length > 0x80 ? length & 0x7f : 0)
}
