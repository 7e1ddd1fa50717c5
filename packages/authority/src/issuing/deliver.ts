import { hex } from '@nansen/formats/tlv'
import { append } from '@nansen/store'
import type { Office } from '../office.ts'
import { startOfDay } from '../registry/day.ts'
import { movePapers } from '../registry/papers.ts'

/**
 * Says that released papers were handed over: from then on their case keys are not given out for issuing any more.
 * Called after the files are where they belong, so that a crash before it means that they are handed over again, to
 * the same place, and never that they are lost. Saying it twice does no harm.
 * @param ids of released papers, 32 hexadecimal digits
 */
export async function deliver(office: Office, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const day = startOfDay(office.clock())
  await office.store.transaction(async (tx) => {
    const octets = ids.map((id) => Buffer.from(id, 'hex'))
    const moved = await movePapers(tx, octets, 'released', 'delivered')
    await append(
      tx,
      moved.map((id) => ({
        stream: `paper/${hex(id)}`,
        kind: 'paper.delivered',
        at: day,
        body: {},
      })),
    )
  })
  office.step?.('issue.delivered')
}
