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

/**
 * Whether every element of `input`, at every level, is the one encoding DER allows for it: what a lint of
 * bytes before signing asks. Values with tags of their own (context, application) are checked as far as
 * their framing goes, because their type is not known here. [X.690 §10, §11]
 * @param most elements at all levels together; more than any certificate or security object has, unless a list
 *   of certificates asks for another limit
 * @throws FormatError der.*, tlv.*
 */
export function checkDer(input: Uint8Array, most = 10_000): void {
  const pending: Element[] = [readOnly(input)]
  let seen = 0
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (++seen > most) throw new FormatError('tlv.too-many', element.start, 'X.690 §8.1')
    if (element.constructed) {
      const children = childrenOf(element, most)
      // A SET with members of different types is ordered by tag, which is the same order here: every
      // member's tag is its first octet.
      if (element.tag === tags.SET && !inSetOrder(children))
        throw new FormatError('der.set-order', element.start, 'X.690 §11.6')
      if (element.tag < 0x40 && element.tag !== tags.SET && element.tag !== tags.SEQUENCE)
        throw new FormatError('der.constructed-string', element.start, 'X.690 §10.2')
      for (const child of children) pending.push(child)
    } else checkPrimitive(element)
  }
}

/** Stands where BER's indefinite form ends, and nowhere in DER. */
const END_OF_CONTENTS = 0x00

function checkPrimitive(element: Element): void {
  switch (element.tag) {
    case END_OF_CONTENTS:
    case tags.SEQUENCE & ~0x20:
    case tags.SET & ~0x20:
      throw new FormatError('tlv.unexpected-tag', element.start, 'X.690 §10.1')
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
