import type { MrzFormat } from './layout.ts'
import type { MrzFinding, MrzFindingCode } from './mrz.ts'

/** The kinds of document that carry P as first letter. */
export type PassportType =
  | 'ordinary'
  | 'emergency'
  | 'diplomatic'
  | 'official'
  | 'refugee'
  | 'alien'
  | 'stateless'
  | 'laissez-passer'
  | 'military'
  | 'emergency-sheet'

// [9303-4 §4.4]; PU: [9303-8 §5]
const TYPES: ReadonlyMap<string, PassportType> = new Map([
  ['PP', 'ordinary'],
  ['PE', 'emergency'],
  ['PD', 'diplomatic'],
  ['PO', 'official'],
  ['PR', 'refugee'],
  ['PT', 'alien'],
  ['PS', 'stateless'],
  ['PL', 'laissez-passer'],
  ['PM', 'military'],
  ['PU', 'emergency-sheet'],
])

/** From here on a second letter has the meaning of the table, for whoever uses one. [9303-4 §4.4] */
export const SECOND_LETTER_HARMONISED = Date.UTC(2026, 0, 1)
/** From here on every passport that is issued has one. [9303-4 §4.4] */
export const SECOND_LETTER_OBLIGATORY = Date.UTC(2028, 0, 1)
/** A passport without one must expire before this day. [9303-4 §4.4] */
export const SECOND_LETTER_MISSING_UNTIL = Date.UTC(2038, 0, 1)

/**
 * What kind of passport a document code says it is, fillers allowed.
 * Before 2026 issuers gave second letters meanings of their own (a Chinese `PT` is an ordinary passport),
 * so pass the date of issue where it is known. [9303-4 §4.4]
 * @returns undefined where the code, or the letter at that date, has no agreed meaning
 */
export function passportTypeOf(code: string, issuedAt?: Date): PassportType | undefined {
  if (issuedAt !== undefined && issuedAt.getTime() < SECOND_LETTER_HARMONISED) return undefined
  return TYPES.get(code)
}

/**
 * Whether a form of the zone has a document code (written without filler): `tolerated` for one that is in
 * use although it should not be. [9303-4 §4.4], [9303-5 §4.2.2], [9303-6 §4.2.2], [9303-7 §4.2.2]
 */
export function documentCodeStatus(code: string, format: MrzFormat): 'ok' | 'tolerated' | 'unlisted' {
  const first = code.charAt(0)
  const second = code.charAt(1)
  if (format === 'TD3') return first === 'P' ? 'ok' : 'unlisted'
  if (format === 'MRV-A' || format === 'MRV-B') return first === 'V' ? 'ok' : 'unlisted'
  if (first === 'A' || first === 'C' || first === 'I') return cardLetters(code, second, format)
  if (format === 'TD2' && code === 'PU') return 'ok'
  // The German attestation of arrival for asylum seekers.
  return format === 'TD2' && code === 'ME' ? 'tolerated' : 'unlisted'
}

function cardLetters(code: string, second: string, format: MrzFormat): 'ok' | 'unlisted' {
  // AC is the crew member certificate, which is a TD1; V in second place would look like a visa.
  if (second === 'V' || code === 'AI' || (code === 'AC' && format !== 'TD1')) return 'unlisted'
  return 'ok'
}

/** What is known of a document when its code is judged. */
export interface DocumentDates {
  readonly issuedAt?: Date | undefined
  readonly expiresAt?: Date | undefined
  /** The moment of inspection. */
  readonly at: Date
}

/**
 * Whether a passport's document code obeys the rules on second letters, by the dates of the document.
 * Other documents than passports have none to obey. [9303-4 §4.4]
 * @param code as in the zone; a filler may be left out
 */
export function documentCodeFindings(code: string, dates: DocumentDates): MrzFinding[] {
  if (!code.startsWith('P') || TYPES.has(code)) return []
  const findings: MrzFinding[] = []
  const issued = dates.issuedAt?.getTime()
  const letter = code.slice(1).replace('<', '')
  if (letter !== '' && issued !== undefined && issued >= SECOND_LETTER_HARMONISED)
    findings.push(finding('mrz.document-code-letter'))
  if (letter === '' && issued !== undefined && issued >= SECOND_LETTER_OBLIGATORY)
    findings.push(finding('mrz.document-code-letter-missing'))
  // Where the expiry is not known, a document shown in 2038 has outlived the last that may lack the letter.
  const alive = dates.expiresAt ?? dates.at
  if (alive.getTime() >= SECOND_LETTER_MISSING_UNTIL) findings.push(finding('mrz.document-code-expiry'))
  return findings
}

function finding(code: MrzFindingCode): MrzFinding {
  return { code, field: 'documentCode', status: 'unlisted', line: 1, position: 2, cites: '9303-4 §4.4' }
}
