/** One file of the eMRTD application. */
export interface DataGroup {
  readonly name: string
  /** 1 to 16; absent for EF.COM and EF.SOD. */
  readonly number?: number
  /** First octet of the file. */
  readonly tag: number
  /** File identifier on the chip. */
  readonly fileId: number
  /** Short file identifier on the chip. */
  readonly shortFileId: number
  readonly holds: string
  readonly mandatory: boolean
  /** `extended`: only for terminals that prove a right to it. [9303-11 §7] */
  readonly access: 'open' | 'extended'
}

type Row = readonly [number: number, tag: number, holds: string, mandatory?: true]

const ROWS: readonly Row[] = [
  [1, 0x61, 'machine readable zone', true],
  [2, 0x75, 'face', true],
  [3, 0x63, 'fingers'],
  [4, 0x76, 'irises'],
  [5, 0x65, 'displayed portrait'],
  [6, 0x66, 'reserved'],
  [7, 0x67, 'displayed signature'],
  [8, 0x68, 'data features'],
  [9, 0x69, 'structure features'],
  [10, 0x6a, 'substance features'],
  [11, 0x6b, 'additional personal details'],
  [12, 0x6c, 'additional document details'],
  [13, 0x6d, 'optional details'],
  [14, 0x6e, 'security options'],
  [15, 0x6f, 'active authentication key'],
  [16, 0x70, 'persons to notify'],
]

/** The data groups DG1 to DG16, in order. [9303-10 §4.7] */
export const DATA_GROUPS: readonly DataGroup[] = ROWS.map(([number, tag, holds, mandatory]) => ({
  name: `DG${number}`,
  number,
  tag,
  fileId: 0x0100 + number,
  shortFileId: number,
  holds,
  mandatory: mandatory ?? false,
  access: number === 3 || number === 4 ? 'extended' : 'open',
}))

/** EF.COM: which groups the issuer says there are; nothing signs it. [9303-10 §4.6.1] */
export const EF_COM: DataGroup = {
  name: 'COM',
  tag: 0x60,
  fileId: 0x011e,
  shortFileId: 0x1e,
  holds: 'list of data groups',
  mandatory: true,
  access: 'open',
}

/** EF.SOD: the signed hashes of the groups. [9303-10 §4.6.2] */
export const EF_SOD: DataGroup = {
  name: 'SOD',
  tag: 0x77,
  fileId: 0x011d,
  shortFileId: 0x1d,
  holds: 'security object',
  mandatory: true,
  access: 'open',
}

/** Every file of the application. */
export const ALL_FILES: readonly DataGroup[] = [EF_COM, ...DATA_GROUPS, EF_SOD]

const byTag = new Map(ALL_FILES.map((file) => [file.tag, file]))

/** The file that begins with this octet, EF.COM and EF.SOD included. */
export function dataGroupByTag(tag: number): DataGroup | undefined {
  return byTag.get(tag)
}

/** DG1 to DG16. */
export function dataGroupByNumber(number: number): DataGroup | undefined {
  return DATA_GROUPS[number - 1]
}
