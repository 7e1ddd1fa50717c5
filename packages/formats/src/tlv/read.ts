import { FormatError } from '../format-error.ts'
import { DER, Element, type Rules } from './element.ts'

/** Deeper nesting than any travel document needs; a limit against crafted input. */
export const MAX_DEPTH = 32

/**
 * Reads the element at `at`; it must end at or before `end`.
 * Work is bounded by the octets of its tag and length; its content is not looked at, except that the
 * end of an indefinite length is searched for (within {@link MAX_DEPTH} levels). [X.690 §8.1]
 * @throws FormatError tlv.*
 */
export function readElement(
  input: Uint8Array,
  at = 0,
  end = input.length,
  rules: Rules = DER,
  depth = 0,
): Element {
  if (depth > MAX_DEPTH) throw new FormatError('tlv.too-deep', at, 'X.690 §8.1')
  if (at >= end) throw new FormatError('tlv.end-of-input', at, 'X.690 §8.1.1')
  let position = at
  let tag = input[position++]!
  if ((tag & 0x1f) === 0x1f) {
    const low = position
    for (;;) {
      if (position >= end) throw new FormatError('tlv.end-of-input', position, 'X.690 §8.1.2')
      if (position - low === 2) throw new FormatError('tlv.tag-too-long', at, 'X.690 §8.1.2.4')
      const octet = input[position++]!
      if (position - 1 === low && octet === 0x80)
        throw new FormatError('tlv.tag-not-minimal', at, 'X.690 §8.1.2.4')
      tag = tag * 256 + octet
      if ((octet & 0x80) === 0) break
    }
    // Tag numbers below 31 have a short form; LDS tags such as 5F0E use the long one all the same, as
    // [ISO7816-4] allows, so this is left to the format that reads them.
  }
  if (position >= end) throw new FormatError('tlv.end-of-input', position, 'X.690 §8.1.3')
  const first = input[position++]!
  if (first < 0x80) return within(tag, input, at, position, position + first, end, rules, depth)
  if (first === 0x80) {
    if (rules.lengths === 'der') throw new FormatError('tlv.length-indefinite', at, 'X.690 §10.1')
    rules.onTolerated?.('tlv.length-indefinite', at)
    const contentEnd = endOfContents(input, position, end, rules, depth)
    return new Element(tag, input, at, position, contentEnd, contentEnd + 2, rules, depth)
  }
  const octets = first & 0x7f
  if (first === 0xff) throw new FormatError('tlv.length-reserved', at, 'X.690 §8.1.3.5')
  if (position + octets > end) throw new FormatError('tlv.end-of-input', position, 'X.690 §8.1.3')
  let length = 0
  for (let i = 0; i < octets; i++) {
    length = length * 256 + input[position + i]!
    if (length > 0xffffffff) throw new FormatError('tlv.length-reserved', at, 'X.690 §8.1.3.5')
  }
  if (length < 0x80 || input[position] === 0) {
    if (rules.lengths === 'der') throw new FormatError('tlv.length-not-minimal', at, 'X.690 §10.1')
    rules.onTolerated?.('tlv.length-not-minimal', at)
  }
  position += octets
  return within(tag, input, at, position, position + length, end, rules, depth)
}

function within(
  tag: number,
  input: Uint8Array,
  start: number,
  contentStart: number,
  contentEnd: number,
  end: number,
  rules: Rules,
  depth: number,
): Element {
  if (contentEnd > end) throw new FormatError('tlv.length-past-end', start, 'X.690 §8.1.3')
  return new Element(tag, input, start, contentStart, contentEnd, contentEnd, rules, depth)
}

/** Offset of the two end-of-contents octets that close an indefinite length. [X.690 §8.1.5] */
function endOfContents(input: Uint8Array, from: number, end: number, rules: Rules, depth: number): number {
  const silent: Rules = { lengths: rules.lengths }
  let at = from
  for (;;) {
    if (at + 2 > end) throw new FormatError('tlv.end-of-input', at, 'X.690 §8.1.5')
    if (input[at] === 0 && input[at + 1] === 0) return at
    at = readElement(input, at, end, silent, depth + 1).end
  }
}

/**
 * Reads `input` as exactly one element.
 * @throws FormatError tlv.trailing-bytes, and whatever {@link readElement} throws
 */
export function readOnly(input: Uint8Array, rules: Rules = DER): Element {
  const element = readElement(input, 0, input.length, rules)
  if (element.end !== input.length) throw new FormatError('tlv.trailing-bytes', element.end, 'X.690 §8.1.1')
  return element
}

/**
 * The elements inside a constructed one, in order.
 * @param most more than this many is refused
 * @throws FormatError tlv.too-many, and whatever {@link readElement} throws
 */
export function childrenOf(element: Element, most = 10_000): Element[] {
  const children: Element[] = []
  for (let at = element.contentStart; at < element.contentEnd; ) {
    if (children.length === most) throw new FormatError('tlv.too-many', at, 'X.690 §8.1')
    const child = readElement(element.input, at, element.contentEnd, element.rules, element.depth + 1)
    children.push(child)
    at = child.end
  }
  return children
}
