import { hex } from '@nansen/formats/tlv'
import { readStream } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { streamOfAccount } from '../record/account-stream.ts'
import { caseCode } from '../record/case-code.ts'
import { actOnCase, demandOwnCase } from './act-on-case.ts'
import { actorOf, type Door, demandDoor } from './door.ts'

/**
 * What officers are shown of a page to which cases of somebody who lost their words are to go. It opens nothing, and is
 * no secret. Written as the code of a case is.
 */
export const pageCode = ({ accountId }: Door): string => caseCode(hex(accountId))

/**
 * Says that it was somebody else who asked for new words: nothing is moved then. Asked again, it is done already.
 * @throws CaseRefusal door.* (the holder's alone), case.unknown, words.none
 */
export async function stopWords(office: CaseOffice, door: Door, caseId: string): Promise<void> {
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    const known = await demandOwnCase(tx, door, caseId)
    if (known.state.words !== undefined) {
      await actOnCase(office, tx, known, { kind: 'case.words-stopped', body: { actor: actorOf(door) } })
      return
    }
    const last = known.events.findLast(({ kind }) => WORDS.includes(kind))
    if (last?.kind !== 'case.words-stopped') throw new CaseRefusal('words.none')
  })
}

const WORDS: readonly string[] = [
  'case.words-proposed',
  'case.words-stopped',
  'case.words-ended',
  'case.moved',
]

/**
 * The day on which the cases of this account went to another, under new words: whoever still has the old ones is told,
 * as it may have been done to them.
 * @throws CaseRefusal door.*
 */
export async function casesMovedOn(office: CaseOffice, door: Door): Promise<Date | undefined> {
  return office.store.transaction(async (tx) => {
    await demandDoor(tx, door, ['status', 'answer', 'draft'])
    const events = await readStream(tx, streamOfAccount(door.accountId))
    return events.findLast(({ kind }) => kind === 'account.cases-moved')?.at
  })
}
