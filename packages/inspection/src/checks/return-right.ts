import { findReturnRight, type ReturnRight, sameReturnRight } from '@nansen/formats/lds'
import type { Evidence } from '../evidence/evidence.ts'
import { aside, cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

const SECTION = '9303-10 §4.7.13'

/**
 * The right to return to the issuing state, as text in DG12 and coded in DG13: what the page says must be what
 * the chip says. One without the other is not a forgery, but nobody may rely on it. Papers of other issuers
 * have neither. [9303-10 §4.7.12] [9303-10 §4.7.13]
 */
export function checkReturnRight({ chip, at }: Evidence): Outcome {
  const text = findReturnRight(chip?.dg12?.endorsements ?? '')
  const coded = chip?.dg13?.kind === 'return-right' ? chip.dg13.returnRight : undefined
  if (text === undefined && coded === undefined) return withoutRight(chip)
  if (text === undefined || text === 'unreadable' || coded === undefined)
    return cannotTell(finding('return-right.incomplete', coded === undefined ? 'DG13' : 'DG12', SECTION))
  if (!sameReturnRight(text, coded)) return notGenuine(finding('return-right.differs', 'DG12', SECTION))
  return passed(hasEnded(coded, at) ? [finding('return-right.ended', 'DG13', SECTION)] : [])
}

/** Papers of other issuers have none; of ours, one that was withheld or cannot be read is not one that is not there. */
function withoutRight(chip: Evidence['chip']): Outcome {
  const withheld = chip?.sod?.securityObject.hashes.find(
    ({ number }) => (number === 12 || number === 13) && !chip.hashes.has(number),
  )
  if (withheld !== undefined)
    return aside(finding('lds.group-not-presented', `DG${withheld.number}`, '9303-10 §4.6.2'))
  const unread =
    chip?.dg13?.kind === 'later-version' || chip?.unreadable.some(({ code }) => code === 'lds.return-right')
  return unread
    ? cannotTell(finding('return-right.incomplete', 'DG13', SECTION))
    : aside(finding('return-right.none', 'DG13', SECTION))
}

/** The day named is the last on which the holder may return. */
function hasEnded(right: ReturnRight, at: Date): boolean {
  if (right.kind !== 'until-date') return false
  const { year, month, day } = right.until
  return at.getTime() >= Date.UTC(year, month - 1, day + 1)
}
