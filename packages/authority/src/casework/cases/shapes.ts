import { parseDay } from '../../issuing/calendar.ts'
import { CaseRefusal } from '../case-refusal.ts'

const LONGEST_TEXT = 10_000

/**
 * A text as somebody typed it, without what is around it.
 * @param least characters
 * @throws CaseRefusal text.length
 */
export function demandText(text: string, field: string, least = 1): string {
  const trimmed = text.normalize('NFC').trim()
  if (trimmed.length < least || trimmed.length > LONGEST_TEXT) throw new CaseRefusal('text.length', { field })
  return trimmed
}

/** A day, `2026-11-25`. @throws CaseRefusal fact.shape */
export function demandDay(day: string, field: string): Date {
  try {
    const { year, month, day: date } = parseDay(day)
    return new Date(Date.UTC(year, month - 1, date))
  } catch (error) {
    throw new CaseRefusal('fact.shape', { cause: error, field })
  }
}

/** @throws CaseRefusal fact.shape */
export function demandFact(holds: boolean, field: string): void {
  if (!holds) throw new CaseRefusal('fact.shape', { field })
}
