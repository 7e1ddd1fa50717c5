import type { ReleasedPaper } from '@nansen/authority'
import { parseDg1 } from '@nansen/formats/lds'

/** The lines of the zone as the chip has them: 2 of 44. [9303-4 §4.2.2] */
export function zoneLines(paper: ReleasedPaper): readonly [string, string] {
  const zone = paper.files.find(({ name }) => name === 'EF_DG1.bin')
  if (zone === undefined) throw new TypeError('a released paper has its DG1')
  const { mrz } = parseDg1(zone.bytes)
  return [mrz.slice(0, 44), mrz.slice(44)]
}
