import { hex } from '@nansen/formats/tlv'
import type { CaseOffice } from '../case-office.ts'
import { type EvidenceStrength, evidenceKindOf } from '../rules/evidence-kinds.ts'
import { placeOf } from '../rules/places.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { demandDay, demandFact, demandText } from './shapes.ts'

/** Who saw whom, where, with what, and whether it is the face on the photograph. */
export interface SeenPerson {
  /** A code of PLACES. */
  readonly place: string
  /** `2026-11-25` */
  readonly day: string
  /** How well who they are is shown, all in all. */
  readonly evidenceLevel: EvidenceStrength
  readonly portraitMatches: boolean
  /** Codes of EVIDENCE_KINDS: what was seen there. */
  readonly seen: readonly string[]
  readonly note: string
}

export type IdentityCheck = SeenPerson

/**
 * Records that an officer saw the person. No paper is approved without it.
 * @throws CaseRefusal fact.shape, text.length; officer.*, case.*
 */
export async function recordIdentityCheck(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  check: IdentityCheck,
): Promise<void> {
  const caseOctets = octetsOf(caseId)
  const content = demandPerson(office, check)
  const id = office.random(16)
  const part = sealJson(office, caseOctets, id, 'identity-check', content)
  await act(office, desk, { name: 'identity-check', caseId, content: { ...content } }, async () => ({
    kind: 'case.identity-checked',
    body: { matches: content.portraitMatches, part: hex(id) },
    parts: [part],
  }))
}

/** @throws CaseRefusal fact.shape, text.length */
export function demandPerson(office: Pick<CaseOffice, 'clock'>, person: SeenPerson): SeenPerson {
  const { place, day, evidenceLevel, portraitMatches, seen } = person
  demandFact(placeOf(place) !== undefined, 'place')
  demandFact(demandDay(day, 'day').getTime() <= office.clock().getTime(), 'day')
  demandFact([1, 2, 3, 4].includes(evidenceLevel), 'evidenceLevel')
  demandFact(typeof portraitMatches === 'boolean', 'portraitMatches')
  demandFact(isListOfKinds(seen), 'seen')
  const note = demandText(person.note, 'note', 0)
  return { place, day, evidenceLevel, portraitMatches, seen: [...seen], note }
}

export const isListOfKinds = (seen: readonly string[]): boolean =>
  new Set(seen).size === seen.length && seen.every((kind) => evidenceKindOf(kind) !== undefined)
