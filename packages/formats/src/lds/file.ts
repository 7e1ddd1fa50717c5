import { FormatError } from '../format-error.ts'
import { type Element, type Rules, readElement } from '../tlv/index.ts'
import { Deviations } from './deviation.ts'

/** Octets of the largest file that is read. The largest portrait met is a tenth of it. */
export const MAX_FILE = 256 * 1024

/**
 * Lengths as [ISO7816-4 §5.2.2] has them: padded lengths are allowed and met, so they are read and
 * reported; the indefinite form is not allowed.
 */
export function cardRules(deviations: Deviations, cites: string): Rules {
  return {
    lengths: 'ber',
    onTolerated(code, at) {
      if (code !== 'tlv.length-not-minimal') throw new FormatError(code, at, 'ISO7816-4 §5.2.2')
      deviations.add('lds.length-not-minimal', at, cites)
    },
  }
}

/**
 * The outermost element of a file, which must be the whole of `bytes`: what {@link recogniseFile} has cut.
 * @throws FormatError tlv.too-large, tlv.unexpected-tag, tlv.trailing-bytes, tlv.*
 */
export function openFile(
  bytes: Uint8Array,
  tag: number,
  cites: string,
  most = MAX_FILE,
): { file: Element; deviations: Deviations } {
  if (bytes.length > most) throw new FormatError('tlv.too-large', most, cites)
  const deviations = new Deviations()
  const file = readElement(bytes, 0, bytes.length, cardRules(deviations, cites))
  if (file.tag !== tag) throw new FormatError('tlv.unexpected-tag', 0, cites)
  if (file.end !== bytes.length) throw new FormatError('tlv.trailing-bytes', file.end, cites)
  return { file, deviations }
}

/** An element that this code does not know, left as it is. */
export interface RawElement {
  readonly tag: number
  /** Tag, length and content, as a view. */
  readonly encoded: Uint8Array
}

/** Notes an unknown element and hands it on as it is. */
export function keepRaw(element: Element, deviations: Deviations, cites: string): RawElement {
  deviations.add('lds.element-unknown', element.start, cites)
  return { tag: element.tag, encoded: element.encoded }
}
