import { encodeElement } from '../tlv/index.ts'
import { dateDigits, encodeDigits, type PartialDate, readDate } from './dates.ts'
import { type DetailGroup, encodeDetails, readDetails } from './detail-fields.ts'
import type { Deviation } from './deviation.ts'
import type { RawElement } from './file.ts'
import { encodeText, readText } from './text.ts'

const CITES = '9303-10 §4.7.11'

/**
 * What DG11 says of the holder, as it is written there: names with `<<` and `<` (see `splitName`), places,
 * addresses and lists of numbers with `<` between their parts (see `partsOf`). All is untrusted text.
 */
export interface Dg11Fields {
  readonly nameOfHolder?: string | undefined
  readonly otherNames?: readonly string[] | undefined
  readonly personalNumber?: string | undefined
  readonly dateOfBirth?: PartialDate | undefined
  readonly placeOfBirth?: string | undefined
  readonly address?: string | undefined
  readonly telephone?: string | undefined
  readonly profession?: string | undefined
  readonly title?: string | undefined
  readonly personalSummary?: string | undefined
  /** An image. */
  readonly proofOfCitizenship?: Uint8Array | undefined
  readonly otherDocuments?: string | undefined
  readonly custody?: string | undefined
}

export interface Dg11 extends Dg11Fields {
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

const TEXTS = {
  nameOfHolder: 0x5f0e,
  personalNumber: 0x5f10,
  placeOfBirth: 0x5f11,
  address: 0x5f42,
  telephone: 0x5f12,
  profession: 0x5f13,
  title: 0x5f14,
  personalSummary: 0x5f15,
  otherDocuments: 0x5f17,
  custody: 0x5f18,
} as const
const OTHER_NAME = 0x5f0f
const DATE_OF_BIRTH = 0x5f2b
const PROOF_OF_CITIZENSHIP = 0x5f16

const GROUP: DetailGroup = {
  tag: 0x6b,
  cites: CITES,
  names: OTHER_NAME,
  order: [
    ...[0x5f0e, OTHER_NAME, 0x5f10, DATE_OF_BIRTH, 0x5f11, 0x5f42, 0x5f12],
    ...[0x5f13, 0x5f14, 0x5f15, PROOF_OF_CITIZENSHIP, 0x5f17, 0x5f18],
  ],
}

/**
 * DG11, additional personal details. Names may be in any script. [9303-10 §4.7.11]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.count, tlv.*
 */
export function parseDg11(bytes: Uint8Array): Dg11 {
  const { fields, names, unknown, deviations } = readDetails(bytes, GROUP)
  const text = (tag: number): string | undefined => {
    const element = fields.get(tag)
    return element && readText(element, deviations, CITES)
  }
  const birth = fields.get(DATE_OF_BIRTH)
  const proof = fields.get(PROOF_OF_CITIZENSHIP)
  if (proof?.length === 0) deviations.add('lds.element-empty', proof.start, CITES)
  return {
    nameOfHolder: text(TEXTS.nameOfHolder),
    otherNames: names,
    personalNumber: text(TEXTS.personalNumber),
    dateOfBirth: birth && readDate(birth, deviations, CITES),
    placeOfBirth: text(TEXTS.placeOfBirth),
    address: text(TEXTS.address),
    telephone: text(TEXTS.telephone),
    profession: text(TEXTS.profession),
    title: text(TEXTS.title),
    personalSummary: text(TEXTS.personalSummary),
    proofOfCitizenship: proof?.content,
    otherDocuments: text(TEXTS.otherDocuments),
    custody: text(TEXTS.custody),
    unknown,
    deviations: deviations.list,
  }
}

/** @throws RangeError for an empty text, half a character, or a date that does not exist */
export function encodeDg11(fields: Dg11Fields): Uint8Array {
  const elements = new Map<number, Uint8Array>()
  for (const [name, tag] of Object.entries(TEXTS)) {
    const text = fields[name as keyof typeof TEXTS]
    if (text !== undefined) elements.set(tag, encodeText(tag, text))
  }
  if (fields.dateOfBirth)
    elements.set(DATE_OF_BIRTH, encodeDigits(DATE_OF_BIRTH, dateDigits(fields.dateOfBirth)))
  if (fields.proofOfCitizenship)
    elements.set(PROOF_OF_CITIZENSHIP, encodeElement(PROOF_OF_CITIZENSHIP, fields.proofOfCitizenship))
  return encodeDetails(GROUP, elements, fields.otherNames)
}
