import { hex } from '@nansen/formats/tlv'
import { readStream, type Tx } from '@nansen/store'
import { type CaseEvent, streamOfCase, textOf } from '../casework/record/case-event.ts'
import { type CaseState, stateAfter } from '../casework/record/case-state.ts'
import type { Problem } from './problem.ts'

interface Moved extends Readonly<Record<string, unknown>> {
  readonly stream: string
  readonly account: Uint8Array | null
}

/**
 * Invariant 9 of cases that went to another account, under new words: two officers did it, in this case or in one of the
 * same account that went with it, and it is on that account still.
 */
export async function checkMoves(tx: Tx): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const moved = await tx.query<Moved>(
    `select distinct stream, case_file.account_id as account from event
       left join case_file on stream = 'case/' || encode(case_file.id, 'hex')
      where kind = 'case.moved' order by stream`,
  )
  const read = new Map<string, readonly CaseEvent[]>()
  const eventsOf = async (stream: string) => {
    const events = read.get(stream) ?? (await readStream(tx, stream))
    read.set(stream, events)
    return events
  }
  for (const { stream, account } of moved) {
    const moves = (await eventsOf(stream)).filter(({ kind }) => kind === 'case.moved')
    for (const move of moves) {
      const lead = textOf(move, 'with')
      const proved = movesOfTwo(await eventsOf(lead === '' ? stream : streamOfCase(lead)))
      if (!proved.some((other) => isSame(other, move)))
        problems.push({ invariant: 9, code: 'case.moved-by-one', where: stream })
    }
    if (account === null || hex(account) !== textOf(moves.at(-1)!, 'to'))
      problems.push({ invariant: 9, code: 'case.account-differs', where: stream })
  }
  return problems
}

const isSame = (one: CaseEvent, other: CaseEvent): boolean =>
  ['actor', 'from', 'to'].every((name) => textOf(one, name) === textOf(other, name))

/** Of a case in which new words were proposed and confirmed: the moves that its own events allow. */
function movesOfTwo(events: readonly CaseEvent[]): readonly CaseEvent[] {
  const found: CaseEvent[] = []
  let state: CaseState | undefined
  for (const event of events) {
    const next = stateAfter(state, event)
    if (event.kind === 'case.moved' && textOf(event, 'with') === '' && next !== state) found.push(event)
    state = next
  }
  return found
}
