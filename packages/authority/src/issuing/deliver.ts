import { hex } from '@nansen/formats/tlv'
import { append } from '@nansen/store'
import type { Office } from '../office.ts'
import { startOfDay } from '../registry/day.ts'
import { movePapers, streamOf } from '../registry/papers.ts'
import type { ReleasedPaper } from './complete.ts'

/**
 * Says that released papers were handed over: from then on their case keys are not given out for issuing any more.
 * Called after the files are where they belong, so that a crash before it means that they are handed over again, to
 * the same place, and never that they are lost. Saying it twice does no harm.
 */
export async function deliver(
  office: Office,
  papers: readonly Pick<ReleasedPaper, 'id' | 'head'>[],
): Promise<void> {
  if (papers.length === 0) return
  const day = startOfDay(office.clock())
  const octets = papers.map(({ id }) => Buffer.from(id, 'hex'))
  const known = new Map(papers.flatMap(({ id, head }) => (head === undefined ? [] : [[streamOf(id), head]])))
  await office.store.transaction(async (tx) => {
    const moved = await movePapers(tx, octets, 'released', 'delivered')
    await append(
      tx,
      moved.map((id) => ({ stream: streamOf(hex(id)), kind: 'paper.delivered', at: day, body: {} })),
      known,
    )
  })
  office.step?.('issue.delivered')
}
