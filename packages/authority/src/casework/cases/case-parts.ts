import { hex } from '@nansen/formats/tlv'
import { openPart } from '@nansen/signing'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { encodeJson, parseJson } from '../record/octets.ts'
import { type PartKind, type PartRow, sealPartRows } from '../record/part-rows.ts'
import { type AtDesk, askKeyService } from './at-desk.ts'

/** A piece of a case, in the clear. */
export interface OpenedPart {
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly seq: number
  readonly kind: string
  readonly bytes: Uint8Array
}

/** How long a note is, the database does not tell. */
const BLOCK = 1024

/** @param id 16 octets: an event of the case names it */
export const sealJson = (
  office: Pick<CaseOffice, 'signing' | 'random'>,
  caseId: Uint8Array,
  id: Uint8Array,
  kind: PartKind,
  content: object,
): PartRow => sealPartRows(office, caseId, [{ id, kind, bytes: encodeJson(content, BLOCK) }])[0]!

/**
 * Everything in a case, through the key service, which writes the opening down and counts it. P8
 * @throws CaseRefusal officer.session, case.not-assigned, case.budget, case.altered
 */
export async function openParts(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
): Promise<readonly OpenedPart[]> {
  const id = octetsOf(caseId)
  const keys = await askKeyService(() => office.signing.officers.openCase(desk.token, id))
  const keyOf = new Map(keys.map((key) => [hex(key.partId), key]))
  const rows = await office.store.transaction((tx) =>
    tx.query<{ id: Uint8Array; seq: number; kind: string; bytes: Uint8Array }>(
      'select id, seq, kind, bytes from case_part where case_id = $1 order by seq',
      [id],
    ),
  )
  return rows.flatMap(({ id: partId, seq, kind, bytes }) => {
    // What came in between the two questions is there the next time.
    const key = keyOf.get(hex(partId))
    return key === undefined ? [] : [{ id: hex(partId), seq, kind, bytes: opened(key, id, bytes) }]
  })
}

function opened(key: Parameters<typeof openPart>[0], caseId: Uint8Array, bytes: Uint8Array): Uint8Array {
  try {
    return openPart(key, caseId, bytes)
  } catch (error) {
    throw new CaseRefusal('case.altered', { cause: error })
  }
}

/** @throws CaseRefusal case.not-assigned: what is no id is nobody's case */
export function octetsOf(caseId: string): Uint8Array {
  if (!/^[0-9a-f]{32}$/.test(caseId)) throw new CaseRefusal('case.not-assigned')
  return new Uint8Array(Buffer.from(caseId, 'hex'))
}

/** @throws CaseRefusal case.altered */
export function jsonOf<T>(part: OpenedPart | undefined): T {
  try {
    if (part !== undefined) return parseJson(part.bytes) as T
  } catch {
    // Told below.
  }
  throw new CaseRefusal('case.altered')
}
