import { hex } from '@nansen/formats/tlv'
import { SigningRefusal } from '@nansen/signing'
import { append } from '@nansen/store'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'
import { bringLogUpToDate } from '../registry/bring-log-up-to-date.ts'
import { startOfDay } from '../registry/day.ts'
import { movePapers, type PaperRow, streamOf, unfinishedPapers } from '../registry/papers.ts'
import { complete, type ReleasedPaper } from './complete.ts'
import { type Desk, openDesk } from './desk.ts'
import { readPapers } from './read-papers.ts'

/** What recovery did. */
export interface Recovery {
  /** Released now, or before, and not handed over yet. */
  readonly released: readonly ReleasedPaper[]
  /** Came to nothing, and their intents are void: ids with the reason. */
  readonly voided: readonly { readonly id: string; readonly code: string }[]
  /** Not finished this time, for a reason that may pass. */
  readonly left: readonly { readonly id: string; readonly code: string }[]
}

const AT_ONCE = 100

/**
 * Takes up every paper that is recorded and not delivered: what a crash left behind is finished through the same steps,
 * and what can never finish is voided. Called at start-up and by `nansen recover`. P2, P4
 * @param take is given the released papers of each round, so that no more than a round is in memory
 */
export async function recover(
  office: Office,
  take: (released: readonly ReleasedPaper[]) => Promise<void> = async () => {},
): Promise<Recovery> {
  const desk = await openDesk(office, office.clock())
  const released: ReleasedPaper[] = []
  const voided: { id: string; code: string }[] = []
  const left: { id: string; code: string }[] = []
  let after: Uint8Array = new Uint8Array(0)
  for (;;) {
    const rows = await office.store.transaction((tx) => unfinishedPapers(tx, after, AT_ONCE))
    if (rows.length === 0) break
    after = rows.at(-1)!.id
    const finished: ReleasedPaper[] = []
    for (const [row, outcome] of await finishRows(office, desk, rows)) {
      if (!(outcome instanceof Refusal)) finished.push(outcome)
      else if (FINAL.has(outcome.code) && row.stage === 'recorded') {
        await voidPaper(office, row)
        voided.push({ id: hex(row.id), code: outcome.code })
      } else left.push({ id: hex(row.id), code: outcome.code })
    }
    released.push(...finished)
    await take(finished)
  }
  // The tree, for what was released and not entered in it before the crash.
  await bringLogUpToDate(office)
  return { released, voided, left }
}

/** All together where nothing is wrong; one by one where something is, so that one bad paper holds up no other. */
async function finishRows(
  office: Office,
  desk: Desk,
  rows: readonly PaperRow[],
): Promise<readonly (readonly [PaperRow, ReleasedPaper | Refusal])[]> {
  const finish = async (some: readonly PaperRow[]) => {
    const outcomes = await complete(office, desk, await readPapers(office, some))
    return some.map((row, i) => [row, outcomes[i]!] as const)
  }
  try {
    return await finish(rows)
  } catch (error) {
    if (!(error instanceof SigningRefusal)) throw error
    const outcomes: (readonly [PaperRow, ReleasedPaper | Refusal])[] = []
    for (const row of rows) {
      try {
        outcomes.push(...(await finish([row])))
      } catch (refusal) {
        if (!(refusal instanceof SigningRefusal)) throw refusal
        outcomes.push([row, new Refusal(refusal.code)])
      }
    }
    return outcomes
  }
}

/**
 * Time does not mend these: the signer's period is over, the bytes are not those that were recorded, or no two officers
 * approved the order, or one of them was let go since.
 */
const FINAL: ReadonlySet<string> = new Set([
  'approval.missing',
  'approval.refused',
  'intent.not-the-order',
  'key.expired',
  'key.used-up',
  'intent.voided',
  'intent.altered',
  'key.foreign-purpose',
  'paper.bytes-differ',
  'paper.content-unreadable',
])

async function voidPaper(office: Office, { id, intentId }: PaperRow): Promise<void> {
  const day = startOfDay(office.clock())
  await office.store.transaction(async (tx) => {
    const moved = await movePapers(tx, [id], 'recorded', 'void')
    if (moved.length === 0) return
    await office.signing.void(tx, intentId, 'never-finishes')
    const events = await append(tx, [
      { stream: streamOf(hex(id)), kind: 'paper.void', at: day, body: { intent: hex(intentId) } },
    ])
    await office.log.enter(tx, events)
  })
}
