import type { Mrz } from '@nansen/formats/mrz'
import type { Evidence } from '../evidence/evidence.ts'
import type { Finding } from '../finding.ts'
import { aside, finding, notGenuine, type Outcome, passed } from './check.ts'

const SECTION = '9303-3 §4.9'

/** Every check digit of every zone presented, the one in the chip among them. [9303-3 §4.9] */
export function checkDigits({ printed, chip }: Evidence): Outcome {
  const zones = [
    ...(printed === undefined ? [] : findings(printed, 'MRZ')),
    ...(chip?.zone === undefined ? [] : findings(chip.zone, 'DG1')),
  ]
  if (printed === undefined && chip?.zone === undefined) return aside(finding('mrz.none', 'MRZ', SECTION))
  const wrong = zones.find(({ code }) => code === 'mrz.check-digit' || code === 'mrz.field-character')
  const notes = zones.filter((note) => note !== wrong)
  return wrong === undefined ? passed(notes) : notGenuine(wrong, notes)
}

const findings = (zone: Mrz, where: string): Finding[] =>
  zone.findings.map(({ code, line, position, cites }) => ({
    code,
    where: `${where} ${line}:${position}`,
    cites,
  }))

/** The printed zone is the one in the chip, character for character. [9303-11 §5.1] */
export function checkChipAgrees({ printed, chip }: Evidence): Outcome {
  if (printed === undefined || chip?.zone === undefined)
    return aside(finding('mrz.none', printed === undefined ? 'MRZ' : 'DG1', '9303-11 §5.1'))
  return printed.lines.join('') === chip.zone.lines.join('')
    ? passed()
    : notGenuine(finding('mrz.differs-from-chip', 'MRZ', '9303-11 §5.1'))
}
