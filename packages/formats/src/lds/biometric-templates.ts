import { integerOctets, tags } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, type Element, encodeElement, inPieces, type Pieces } from '../tlv/index.ts'
import {
  type DateTime,
  dateDigits,
  dateTimeDigits,
  encodePacked,
  type PartialDate,
  readPackedDateTime,
  readPackedPeriod,
} from './dates.ts'
import type { Deviations } from './deviation.ts'
import { keepRaw, type RawElement } from './file.ts'

const CITES = '9303-10 §4.7.2'
/** More instances than any group may have: a face is one, fingers are two, irises are two. */
const MOST = 16

/** What a biometric information template says of the record in it (CBEFF). [9303-10 §4.7.2] */
export interface BiometricHeader {
  /** 01 01 for the present one. */
  readonly version?: Uint8Array
  /** 02 face, 08 finger, 10 iris. */
  readonly type?: Uint8Array
  readonly subtype?: Uint8Array
  readonly created?: DateTime
  readonly valid?: { readonly from: PartialDate; readonly to: PartialDate }
  /** Who made the record, by the number of its product. */
  readonly creator?: Uint8Array
  /** 0x0101: ISO/IEC JTC 1/SC 37. */
  readonly formatOwner?: number
  /** 0x0008: ISO/IEC 19794-5; 0x002a: ISO/IEC 39794-5. */
  readonly formatType?: number
}

/** One biometric information template: the header and the record as it stands. */
export interface BiometricTemplate {
  readonly header: BiometricHeader
  /** 5F2E for a record of octets, 7F2E for one in tags; absent where the template is empty. */
  readonly record?: Element
}

/** Reads the template `7F61`, count and instances. @throws FormatError lds.count, tlv.* */
export function readBiometricTemplates(
  group: Element,
  deviations: Deviations,
): { templates: BiometricTemplate[]; unknown: RawElement[] } {
  const templates: BiometricTemplate[] = []
  const unknown: RawElement[] = []
  let stated: number | undefined
  for (const child of childrenOf(group, MOST + 2)) {
    if (child.tag === tags.INTEGER && stated === undefined) {
      stated = readCount(child)
      if (templates.length > 0) deviations.add('lds.element-order', child.start, CITES)
    } else if (child.tag === 0x7f60) templates.push(readTemplate(child, deviations, unknown))
    else unknown.push(keepRaw(child, deviations, CITES))
  }
  if (stated === undefined) deviations.add('lds.count-missing', group.start, CITES)
  else if (stated !== templates.length) deviations.add('lds.count-differs', group.start, CITES)
  return { templates, unknown }
}

/** A number of instances: one octet. @throws FormatError lds.count, der.integer-empty */
export function readCount(element: Element): number {
  if (integerOctets(element).length !== 1) throw new FormatError('lds.count', element.start, CITES)
  return element.content[0]!
}

export const encodeCount = (count: number): Uint8Array => encodeElement(tags.INTEGER, Uint8Array.of(count))

function readTemplate(template: Element, deviations: Deviations, unknown: RawElement[]): BiometricTemplate {
  let header: BiometricHeader | undefined
  let record: Element | undefined
  for (const child of childrenOf(template, MOST)) {
    if (child.tag === 0xa1 && header === undefined) {
      header = readHeader(child, deviations, unknown)
      if (record !== undefined) deviations.add('lds.element-order', child.start, CITES)
    } else if ((child.tag === 0x5f2e || child.tag === 0x7f2e) && record === undefined) record = child
    else unknown.push(keepRaw(child, deviations, CITES))
  }
  if (header === undefined) deviations.add('lds.biometric-header', template.start, CITES)
  return { header: header ?? {}, ...(record !== undefined && { record }) }
}

function readHeader(element: Element, deviations: Deviations, unknown: RawElement[]): BiometricHeader {
  const header: { -readonly [K in keyof BiometricHeader]: BiometricHeader[K] } = {}
  let last = 0
  for (const field of childrenOf(element, MOST)) {
    if (field.tag === last) {
      deviations.add('lds.element-twice', field.start, CITES)
      continue
    }
    if (field.tag < last) deviations.add('lds.element-order', field.start, CITES)
    last = field.tag
    if (!readHeaderField(header, field, deviations)) unknown.push(keepRaw(field, deviations, CITES))
  }
  if (header.formatOwner === undefined || header.formatType === undefined)
    deviations.add('lds.biometric-header', element.start, CITES)
  return header
}

function readHeaderField(
  header: { -readonly [K in keyof BiometricHeader]: BiometricHeader[K] },
  field: Element,
  deviations: Deviations,
): boolean {
  switch (field.tag) {
    case 0x80:
      header.version = field.content
      return true
    case 0x81:
      header.type = field.content
      return true
    case 0x82:
      header.subtype = field.content
      return true
    case 0x83: {
      const created = readPackedDateTime(field, deviations, CITES)
      if (created !== undefined) header.created = created
      return true
    }
    case 0x85: {
      const valid = readPackedPeriod(field, deviations, CITES)
      if (valid !== undefined) header.valid = valid
      return true
    }
    case 0x86:
      header.creator = field.content
      return true
    case 0x87:
    case 0x88: {
      const value = twoOctets(field, deviations)
      if (value !== undefined) header[field.tag === 0x87 ? 'formatOwner' : 'formatType'] = value
      return true
    }
    default:
      return false
  }
}

function twoOctets({ content, length, start }: Element, deviations: Deviations): number | undefined {
  if (length === 2) return content[0]! * 256 + content[1]!
  deviations.add('lds.biometric-header', start, CITES)
  return undefined
}

function encodeHeader(header: BiometricHeader): Uint8Array {
  const parts: Uint8Array[] = []
  const two = (value: number) => Uint8Array.of(value >> 8, value & 0xff)
  if (header.version) parts.push(encodeElement(0x80, header.version))
  if (header.type) parts.push(encodeElement(0x81, header.type))
  if (header.subtype) parts.push(encodeElement(0x82, header.subtype))
  if (header.created) parts.push(encodePacked(0x83, dateTimeDigits(header.created)))
  if (header.valid)
    parts.push(encodePacked(0x85, dateDigits(header.valid.from) + dateDigits(header.valid.to)))
  if (header.creator) parts.push(encodeElement(0x86, header.creator))
  if (header.formatOwner !== undefined) parts.push(encodeElement(0x87, two(header.formatOwner)))
  if (header.formatType !== undefined) parts.push(encodeElement(0x88, two(header.formatType)))
  return encodeElement(0xa1, ...parts)
}

/** The template `7F61` around records already encoded, tag `5F2E` or `7F2E` included. */
export function encodeBiometricTemplates(
  templates: readonly { readonly header: BiometricHeader; readonly record: Pieces }[],
): Pieces {
  const instances = templates.flatMap(({ header, record }) =>
    inPieces(0x7f60, encodeHeader(header), ...record),
  )
  return inPieces(0x7f61, encodeCount(templates.length), ...instances)
}
