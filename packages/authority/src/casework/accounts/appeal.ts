import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { idOf } from '../record/octets.ts'
import { insertParts, sealPartRows } from '../record/part-rows.ts'
import { actOnCase, demandOwnCase } from './act-on-case.ts'
import { jsonPart } from './case-parts.ts'
import { actorOf, type Door, demandDoor } from './door.ts'

/** Characters. */
const LONGEST_TEXT = 20_000

/**
 * Appeals against a refusal: an officer who took no part looks at all of it. Asked again while it runs, it is done
 * already.
 * @param text why, sealed to the office; may be empty, as nobody need give reasons
 * @throws CaseRefusal door.*, case.unknown, case.status, text.length
 */
export async function appealCase(
  office: CaseOffice,
  door: Door,
  caseId: string,
  text: string,
): Promise<void> {
  if ([...text].length > LONGEST_TEXT || /\p{Cs}/u.test(text))
    throw new CaseRefusal('text.length', { field: 'text' })
  const id = idOf(caseId)
  if (id === undefined) throw new CaseRefusal('case.unknown')
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    const known = await demandOwnCase(tx, door, caseId)
    if (known.state.status === 'appeal') return
    if (!known.state.mayAppeal) throw new CaseRefusal('case.status')
    await insertParts(tx, id, sealPartRows(office, id, [jsonPart('appeal', { text })]))
    await actOnCase(office, tx, known, { kind: 'case.appealed', body: { actor: actorOf(door) } })
  })
}
