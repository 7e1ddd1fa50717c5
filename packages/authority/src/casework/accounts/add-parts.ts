import type { Tx } from '@nansen/store'
import type { PartRow } from './case-parts.ts'

/** Puts pieces behind those that are there. */
export async function addParts(tx: Tx, caseId: Uint8Array, parts: readonly PartRow[]): Promise<void> {
  const [last] = await tx.query<{ seq: number }>(
    'select coalesce(max(seq), -1) as seq from case_part where case_id = $1',
    [caseId],
  )
  await tx.insert(
    'case_part',
    parts.map(({ id, kind, wrapped, bytes }, place) => ({
      id,
      case_id: caseId,
      seq: last!.seq + 1 + place,
      kind,
      wrapped,
      bytes,
    })),
  )
}
