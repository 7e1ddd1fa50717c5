import { documentCodeFindings, resolveExpiry, startOfDay } from '@nansen/formats/mrz'
import type { Evidence } from '../evidence/evidence.ts'
import type { Finding } from '../finding.ts'
import { cannotTell, notGenuine, type Outcome, passed } from './check.ts'

/** Whether what was presented is what the standards say it should be; departures met in the field are notes. */
export function checkFormat(evidence: Evidence): Outcome {
  const { kind, malformed, notes, chip } = evidence
  if (malformed !== undefined)
    return kind === 'unknown' ? cannotTell(malformed) : notGenuine(malformed, notes)
  return passed([...notes, ...(chip?.unreadable ?? []), ...documentCodeNotes(evidence)])
}

/** Whether the document code has the letters that its dates ask for: 2026, 2028, 2038. [9303-4 §4.4] */
function documentCodeNotes({ chip, printed, at }: Evidence): Finding[] {
  const zone = chip?.zone ?? printed
  if (zone === undefined) return []
  const issuedAt = chip?.issuedOn
  const last = zone.expiry.value && resolveExpiry(zone.expiry.value, { issuedAt, at })
  const dates = { issuedAt, expiresAt: last && startOfDay(last), at }
  const where = chip?.zone === undefined ? 'MRZ' : 'DG1'
  return documentCodeFindings(zone.documentCode.value, dates).map(({ code, line, position, cites }) => ({
    code,
    where: `${where} ${line}:${position}`,
    cites,
  }))
}
