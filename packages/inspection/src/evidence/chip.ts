import { FormatError } from '@nansen/formats'
import {
  type Deviation,
  type Dg11,
  type Dg12,
  type Dg13,
  type EfCom,
  type PartialDate,
  parseDg1,
  parseDg2,
  parseDg5,
  parseDg7,
  parseDg11,
  parseDg12,
  parseDg13,
  parseDg14,
  parseDg15,
  parseDg16,
  parseEfCom,
  parseSodContent,
  parseSodMessage,
  type Sod,
  type SodDeviation,
  type SodMessage,
} from '@nansen/formats/lds'
import { type Mrz, parseMrz } from '@nansen/formats/mrz'
import { sameBytes } from '@nansen/formats/tlv'
import type { Crypto } from '../crypto/crypto.ts'
import type { Finding } from '../finding.ts'
import { type ChipFile, deviationsAt } from '../recognise-input/index.ts'

/** How the hash of a data group compares with the one that was signed. */
export type HashAnswer = 'same' | 'differs' | 'not-signed'

/** The chip's files, read. */
export interface ChipEvidence {
  readonly files: ReadonlyMap<string, ChipFile>
  readonly sod: Sod | undefined
  /** The security object's signed message, also where its content cannot be read. */
  readonly message: SodMessage | undefined
  /** Data group number → its hash against the security object's; empty without a security object. */
  readonly hashes: ReadonlyMap<number, HashAnswer>
  readonly com: EfCom | undefined
  /** The zone in DG1. */
  readonly zone: Mrz | undefined
  readonly dg11: Dg11 | undefined
  readonly dg12: Dg12 | undefined
  readonly dg13: Dg13 | undefined
  /** Start of the day of issue in DG12, where all its parts are known. */
  readonly issuedOn: Date | undefined
  /** Groups that cannot be read, although their hash may be right. */
  readonly unreadable: readonly Finding[]
  readonly malformed: Finding | undefined
  /** Why the security object says nothing to this code, although nothing is wrong with it. */
  readonly unsupported: Finding | undefined
  readonly notes: readonly Finding[]
}

/** Collects what reading the files brings, so that one bad file does not lose the rest. */
class Reader {
  readonly files: ReadonlyMap<string, ChipFile>
  readonly notes: Finding[] = []
  malformed: Finding | undefined
  unsupported: Finding | undefined
  readonly unreadable: Finding[] = []

  constructor(files: readonly ChipFile[]) {
    this.files = new Map(files.map((file) => [file.name, file]))
  }

  /**
   * Reads one file if it is there. A file that must be readable is malformed otherwise; of another only its
   * content is lost, because its hash still tells whether it is the issuer's.
   */
  read<T>(
    name: string,
    parse: (bytes: Uint8Array) => T,
    must: 'must-be-readable' | 'may-be-unreadable',
  ): T | undefined {
    const file = this.files.get(name)
    if (file === undefined) return undefined
    try {
      const value = parse(file.bytes)
      this.notes.push(...deviationsAt(name, deviationsOf(value)))
      return value
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      const found: Finding = { code: error.code, where: `${name} +${error.at}`, cites: error.cites }
      // Some states have algorithms of their own; that is no forgery.
      if (error.code === 'sod.hash-algorithm') this.unsupported ??= found
      else if (must === 'must-be-readable') this.malformed ??= found
      else this.unreadable.push(found)
      return undefined
    }
  }
}

type AnyDeviation = Deviation | SodDeviation

const deviationsOf = (value: unknown): readonly AnyDeviation[] =>
  (value as { readonly deviations?: readonly AnyDeviation[] }).deviations ?? []

/** Groups that no check needs; they are read so that what is wrong in them is said. */
const ALSO_READ: readonly (readonly [string, (bytes: Uint8Array) => unknown])[] = [
  ['DG2', parseDg2],
  ['DG5', parseDg5],
  ['DG7', parseDg7],
  ['DG14', parseDg14],
  ['DG15', parseDg15],
  ['DG16', parseDg16],
]

const dayOf = (date: PartialDate | undefined): Date | undefined =>
  date?.year === undefined || date.month === undefined || date.day === undefined
    ? undefined
    : new Date(Date.UTC(date.year, date.month - 1, date.day))

/** Reads the files of a chip and hashes its data groups. Nothing is judged here. */
export async function readChip(files: readonly ChipFile[], crypto: Crypto): Promise<ChipEvidence> {
  const reader = new Reader(files)
  const message = reader.read('SOD', parseSodMessage, 'must-be-readable')
  const securityObject = message && reader.read('SOD', () => parseSodContent(message), 'must-be-readable')
  const sod = message && securityObject && { ...message, securityObject }
  const dg1 = reader.read('DG1', parseDg1, 'must-be-readable')
  const zone = dg1 && reader.read('DG1', () => parseMrz(dg1.mrz), 'must-be-readable')
  const com = reader.read('COM', parseEfCom, 'may-be-unreadable')
  const dg11 = reader.read('DG11', parseDg11, 'may-be-unreadable')
  const dg12 = reader.read('DG12', parseDg12, 'may-be-unreadable')
  const dg13 = reader.read('DG13', parseDg13, 'may-be-unreadable')
  for (const [name, parse] of ALSO_READ) reader.read(name, parse, 'may-be-unreadable')
  return {
    files: reader.files,
    sod,
    message,
    hashes: sod === undefined ? new Map() : await compareHashes(files, sod, crypto),
    com,
    zone,
    dg11,
    dg12,
    dg13,
    issuedOn: dayOf(dg12?.dateOfIssue),
    unreadable: reader.unreadable,
    malformed: reader.malformed,
    unsupported: reader.unsupported,
    notes: reader.notes,
  }
}

/** A hash covers a file from its tag to the end of its element, as it was read. [9303-10 §4.6.2] */
async function compareHashes(
  files: readonly ChipFile[],
  sod: Sod,
  crypto: Crypto,
): Promise<Map<number, HashAnswer>> {
  const { hashAlgorithm, hashes } = sod.securityObject
  const answers = new Map<number, HashAnswer>()
  for (const { number, bytes } of files) {
    if (number === undefined) continue
    const signed = hashes.find((entry) => entry.number === number)
    if (signed === undefined) answers.set(number, 'not-signed')
    else {
      const made = crypto.digest(hashAlgorithm, bytes)
      // Waiting for what is there already costs as much as hashing a small group.
      const digest = made instanceof Uint8Array ? made : await made
      answers.set(number, sameBytes(digest, signed.hash) ? 'same' : 'differs')
    }
  }
  return answers
}
