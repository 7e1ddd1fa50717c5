import { FormatError } from '../format-error.ts'
import { childrenOf, type Element, encodeElement } from '../tlv/index.ts'
import { dataGroupByTag, EF_COM, EF_SOD } from './data-groups.ts'
import type { Deviation } from './deviation.ts'
import { keepRaw, openFile, type RawElement } from './file.ts'
import { readAscii } from './text.ts'

const CITES = '9303-10 §4.6.1'
const ORDER = [0x5f01, 0x5f36, 0x5c]

export interface EfComFields {
  /** Four digits: `0107`, `0108`. */
  readonly ldsVersion: string
  /** Six digits: `040000`. */
  readonly unicodeVersion: string
  /** First octets of the data groups that are there, as stated. */
  readonly tags: readonly number[]
}

export interface EfCom extends EfComFields {
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

/**
 * EF.COM: versions and the data groups that the issuer says there are. Nothing signs this file: what is
 * there is told by the security object. [9303-10 §4.6.1]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.com-version, lds.com-tag-list, tlv.*
 */
export function parseEfCom(bytes: Uint8Array): EfCom {
  const { file, deviations } = openFile(bytes, EF_COM.tag, CITES)
  const unknown: RawElement[] = []
  const found = new Map<number, Element>()
  let last = -1
  for (const child of childrenOf(file, 32)) {
    const place = ORDER.indexOf(child.tag)
    if (place < 0) unknown.push(keepRaw(child, deviations, CITES))
    else if (found.has(child.tag)) deviations.add('lds.element-twice', child.start, CITES)
    else {
      if (place < last) deviations.add('lds.element-order', child.start, CITES)
      last = place
      found.set(child.tag, child)
    }
  }
  const need = (tag: number): Element => {
    const element = found.get(tag)
    if (element === undefined) throw new FormatError('tlv.missing', file.contentEnd, CITES)
    return element
  }
  const ldsVersion = version(need(0x5f01), 4)
  const unicodeVersion = version(need(0x5f36), 6)
  const list = need(0x5c)
  const tags = [...list.content]
  if (tags.length === 0 || tags.length > 32) throw new FormatError('lds.com-tag-list', list.start, CITES)
  if (!tags.every(isGroup)) deviations.add('lds.tag-list-differs', list.start, CITES)
  if (new Set(tags).size < tags.length) deviations.add('lds.element-twice', list.start, CITES)
  return { ldsVersion, unicodeVersion, tags, unknown, deviations: deviations.list }
}

const isGroup = (tag: number): boolean =>
  tag !== EF_COM.tag && tag !== EF_SOD.tag && dataGroupByTag(tag) !== undefined

function version(element: Element, digits: number): string {
  const text = readAscii(element, 'lds.com-version', CITES)
  if (text.length !== digits || !/^\d+$/.test(text))
    throw new FormatError('lds.com-version', element.start, CITES)
  return text
}

/** @throws RangeError for a version that is not of digits, or a tag that no data group has */
export function encodeEfCom({ ldsVersion, unicodeVersion, tags }: EfComFields): Uint8Array {
  if (!/^\d{4}$/.test(ldsVersion) || !/^\d{6}$/.test(unicodeVersion))
    throw new RangeError('encodeEfCom: versions of four and six digits')
  if (tags.length === 0 || !tags.every(isGroup) || new Set(tags).size < tags.length)
    throw new RangeError('encodeEfCom: each tag one data group, once')
  const ascii = (text: string) => new TextEncoder().encode(text)
  return encodeElement(
    EF_COM.tag,
    encodeElement(0x5f01, ascii(ldsVersion)),
    encodeElement(0x5f36, ascii(unicodeVersion)),
    encodeElement(0x5c, Uint8Array.from(tags)),
  )
}
