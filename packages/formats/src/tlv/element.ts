/** An encoding that only BER allows. */
export type Tolerated = 'tlv.length-not-minimal' | 'tlv.length-indefinite' | 'der.constructed-string'

/**
 * How lengths are read. `der` refuses whatever has a second encoding; `ber` also reads the indefinite
 * form, padded lengths and strings in pieces, which some issuers' security objects use, and reports them to
 * `onTolerated`.
 */
export interface Rules {
  readonly lengths: 'der' | 'ber'
  /** Told the place of each encoding that only BER allows. */
  readonly onTolerated?: (code: Tolerated, at: number) => void
}

export const DER: Rules = { lengths: 'der' }

/**
 * One tag-length-value element, as a window on the bytes it was read from; nothing is copied, so what
 * is hashed later is what was read. [X.690 §8.1]
 */
export class Element {
  /** The identifier octets as one number: 0x30, 0xa0, 0x5f1f, 0x7f61. */
  readonly tag: number
  readonly input: Uint8Array
  /** Offset of the first identifier octet. */
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  /** Offset after the last octet, end-of-contents octets included. */
  readonly end: number
  readonly rules: Rules
  readonly depth: number

  constructor(
    tag: number,
    input: Uint8Array,
    start: number,
    contentStart: number,
    contentEnd: number,
    end: number,
    rules: Rules,
    depth: number,
  ) {
    this.tag = tag
    this.input = input
    this.start = start
    this.contentStart = contentStart
    this.contentEnd = contentEnd
    this.end = end
    this.rules = rules
    this.depth = depth
  }

  /** The whole element, tag and length included, as a view. */
  get encoded(): Uint8Array {
    return this.input.subarray(this.start, this.end)
  }

  /** The content octets, as a view. */
  get content(): Uint8Array {
    return this.input.subarray(this.contentStart, this.contentEnd)
  }

  get length(): number {
    return this.contentEnd - this.contentStart
  }

  /** Bit 6 of the first identifier octet. [X.690 §8.1.2.5] */
  get constructed(): boolean {
    return (firstOctet(this.tag) & 0x20) !== 0
  }
}

function firstOctet(tag: number): number {
  let first = tag
  while (first > 0xff) first >>>= 8
  return first
}
