import { packFiles, unpackFiles } from '@nansen/signing'
import { recordApproval } from '../../issuing/approval.ts'
import type { ReleasedPaper } from '../../issuing/complete.ts'
import { deliver } from '../../issuing/deliver.ts'
import { issue } from '../../issuing/issue.ts'
import { orderDigest } from '../../issuing/order.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { readCase } from '../record/append-to-case.ts'
import { sealPartRows } from '../record/part-rows.ts'
import { act, mayNowAct } from './act.ts'
import { photoIn } from './application.ts'
import type { AtDesk } from './at-desk.ts'
import { type OpenedPart, octetsOf, openParts } from './case-parts.ts'
import { orderIn } from './decide-second.ts'
import { confirmationIn, decisionIn } from './decision.ts'

/** Draws the data page as PDF; undefined where nothing can. */
export type DrawPage = (paper: ReleasedPaper) => Promise<Uint8Array | undefined>

const PAGE = 'datapage.pdf'
/** As beside any specimen: it protects nothing. */
const CHIP_KEY = 'SPECIMEN-chip-key.pem'

/**
 * Has the paper made that two officers approved: their two signatures go to the key service with the order, and it
 * alone says whether they stand, whatever the case says. Broken off anywhere and asked again, it is the same paper. P1, P4
 * @throws CaseRefusal decision.changed, issue.refused; officer.*, case.*
 */
export async function issueCase(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  drawPage?: DrawPage,
): Promise<void> {
  const asked = { name: 'issue', caseId, content: {} } as const
  const ready = await mayNowAct(office, desk, asked)
  if (ready === undefined || ready.known.state.stage !== undefined) return deliverAgain(office, caseId)
  const parts = await openParts(office, desk, caseId)
  const paper = await issueApproved(office, caseId, ready.known.events, parts)
  if (paper === undefined) return demandIssued(office, caseId)
  const page = await drawPage?.(paper)
  const files = new Map(paper.files.map(({ name, bytes }) => [name, bytes]))
  if (page !== undefined) files.set(PAGE, page)
  if (paper.content.chipKey !== undefined)
    files.set(CHIP_KEY, new TextEncoder().encode(paper.content.chipKey))
  const id = office.random(16)
  const packed = packFiles({ head: { paper: paper.id }, files })
  const kept = sealPartRows(office, octetsOf(caseId), [{ id, kind: 'paper', bytes: packed }])
  await act(office, desk, asked, async ({ tx, known }) => {
    await tx.insert('production', [
      { case_id: known.id, paper_id: octetsOf(paper.id), stage: 'generated', blank: null },
    ])
    return {
      kind: 'case.generated',
      body: { paper: paper.id, part: Buffer.from(id).toString('hex') },
      parts: kept,
    }
  })
  await deliver(office, [paper])
}

/** The same was asked for twice at once, and the other was faster. @throws CaseRefusal issue.refused: it was handed over elsewhere */
async function demandIssued(office: CaseOffice, caseId: string): Promise<void> {
  const known = await office.store.transaction((tx) => readCase(tx, caseId))
  if (known?.state.stage === undefined) throw new CaseRefusal('issue.refused')
}

/** @returns undefined where it was handed over before */
async function issueApproved(
  office: CaseOffice,
  caseId: string,
  events: Parameters<typeof decisionIn>[0],
  parts: readonly OpenedPart[],
): Promise<ReleasedPaper | undefined> {
  const { id, content } = decisionIn(events, parts)
  const confirmation = confirmationIn(events, parts)
  const portrait = photoIn(parts)
  if (confirmation.decision !== id || confirmation.approval === undefined || portrait === undefined)
    throw new CaseRefusal('decision.changed')
  const order = orderIn(content, caseId)
  const approvals = [content.approval, confirmation.approval] as const
  const [result] = await issue(office, [{ order, portrait }], {
    async of(orders) {
      const digests = orders.map(orderDigest)
      const recorded = await office.store.transaction((tx) =>
        recordApproval(tx, office, { digests, approvals }),
      )
      return orders.map(() => recorded)
    },
  })
  if (result?.outcome === 'released') return result.paper
  if (result?.outcome === 'delivered-before') return undefined
  throw new CaseRefusal('issue.refused', { cause: result?.refusal })
}

/** Says once more that the paper is in the case, where a crash came before it was said. */
async function deliverAgain(office: CaseOffice, caseId: string): Promise<void> {
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ paper_id: Uint8Array }>('select paper_id from production where case_id = $1', [
      octetsOf(caseId),
    ]),
  )
  if (row !== undefined) await deliver(office, [{ id: Buffer.from(row.paper_id).toString('hex') }])
}

/**
 * The files of a paper for the printer: those of the chip, and `datapage.pdf`. Asked again, they are the same.
 * @throws CaseRefusal production.stage: there is none yet; officer.*, case.*
 */
export async function paperFiles(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const ready = await mayNowAct(office, desk, { name: 'paper-files', caseId, content: {} })
  const event = ready?.known.events.findLast(({ kind }) => kind === 'case.generated')
  if (event === undefined) throw new CaseRefusal('production.stage')
  const parts = await openParts(office, desk, caseId)
  const part = parts.find(({ id, kind }) => kind === 'paper' && id === event.body.part)
  if (part === undefined) throw new CaseRefusal('case.altered')
  return unpackFiles(part.bytes).files
}
