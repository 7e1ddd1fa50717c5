import { FormatError } from '../format-error.ts'
import { Fields } from '../tlv/index.ts'
import { type BiometricHeader, readBiometricTemplates } from './biometric-templates.ts'
import { DATA_GROUPS } from './data-groups.ts'
import type { Deviation } from './deviation.ts'
import { openFile, type RawElement } from './file.ts'

/** A group of which only the frame is read. */
export interface Framed {
  readonly number: number
  /** What stands inside the frame, as a view. */
  readonly content: Uint8Array
  readonly deviations: readonly Deviation[]
}

const ONLY_FRAMED = new Map(
  DATA_GROUPS.filter(({ number }) => [6, 8, 9, 10].includes(number ?? 0)).map((group) => [group.tag, group]),
)

/** DG6, DG8, DG9, DG10: their content is left as it is. [9303-10 §4.7] @throws FormatError tlv.* */
export function parseFramed(bytes: Uint8Array): Framed {
  const group = bytes.length === 0 ? undefined : ONLY_FRAMED.get(bytes[0]!)
  if (group?.number === undefined) throw new FormatError('tlv.unexpected-tag', 0, '9303-10 §4.7')
  const { file, deviations } = openFile(bytes, group.tag, '9303-10 §4.7')
  return { number: group.number, content: file.content, deviations: deviations.list }
}

export interface BiometricGroup {
  readonly number: 3 | 4
  /** Header and record of each finger or iris; the record is a view and not read further. */
  readonly templates: readonly { readonly header: BiometricHeader; readonly record?: Uint8Array }[]
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

/**
 * DG3, fingers, and DG4, irises: the templates, without their pictures. A group without fingers holds a
 * count of zero and often a random number under a tag of its own, so that its hash says nothing.
 * [9303-10 §4.7.3]
 * @throws FormatError lds.count, tlv.*
 */
export function parseBiometricGroup(bytes: Uint8Array): BiometricGroup {
  const number = bytes[0] === 0x76 ? 4 : 3
  const cites = `9303-10 §4.7.${number}`
  const { file, deviations } = openFile(bytes, number === 4 ? 0x76 : 0x63, cites)
  const inside = new Fields(file, cites)
  const { templates, unknown } = readBiometricTemplates(inside.take(0x7f61), deviations)
  inside.optional(0x53)
  inside.end()
  return {
    number,
    templates: templates.map(({ header, record }) => ({ header, ...(record && { record: record.content }) })),
    unknown,
    deviations: deviations.list,
  }
}
