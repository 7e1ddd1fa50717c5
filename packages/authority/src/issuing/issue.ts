import { SigningRefusal } from '@nansen/signing'
import { isUniqueViolation } from '@nansen/store'
import type { Office } from '../office.ts'
import { Refusal, refusalOf } from '../refusal.ts'
import type { Approvals } from './approval.ts'
import { complete } from './complete.ts'
import { clearDesk, type Desk, openDesk } from './desk.ts'
import { type Draft, draft, type IssueRequest, lint, reserve } from './draft.ts'
import { type IssueResult, outcomeOf } from './issue-result.ts'
import { findKnown } from './known.ts'
import { checkOrder } from './order.ts'
import { record } from './record.ts'

/** Of times that a number or a reference turned out to be taken while it was being recorded. */
const MOST_TRIES = 5

/**
 * Orders to released booklets: steps 6 to 12 of docs/life-of-a-paper.md. Several at once share their transactions; one
 * that is refused does not hold up the others. Asked again after a crash or an outage it goes on where it was, and
 * never issues one order twice. There is one way in: an order that two officers approved, for a state that does not exist.
 * P1–P4, P27
 * @returns for each request, in order, what became of it
 */
export async function issue(
  office: Office,
  requests: readonly IssueRequest[],
  approvals: Approvals,
  tries = MOST_TRIES,
): Promise<readonly IssueResult[]> {
  const results = new Map<IssueRequest, IssueResult>()
  const answers = () => requests.map((request) => results.get(request)!)
  const refuse = (those: readonly IssueRequest[], error: unknown) => {
    for (const request of those) results.set(request, { outcome: 'refused', refusal: refusalOf(error) })
  }
  const now = office.clock()
  let desk: Desk
  try {
    desk = await openDesk(office, now)
    for (const [request, result] of await findKnown(office, desk, requests)) results.set(request, result)
  } catch (error) {
    clearDesk(office)
    refuse(requests, error)
    return answers()
  }

  const drafts = new Map<IssueRequest, Draft>()
  const references = new Set<string>()
  const later: IssueRequest[] = []
  for (const request of requests) {
    if (results.has(request)) continue
    if (references.has(request.order.reference)) {
      later.push(request)
      continue
    }
    try {
      checkOrder(request.order, now)
      if (request.order.state !== office.state.code3) throw new Refusal('order.foreign-state')
      // 6 reserve: number, case, identifiers
      const booklet = reserve(office, request, now)
      office.step?.('issue.reserved')
      // 7 draft every file of the chip
      const drafted = draft(office, desk, booklet, now)
      office.step?.('issue.drafted')
      // 8 lint with a throwaway key
      await lint(office, desk, drafted, now)
      office.step?.('issue.linted')
      drafts.set(request, drafted)
      references.add(request.order.reference)
    } catch (error) {
      refuse([request], error)
    }
  }
  if (drafts.size === 0) return answers()

  const fresh = [...drafts.keys()]
  try {
    // What two officers did not approve is not even recorded; the key service asks again before it signs. P1
    const orders = [...drafts.values()]
    const approvalIds = await approvals.of(fresh.map(({ order }) => order))
    await office.signing.demandApproved(
      orders.map(({ orderDigest }, i) => ({ approvalId: approvalIds[i]!, order: orderDigest })),
    )
    // 9 record intents, journal and register, in one transaction
    const recorded = await record(office, desk, orders, approvalIds)
    office.step?.('issue.recorded')
    // 10 sign, 11 inspect, 12 release
    const completed = await complete(office, desk, recorded)
    for (const [i, request] of fresh.entries()) results.set(request, outcomeOf(completed[i]!))
  } catch (error) {
    if (isUniqueViolation(error) && tries > 1) {
      // Nothing was stored: a number was used before, or somebody else was faster with the same order.
      const again = await issue(office, fresh, approvals, tries - 1)
      for (const [i, request] of fresh.entries()) results.set(request, again[i]!)
    } else if (fresh.length > 1 && error instanceof SigningRefusal && error.code === 'key.of-another') {
      // Nothing was stored: the chip of one has a key that is another's, which is no reason against the rest.
      for (const request of fresh)
        results.set(request, (await issue(office, [request], approvals, tries))[0]!)
    } else {
      // Should a room below be down, the next call finds out before it has recorded anything. P27
      clearDesk(office)
      refuse(fresh, error)
    }
  }
  // Asked for twice in one breath: the second finds what the first has got. P4
  const found = later.length === 0 ? [] : await issue(office, later, approvals, tries)
  for (const [i, request] of later.entries()) results.set(request, found[i]!)
  return answers()
}
