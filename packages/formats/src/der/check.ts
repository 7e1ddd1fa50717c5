import { FormatError } from '../format-error.ts'
import type { Element } from '../tlv/element.ts'
import { childrenOf, readOnly } from '../tlv/read.ts'
import {
  inSetOrder,
  integerOctets,
  readBitString,
  readBoolean,
  readNull,
  readOid,
  readString,
  readTime,
} from './read.ts'
import * as tags from './tags.ts'

/** More elements than any certificate or security object has. */
const MAX_ELEMENTS = 10_000

/**
 * Whether every element of `input`, at every level, is the one encoding DER allows for it: what a lint of
 * bytes before signing asks. Values with tags of their own (context, application) are checked as far as
 * their framing goes, because their type is not known here. [X.690 §10, §11]
 * @throws FormatError der.*, tlv.*
 */
export function checkDer(input: Uint8Array): void {
  const pending: Element[] = [readOnly(input)]
  let seen = 0
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (++seen > MAX_ELEMENTS) throw new FormatError('tlv.too-many', element.start, 'X.690 §8.1')
    if (element.constructed) {
      const children = childrenOf(element, MAX_ELEMENTS)
      // A SET with members of different types is ordered by tag, which is the same order here: every
      // member's tag is its first octet.
      if (element.tag === tags.SET && !inSetOrder(children))
        throw new FormatError('der.set-order', element.start, 'X.690 §11.6')
      if (element.tag < 0x40 && element.tag !== tags.SET && element.tag !== tags.SEQUENCE)
        throw new FormatError('der.constructed-string', element.start, 'X.690 §10.2')
      pending.push(...children)
    } else checkPrimitive(element)
  }
}

function checkPrimitive(element: Element): void {
  switch (element.tag) {
    case tags.BOOLEAN:
      readBoolean(element)
      return
    case tags.INTEGER:
    case tags.ENUMERATED:
      integerOctets(element)
      return
    case tags.BIT_STRING:
      readBitString(element)
      return
    case tags.NULL:
      readNull(element)
      return
    case tags.OID:
      readOid(element)
      return
    case tags.UTC_TIME:
    case tags.GENERALIZED_TIME:
      readTime(element)
      return
    case tags.UTF8_STRING:
    case tags.PRINTABLE_STRING:
    case tags.IA5_STRING:
    case tags.BMP_STRING:
    case tags.TELETEX_STRING:
    case tags.NUMERIC_STRING:
    case tags.VISIBLE_STRING:
      readString(element)
      return
  }
}
