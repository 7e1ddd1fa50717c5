import { FormatError } from '@nansen/formats'
import { readUnsigned, tags } from '@nansen/formats/der'
import { compareBytes, Fields, readOnly } from '@nansen/formats/tlv'

/**
 * The two numbers of an ECDSA or DSA signature as octets, each as wide as the group order, one after the
 * other. Anything but one DER SEQUENCE of two numbers from 1 to the order less 1 is refused: a reader that
 * takes a second encoding lets a signature be altered without becoming invalid. [RFC3279 §2.2.2, §2.2.3]
 * ```asn1
 * ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
 * ```
 * @param order the order of the group, big-endian without leading zeros
 */
export function pairFromDer(signature: Uint8Array, order: Uint8Array): Uint8Array | undefined {
  try {
    const element = readOnly(signature)
    if (element.tag !== tags.SEQUENCE) return undefined
    const fields = new Fields(element, 'RFC3279 §2.2.3')
    const r = readUnsigned(fields.take(tags.INTEGER), order.length)
    const s = readUnsigned(fields.take(tags.INTEGER), order.length)
    fields.end()
    const pair = new Uint8Array(2 * order.length)
    pair.set(r, order.length - r.length)
    pair.set(s, 2 * order.length - s.length)
    return pairFromPlain(pair, order)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** The same from the plain form, which has these octets and no others. [TR-03111 §5.2.1] */
export function pairFromPlain(signature: Uint8Array, order: Uint8Array): Uint8Array | undefined {
  if (signature.length !== 2 * order.length) return undefined
  const inRange = (value: Uint8Array) => value.some((octet) => octet !== 0) && compareBytes(value, order) < 0
  return inRange(signature.subarray(0, order.length)) && inRange(signature.subarray(order.length))
    ? signature
    : undefined
}
