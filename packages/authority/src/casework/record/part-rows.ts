import { sealParts } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'

/** What a piece of a case is: what the applicant hands in, and what the office puts beside it. */
export type PartKind =
  | 'application'
  | 'photo'
  | 'evidence'
  | 'answer'
  | 'answer-file'
  | 'appeal'
  | 'request'
  | 'note'
  | 'identity-check'
  | 'stay'
  | 'screening'
  | 'notice'
  | 'decision'
  | 'confirmation'
  | 'new-words'
  | 'paper'

/** A piece before it is sealed. */
export interface NewPart {
  /** 16 octets, where an event of the case names it; else by chance. */
  readonly id?: Uint8Array
  readonly kind: PartKind
  readonly bytes: Uint8Array
}

/** A row of `case_part`, but for its place in the case. */
export interface PartRow {
  readonly id: Uint8Array
  readonly kind: PartKind
  readonly wrapped: Uint8Array
  readonly bytes: Uint8Array
}

/** For the key service's eyes, and whom it lets: nothing here opens it again. P7 */
export function sealPartRows(
  { signing, random }: Pick<CaseOffice, 'signing' | 'random'>,
  caseId: Uint8Array,
  parts: readonly NewPart[],
): readonly PartRow[] {
  const named = parts.map(({ id, bytes }) => ({ partId: id ?? random(16), bytes }))
  return sealParts(signing.wrappingPoint, caseId, named).map(({ partId, wrapped, bytes }, place) => ({
    id: partId,
    kind: parts[place]!.kind,
    wrapped,
    bytes,
  }))
}

/** Puts pieces behind those that are there, in the transaction of the event that is about them. */
export async function insertParts(tx: Tx, caseId: Uint8Array, parts: readonly PartRow[]): Promise<void> {
  if (parts.length === 0) return
  const [last] = await tx.query<{ seq: number }>(
    'select coalesce(max(seq), -1) as seq from case_part where case_id = $1',
    [caseId],
  )
  await tx.insert('case_part', partRows(caseId, parts, last!.seq + 1))
}

/** Their rows, from a place on: of a new case from 0, and nothing has to be asked. */
export const partRows = (caseId: Uint8Array, parts: readonly PartRow[], from = 0) =>
  parts.map(({ id, kind, wrapped, bytes }, place) => ({
    id,
    case_id: caseId,
    seq: from + place,
    kind,
    wrapped,
    bytes,
  }))
