import { FormatError } from '../format-error.ts'
import { encodeElement, Fields } from '../tlv/index.ts'
import type { Deviation } from './deviation.ts'
import { openFile } from './file.ts'
import { readAscii } from './text.ts'

const CITES = '9303-10 §4.7.1'
/** Characters of TD1, TD2 and TD3 zones. */
const LENGTHS: readonly number[] = [90, 72, 88]

export interface Dg1 {
  /** The whole zone in one line, without line ends. */
  readonly mrz: string
  readonly deviations: readonly Deviation[]
}

/**
 * DG1, the machine readable zone: `61 { 5F1F text }`. The text is not read further here: `mrz` does that,
 * field by field. [9303-10 §4.7.1]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.mrz-length, lds.mrz-character, tlv.*
 */
export function parseDg1(bytes: Uint8Array): Dg1 {
  const { file, deviations } = openFile(bytes, 0x61, CITES)
  const inside = new Fields(file, CITES)
  const zone = inside.take(0x5f1f)
  inside.end()
  if (!LENGTHS.includes(zone.length)) throw new FormatError('lds.mrz-length', zone.start, CITES)
  return { mrz: readAscii(zone, 'lds.mrz-character', CITES), deviations: deviations.list }
}

/** @throws RangeError for a text that no zone can be */
export function encodeDg1(mrz: string): Uint8Array {
  if (!LENGTHS.includes(mrz.length) || !/^[A-Z0-9<]*$/.test(mrz))
    throw new RangeError('encodeDg1: not a machine readable zone')
  return encodeElement(0x61, encodeElement(0x5f1f, new TextEncoder().encode(mrz)))
}
