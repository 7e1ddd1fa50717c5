import { FormatError } from '../format-error.ts'
import { readElement } from '../tlv/index.ts'
import { type DataGroup, dataGroupByTag, EF_SOD } from './data-groups.ts'
import { type Deviation, Deviations } from './deviation.ts'
import { cardRules, MAX_FILE } from './file.ts'

/** A file as it was handed in, cut to what it really is. */
export interface RecognisedFile {
  readonly file: DataGroup
  /** From the tag to the end of the element, as a view: what a hash covers, and what parsers take. */
  readonly bytes: Uint8Array
  /** Octets behind it that no hash covers. */
  readonly trailing: number
  readonly deviations: readonly Deviation[]
}

/**
 * Which file of the application `input` is, by its first octet, and how long it is: a reader that fetches
 * whole blocks leaves padding behind the element. A hash covers the element and nothing after it.
 * [9303-10 §4.6.2]
 * @returns `undefined` where the first octet is of no such file
 * @throws FormatError tlv.too-large, tlv.length-past-end, tlv.*
 */
export function recogniseFile(input: Uint8Array): RecognisedFile | undefined {
  const file = input.length === 0 ? undefined : dataGroupByTag(input[0]!)
  if (file === undefined) return undefined
  const deviations = new Deviations()
  // Security objects of several states use the indefinite form; their parser reports it.
  const rules = file === EF_SOD ? ({ lengths: 'ber' } as const) : cardRules(new Deviations(), '9303-10 §4.6')
  // The end of an indefinite length has to be searched for, and only as far as a file may reach.
  const window = input[1] === 0x80 ? Math.min(input.length, MAX_FILE) : input.length
  const { end } = readElement(input, 0, window, rules)
  if (end > MAX_FILE) throw new FormatError('tlv.too-large', MAX_FILE, '9303-10 §4.6')
  if (end < input.length) deviations.add(padding(input, end), end, '9303-10 §4.6')
  return { file, bytes: input.subarray(0, end), trailing: input.length - end, deviations: deviations.list }
}

function padding(input: Uint8Array, from: number): 'lds.padding-after-file' | 'lds.bytes-after-file' {
  const first = input[from]!
  if (first !== 0 && first !== 0xff) return 'lds.bytes-after-file'
  for (let at = from; at < input.length; at++) if (input[at] !== first) return 'lds.bytes-after-file'
  return 'lds.padding-after-file'
}
