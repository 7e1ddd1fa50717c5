import { integerOctets, smallInteger } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, type Element } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'

/**
 * Readers for the automatically tagged structures of ISO/IEC 39794: every field of a block has a context
 * tag with its number, blocks are extensible, a choice is one field out of several, and an enumeration is
 * a choice between a code of this edition and a later one with a code of this edition to fall back to.
 * [ISO39794-5 §A]
 */
export type Read<T> = (element: Element, deviations: Deviations) => T

export interface Slot<T> {
  readonly number: number
  readonly read: Read<T>
  readonly optional: boolean
}

/** The values of a block by field name; optional fields may be `undefined`. */
export type BlockOf<S> = { readonly [K in keyof S]: S[K] extends Slot<infer T> ? T : never }

const CITES = 'ISO39794-5 §A'
/** More fields, or elements of a list, than any real record has. */
const MOST = 256

export const required = <T>(number: number, read: Read<T>): Slot<T> => ({ number, read, optional: false })

export const optional = <T>(number: number, read: Read<T>): Slot<T | undefined> => ({
  number,
  read,
  optional: true,
})

/** The number of a context tag, primitive or constructed, or -1. */
const numberOf = (tag: number): number => (tag < 0x100 && (tag & 0xc0) === 0x80 ? tag & 0x1f : -1)

function constructed(element: Element): void {
  if (!element.constructed) throw new FormatError('tlv.unexpected-tag', element.start, CITES)
}

function primitive(element: Element): void {
  if (element.constructed) throw new FormatError('tlv.unexpected-tag', element.start, CITES)
}

/** A SEQUENCE of numbered fields in ascending order; fields of a later edition are noted and left out. */
export function block<S extends Record<string, Slot<unknown>>>(slots: S): Read<BlockOf<S>> {
  const byNumber = new Map(Object.entries(slots).map(([name, slot]) => [slot.number, { name, slot }]))
  return (element, deviations) => {
    constructed(element)
    const values: Record<string, unknown> = {}
    let last = -1
    for (const child of childrenOf(element, MOST)) {
      const number = numberOf(child.tag)
      const known = byNumber.get(number)
      if (known === undefined) {
        deviations.add('lds.element-unknown', child.start, CITES)
        continue
      }
      if (number <= last) throw new FormatError('tlv.unexpected-tag', child.start, CITES)
      last = number
      values[known.name] = known.slot.read(child, deviations)
    }
    for (const { name, slot } of byNumber.values())
      if (!slot.optional && !(name in values)) throw new FormatError('tlv.missing', element.contentEnd, CITES)
    return values as BlockOf<S>
  }
}

/** A CHOICE: an element around exactly one of the numbered alternatives. */
export function choice<T>(alternatives: Readonly<Record<number, Read<T>>>): Read<T | undefined> {
  return (element, deviations) => {
    const inner = only(element)
    const read = alternatives[numberOf(inner.tag)]
    if (read !== undefined) return read(inner, deviations)
    deviations.add('lds.element-unknown', inner.start, CITES)
    return undefined
  }
}

function only(element: Element): Element {
  constructed(element)
  const [inner, second] = childrenOf(element, MOST)
  if (inner === undefined) throw new FormatError('tlv.missing', element.contentStart, CITES)
  if (second !== undefined) throw new FormatError('tlv.trailing-bytes', second.start, CITES)
  return inner
}

/** A SEQUENCE OF blocks. */
export function listOf<T>(read: Read<T>): Read<T[]> {
  return (element, deviations) => {
    constructed(element)
    return childrenOf(element, MOST).map((child) => {
      if (child.tag !== 0x30) throw new FormatError('tlv.unexpected-tag', child.start, CITES)
      return read(child, deviations)
    })
  }
}

/** A SEQUENCE OF octet strings. */
export const listOfOctets: Read<Uint8Array[]> = (element) => {
  constructed(element)
  return childrenOf(element, MOST).map((child) => {
    if (child.tag !== 0x04) throw new FormatError('tlv.unexpected-tag', child.start, CITES)
    return child.content
  })
}

/** A number from 0 to 2^48. */
export const whole: Read<number> = (element) => {
  primitive(element)
  return smallInteger(element)
}

/** A number of at most four octets, with its sign. */
export const signed: Read<number> = (element) => {
  primitive(element)
  const octets = integerOctets(element)
  if (octets.length > 4) throw new FormatError('der.integer-too-large', element.start, CITES)
  return octets.reduce((value, octet) => (value << 8) | octet, octets[0]! >= 0x80 ? -1 : 0)
}

/** Anything but zero is true, as BER has it. */
export const flag: Read<boolean> = (element) => {
  primitive(element)
  if (element.length !== 1) throw new FormatError('der.boolean', element.start, CITES)
  return element.content[0] !== 0
}

/** Octets, as a view. */
export const octets: Read<Uint8Array> = (element) => {
  primitive(element)
  return element.content
}

/** An enumeration as its number: the code, or the code that a later one falls back to. */
export const code: Read<number | undefined> = (element, deviations) => {
  const inner = only(element)
  if (inner.tag === 0x80) return smallInteger(inner)
  if (inner.tag !== 0xa1) throw new FormatError('tlv.unexpected-tag', inner.start, CITES)
  const [fallback, later] = childrenOf(inner, MOST)
  if (later !== undefined) deviations.add('lds.element-unknown', later.start, CITES)
  return fallback?.tag === 0x80 ? smallInteger(fallback) : undefined
}

/** As {@link code}, by name; a number without a name in this edition is left as `code 17`. */
export function oneOf(names: Readonly<Record<number, string>>): Read<string | undefined> {
  return (element, deviations) => {
    const value = code(element, deviations)
    return value === undefined ? undefined : (names[value] ?? `code ${value}`)
  }
}
