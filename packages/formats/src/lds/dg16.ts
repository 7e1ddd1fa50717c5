import { tags } from '../der/index.ts'
import { childrenOf, type Element, encodeElement } from '../tlv/index.ts'
import { encodeCount, readCount } from './biometric-templates.ts'
import { dateDigits, encodeDigits, type PartialDate, readDate } from './dates.ts'
import type { Deviation, Deviations } from './deviation.ts'
import { keepRaw, openFile, type RawElement } from './file.ts'
import { encodeText, readText } from './text.ts'

const CITES = '9303-10 §4.7.16'
/** Templates have tags A1 to AF. */
const MOST = 15

/** Someone to notify in an emergency, as written: name with `<<`, address with `<` between its parts. */
export interface PersonToNotify {
  readonly recorded?: PartialDate | undefined
  readonly name?: string | undefined
  readonly telephone?: string | undefined
  readonly address?: string | undefined
}

export interface Dg16 {
  readonly persons: readonly PersonToNotify[]
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

/**
 * DG16, persons to notify: `70 { 02 count, A1 { 5F50 date, 5F51 name, 5F52 telephone, 5F53 address }, A2 … }`.
 * [9303-10 §4.7.16]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.count, tlv.*
 */
export function parseDg16(bytes: Uint8Array): Dg16 {
  const { file, deviations } = openFile(bytes, 0x70, CITES)
  const persons: PersonToNotify[] = []
  const unknown: RawElement[] = []
  let stated: number | undefined
  for (const child of childrenOf(file, MOST + 2)) {
    if (child.tag === tags.INTEGER && stated === undefined) {
      stated = readCount(child)
      if (persons.length > 0) deviations.add('lds.element-order', child.start, CITES)
    } else if (child.tag > 0xa0 && child.tag <= 0xa0 + MOST) {
      persons.push(readPerson(child, deviations, unknown))
      if (child.tag !== 0xa0 + persons.length) deviations.add('lds.element-order', child.start, CITES)
    } else unknown.push(keepRaw(child, deviations, CITES))
  }
  if (persons.length === 0) deviations.add('lds.element-empty', file.start, CITES)
  if (stated === undefined) deviations.add('lds.count-missing', file.start, CITES)
  else if (stated !== persons.length) deviations.add('lds.count-differs', file.start, CITES)
  return { persons, unknown, deviations: deviations.list }
}

function readPerson(template: Element, deviations: Deviations, unknown: RawElement[]): PersonToNotify {
  const fields = new Map<number, Element>()
  let last = 0
  for (const child of childrenOf(template, MOST)) {
    if (child.tag < 0x5f50 || child.tag > 0x5f53) unknown.push(keepRaw(child, deviations, CITES))
    else if (fields.has(child.tag)) deviations.add('lds.element-twice', child.start, CITES)
    else {
      if (child.tag < last) deviations.add('lds.element-order', child.start, CITES)
      last = child.tag
      fields.set(child.tag, child)
    }
  }
  const text = (tag: number): string | undefined => {
    const element = fields.get(tag)
    return element && readText(element, deviations, CITES)
  }
  const recorded = fields.get(0x5f50)
  return {
    recorded: recorded && readDate(recorded, deviations, CITES),
    name: text(0x5f51),
    telephone: text(0x5f52),
    address: text(0x5f53),
  }
}

/** @throws RangeError for none, more than fifteen, an empty text or a date that does not exist */
export function encodeDg16(persons: readonly PersonToNotify[]): Uint8Array {
  if (persons.length === 0 || persons.length > MOST) throw new RangeError('encodeDg16: 1 to 15 persons')
  return encodeElement(0x70, encodeCount(persons.length), ...persons.map(encodePerson))
}

function encodePerson({ recorded, name, telephone, address }: PersonToNotify, i: number): Uint8Array {
  const parts: Uint8Array[] = []
  if (recorded !== undefined) parts.push(encodeDigits(0x5f50, dateDigits(recorded)))
  if (name !== undefined) parts.push(encodeText(0x5f51, name))
  if (telephone !== undefined) parts.push(encodeText(0x5f52, telephone))
  if (address !== undefined) parts.push(encodeText(0x5f53, address))
  return encodeElement(0xa1 + i, ...parts)
}
