import { tags } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, Element, encodeElement, readElement, sameBytes } from '../tlv/index.ts'
import { encodeCount, readCount } from './biometric-templates.ts'
import type { Deviations } from './deviation.ts'
import { keepRaw, openFile, type RawElement } from './file.ts'
import { encodeText, readText } from './text.ts'

/**
 * DG11 and DG12 have the same form: a list of the tags that follow, then those elements; names of which
 * there may be several stand in a template of their own:
 * `{ 5C tags, element …, A0 { 02 count, name … }, element … }`. [9303-10 §4.7.11]
 */
export interface DetailGroup {
  readonly tag: number
  readonly cites: string
  /** Tags of the elements in the order of the standard; the tag of the names stands for their template. */
  readonly order: readonly number[]
  /** Tag of one name inside `A0`. */
  readonly names: number
  /** Tags of the LDS report of 2004, and those that replaced them. */
  readonly former?: ReadonlyMap<number, number>
}

export interface Details {
  readonly fields: ReadonlyMap<number, Element>
  readonly names: readonly string[] | undefined
  readonly unknown: readonly RawElement[]
  readonly deviations: Deviations
}

const TAG_LIST = 0x5c
const NAMES = 0xa0
/** More elements than either group has, and more names than anybody. */
const MOST = 100

/** Reads the frame of such a group. @throws FormatError lds.count, tlv.* */
export function readDetails(bytes: Uint8Array, group: DetailGroup): Details {
  const { cites } = group
  const { file, deviations } = openFile(bytes, group.tag, cites)
  const fields = new Map<number, Element>()
  const unknown: RawElement[] = []
  const present: number[] = []
  const names: string[] = []
  let list: Element | undefined
  let last = -1
  for (const child of elementsOf(file)) {
    const tag = currentTag(child, group, deviations)
    if (tag === TAG_LIST && list === undefined) {
      list = child
      if (child.start !== file.contentStart) deviations.add('lds.element-order', child.start, cites)
      continue
    }
    const place = group.order.indexOf(tag)
    if (place < 0) {
      unknown.push(keepRaw(child, deviations, cites))
      continue
    }
    if (tag === group.names) readNames(child, group, deviations, names)
    else if (fields.has(tag)) deviations.add('lds.element-twice', child.start, cites)
    else fields.set(tag, child)
    if (place < last) deviations.add('lds.element-order', child.start, cites)
    last = place
    if (!present.includes(tag)) present.push(tag)
  }
  if (list === undefined) deviations.add('lds.tag-list-missing', file.contentStart, cites)
  else if (!sameBytes(list.content, tagBytes(present)))
    deviations.add('lds.tag-list-differs', list.start, cites)
  return { fields, names: present.includes(group.names) ? names : undefined, unknown, deviations }
}

/**
 * The elements of the group. The report of 2004 had tags 5F85 and 5F86, which are no tags by the coding
 * rules: their second octet says that a third follows. Belgium wrote 5F85.
 */
function elementsOf(file: Element): Element[] {
  const { input, contentEnd, rules, depth } = file
  const elements: Element[] = []
  for (let at = file.contentStart; at < contentEnd; ) {
    if (elements.length === MOST) throw new FormatError('tlv.too-many', at, 'X.690 §8.1')
    const former = input[at] === 0x5f && (input[at + 1] === 0x85 || input[at + 1] === 0x86)
    const read = readElement(input, former ? at + 1 : at, contentEnd, rules, depth + 1)
    const child = former ? behindFirstOctet(read, at) : read
    elements.push(child)
    at = child.end
  }
  return elements
}

const behindFirstOctet = ({ tag, input, contentStart, contentEnd, end, rules, depth }: Element, at: number) =>
  new Element(0x5f00 | tag, input, at, contentStart, contentEnd, end, rules, depth)

/** The tag by which an element is known today; the template of names counts as the tag of the names. */
function currentTag(element: Element, { former, names, cites }: DetailGroup, deviations: Deviations): number {
  if (element.tag === NAMES) return names
  const replaced = former?.get(element.tag)
  if (replaced === undefined) return element.tag
  deviations.add('lds.element-of-lds-1.7', element.start, cites)
  return replaced
}

function readNames(element: Element, group: DetailGroup, deviations: Deviations, names: string[]): void {
  const { cites } = group
  if (element.tag !== NAMES) {
    deviations.add('lds.names-unframed', element.start, cites)
    names.push(readText(element, deviations, cites))
    return
  }
  if (names.length > 0) deviations.add('lds.element-twice', element.start, cites)
  let stated: number | undefined
  let found = 0
  for (const child of childrenOf(element, MOST)) {
    if (child.tag === tags.INTEGER && stated === undefined) {
      stated = readCount(child)
      if (found > 0) deviations.add('lds.element-order', child.start, cites)
    } else if (child.tag === group.names) {
      names.push(readText(child, deviations, cites))
      found++
    } else deviations.add('lds.element-unknown', child.start, cites)
  }
  if (found === 0) deviations.add('lds.element-empty', element.start, cites)
  if (stated === undefined) deviations.add('lds.count-missing', element.start, cites)
  else if (stated !== found) deviations.add('lds.count-differs', element.start, cites)
}

function tagBytes(list: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 * list.length)
  for (const [i, tag] of list.entries()) {
    bytes[2 * i] = tag >> 8
    bytes[2 * i + 1] = tag & 0xff
  }
  return bytes
}

/**
 * Writes such a group: the list of tags, then the elements in the order of the standard.
 * @param elements elements already encoded, by tag
 * @throws RangeError for a hundred names or more, or one that is no text
 */
export function encodeDetails(
  group: DetailGroup,
  elements: ReadonlyMap<number, Uint8Array | undefined>,
  names: readonly string[] | undefined,
): Uint8Array {
  const all = new Map(elements)
  if (names !== undefined && names.length > 0) all.set(group.names, encodeNames(group.names, names))
  const present = group.order.filter((tag) => all.get(tag) !== undefined)
  return encodeElement(
    group.tag,
    encodeElement(TAG_LIST, tagBytes(present)),
    ...present.map((tag) => all.get(tag)!),
  )
}

function encodeNames(tag: number, names: readonly string[]): Uint8Array {
  if (names.length >= MOST) throw new RangeError('encodeNames: fewer than 100 names')
  return encodeElement(NAMES, encodeCount(names.length), ...names.map((name) => encodeText(tag, name)))
}
