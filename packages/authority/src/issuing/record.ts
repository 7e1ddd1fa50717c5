import { hash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import { registerCheckedKeys } from '@nansen/signing'
import { begin } from '@nansen/store'
import type { Office } from '../office.ts'
import { blindIndex } from '../registry/blind-index.ts'
import { startOfDay } from '../registry/day.ts'
import { insertPapers, streamOf } from '../registry/papers.ts'
import type { Desk } from './desk.ts'
import type { Draft } from './draft.ts'
import { type RecordedPaper, sealContent } from './read-papers.ts'

/** Before the id of a paper whose security object is to be signed once. */
const BOOKLET = Buffer.from('nansen.booklet', 'latin1')

/**
 * Step 9: the keys of the cases, what is to be signed, the register and the journal, in one transaction. Before it is
 * committed nothing exists; after it everything is there to finish the paper, whatever fails. P2
 * @throws what the database says of a number or an order that has a paper (see isUniqueViolation); StoreError; SigningRefusal
 */
export function record(
  office: Office,
  desk: Desk,
  drafts: readonly Draft[],
  approvalIds: readonly Uint8Array[],
): Promise<readonly RecordedPaper[]> {
  const day = startOfDay(office.clock())
  const sealed = drafts.map(({ id, caseKey, content }) => sealContent(caseKey, id, content))
  const contents = sealed.map((bytes) => hash('sha256', bytes))
  const numbers = drafts.map(({ content }) => blindIndex(desk.indexKey, 'number', content.number))
  // The digest itself would tell a thief of the database whether a guess at a whole order is right. P7
  const orders = drafts.map(({ orderDigest }) => blindIndex(desk.indexKey, 'order', hex(orderDigest)))
  return office.store.transaction(async (tx) => {
    await office.signing.newCase(
      tx,
      drafts.map(({ caseKey }) => caseKey),
    )
    const intents = await office.signing.record(
      tx,
      drafts.map(({ id, caseKey, content, drafted }, i) => ({
        key: content.signerKey,
        toBeSigned: drafted.toBeSigned,
        caseKey,
        decision: orders[i]!,
        approval: approvalIds[i]!,
        once: hash('sha256', Buffer.concat([BOOKLET, id]), 'buffer'),
      })),
    )
    await insertPapers(
      tx,
      drafts.map(({ id, caseKey, content }, i) => ({
        id,
        caseId: caseKey.caseId,
        orderDigest: orders[i]!,
        referenceIndex: blindIndex(desk.indexKey, 'reference', content.order.reference),
        numberIndex: numbers[i]!,
        intentId: intents[i]!,
        content: sealed[i]!,
      })),
    )
    await registerCheckedKeys(
      tx,
      drafts.flatMap(({ id, chipKeys }) =>
        chipKeys.map((fingerprint) => ({ fingerprint, owner: streamOf(hex(id)) })),
      ),
    )
    const events = await begin(
      tx,
      drafts.map(({ id }, i) => ({
        stream: streamOf(hex(id)),
        kind: 'paper.recorded',
        at: day,
        body: {
          order: hex(orders[i]!),
          intent: hex(intents[i]!),
          approval: hex(approvalIds[i]!),
          number: hex(numbers[i]!),
          content: contents[i]!,
        },
      })),
    )
    return drafts.map(({ id, caseKey, content, drafted }, i) => ({
      id,
      intentId: intents[i]!,
      caseKey,
      content,
      sod: undefined,
      drafted,
      head: events[i]!,
    }))
  })
}
