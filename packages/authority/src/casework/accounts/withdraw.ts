import type { CaseOffice } from '../case-office.ts'
import { actOnCase, demandOwnCase } from './act-on-case.ts'
import { actorOf, type Door, demandDoor } from './door.ts'

/**
 * Takes an application back, as long as no paper is being made of it. Asked again, it is done already.
 * @throws CaseRefusal door.*, case.unknown, case.status
 */
export async function withdrawCase(office: CaseOffice, door: Door, caseId: string): Promise<void> {
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    const known = await demandOwnCase(tx, door, caseId)
    if (known.state.status === 'withdrawn') return
    await actOnCase(office, tx, known, { kind: 'case.withdrawn', body: { actor: actorOf(door) } })
  })
}
