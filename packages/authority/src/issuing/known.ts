import { hex } from '@nansen/formats/tlv'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'
import { blindIndex } from '../registry/blind-index.ts'
import { type PaperRow, papersByReference } from '../registry/papers.ts'
import { complete } from './complete.ts'
import type { Desk } from './desk.ts'
import type { IssueRequest } from './draft.ts'
import { type IssueResult, outcomeOf } from './issue-result.ts'
import { orderDigest } from './order.ts'
import { readPapers } from './read-papers.ts'

/**
 * Requests whose order has a paper already: it is finished if need be, and given again if it was not handed over yet.
 * A reference that was used for another order is refused. P4
 */
export async function findKnown(
  office: Office,
  desk: Desk,
  requests: readonly IssueRequest[],
): Promise<ReadonlyMap<IssueRequest, IssueResult>> {
  const references = requests.map(({ order }) => blindIndex(desk.indexKey, 'reference', order.reference))
  const rows = await office.store.transaction((tx) => papersByReference(tx, references))
  const results = new Map<IssueRequest, IssueResult>()
  if (rows.length === 0) return results
  const byReference = new Map(rows.map((row) => [hex(row.referenceIndex), row]))
  const open = new Map<IssueRequest, PaperRow>()
  for (const [i, request] of requests.entries()) {
    const row = byReference.get(hex(references[i]!))
    if (row === undefined) continue
    const order = blindIndex(desk.indexKey, 'order', hex(orderDigest(request.order)))
    if (!Buffer.from(row.orderDigest).equals(order))
      results.set(request, { outcome: 'refused', refusal: new Refusal('order.reference-used') })
    else if (row.stage === 'delivered') results.set(request, { outcome: 'delivered-before', id: hex(row.id) })
    else open.set(request, row)
  }
  // Once each, however many requests are for it: released twice, it would have two ends.
  const papers = [...new Set(open.values())]
  const completed = await complete(office, desk, await readPapers(office, papers))
  for (const [request, row] of open) results.set(request, outcomeOf(completed[papers.indexOf(row)]!))
  return results
}
