import { type IssuingState, parseBirthDate, parseDay, type ReleasedPaper } from '@nansen/authority'
import { parseDg2 } from '@nansen/formats/lds'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import type { DataPageFacts } from '@nansen/formats/page'
import { zoneLines } from './zone-lines.ts'

/** What the data page of a released paper says: the same as its chip, from the same order. */
export function pageFactsOf(paper: ReleasedPaper, state: IssuingState): DataPageFacts {
  const { order, number, issued, expires } = paper.content
  const latin = (name: string) =>
    name === '' ? '' : transliterate(name, { language: order.language }).toUpperCase()
  return {
    state: { name: state.name, code: state.code3 },
    documentCode: order.documentCode,
    number,
    name: { primary: order.familyName, secondary: order.givenNames },
    latinName: { primary: latin(order.familyName), secondary: latin(order.givenNames) },
    nationality: { code: order.nationality },
    birth: parseBirthDate(order.birthDate),
    sex: order.sex,
    authority: `Passport office of ${state.name}`,
    issued: parseDay(issued),
    expires: parseDay(expires),
    returnRight: { kind: 'until-date', until: parseDay(expires) },
    zone: zoneLines(paper),
    portrait: portraitOf(paper),
    specimen: true,
  }
}

function portraitOf(paper: ReleasedPaper): Uint8Array {
  const file = paper.files.find(({ name }) => name === 'EF_DG2.bin')
  const record = file && parseDg2(file.bytes).templates[0]?.record
  if (record?.format !== 'ISO/IEC 19794-5') throw new TypeError('a released paper has its portrait')
  return record.faces[0]!.image.bytes
}
