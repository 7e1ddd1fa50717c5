import { join } from 'node:path'
import {
  type Approvals,
  deliver,
  type IssueRequest,
  type IssueResult,
  issue as issuePapers,
  type Office,
  type ReleasedPaper,
} from '@nansen/authority'
import { PageError, type PageErrorCode } from '@nansen/formats/page'
import type { PersonRow } from '../people/index.ts'
import { kindNamed } from '../read-file.ts'
import { writePaperFolder } from './paper-folder.ts'

/** A row of the list, with the folder of its paper. */
export interface IssuedRow {
  readonly reference: string
  readonly folder: string
}

/** The typesetter is an optional part: where it is not installed, that is no fault of a row. */
export type NoPage = PageErrorCode | 'typesetter-missing'

export type RowOutcome =
  | {
      readonly line: number
      readonly outcome: 'issued' | 'issued-before'
      readonly row: IssuedRow
      /** Why its data page could not be drawn; all else is there. */
      readonly noPage?: NoPage
    }
  | {
      readonly line: number
      readonly outcome: 'refused'
      readonly reference: string
      readonly code: string
      readonly cause?: string
    }
  | Extract<PersonRow, { problems: unknown }>

/** Who issues the rows of a list. */
export interface Workers {
  issue(rows: readonly PersonRow[]): Promise<readonly RowOutcome[]>
  /** Rows at a time: their papers share their transactions. */
  readonly batch: number
  /** Batches that can be under way at the same time. */
  readonly atOnce: number
}

/**
 * Issues a paper for each person of a list, a batch at a time. Whatever stopped it before, a run with the same list and
 * office goes on from there and makes nothing twice. P4
 * @returns the outcomes of each batch, in the order of the list
 */
export async function* issuePeople(
  people: AsyncIterable<PersonRow>,
  { issue, batch, atOnce }: Workers,
): AsyncGenerator<readonly RowOutcome[]> {
  let down: string | undefined
  const next = async (rows: readonly PersonRow[]) => {
    if (down !== undefined) return rows.map((row) => notAsked(row, down!))
    const outcomes = await issue(rows)
    down ??= outageIn(outcomes)
    return outcomes
  }
  const underWay: Promise<readonly RowOutcome[]>[] = []
  try {
    for await (const rows of batchesOf(people, batch)) {
      const outcomes = next(rows)
      // Somebody looks at it when its turn comes; until then it has not gone unnoticed.
      outcomes.catch(() => {})
      underWay.push(outcomes)
      if (underWay.length === atOnce) yield underWay.shift()!
    }
    while (underWay.length > 0) yield underWay.shift()!
  } finally {
    // Where a batch failed, the others are still at work, with an office that is about to be closed.
    await Promise.allSettled(underWay)
  }
}

async function* batchesOf(
  people: AsyncIterable<PersonRow>,
  batch: number,
): AsyncGenerator<readonly PersonRow[]> {
  let rows: PersonRow[] = []
  for await (const row of people) {
    rows.push(row)
    if (rows.length < batch) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

type OrderedRow = Extract<PersonRow, { order: unknown }>

/** Each question to what does not answer takes half a minute, and a list may have thousands of rows. */
const OUTAGES: readonly string[] = ['signing.outage', 'store.unreachable']

/** The outage that stopped every paper of some rows. */
function outageIn(outcomes: readonly RowOutcome[]): string | undefined {
  const codes = outcomes.flatMap((outcome) => {
    if ('problems' in outcome) return []
    return [outcome.outcome === 'refused' ? outcome.code : undefined]
  })
  const [first] = codes
  return first !== undefined && OUTAGES.includes(first) && codes.every((code) => code === first)
    ? first
    : undefined
}

/** What is said of a row for which nothing was done. */
export const notAsked = (row: PersonRow, code: string): RowOutcome =>
  'order' in row ? { line: row.line, outcome: 'refused', reference: row.order.reference, code } : row

export interface RowsOffice {
  readonly office: Office
  /** By two officers. P1 */
  readonly approvals: Approvals
  /** Where the folders of the papers go. */
  readonly out: string
  /** Draws the data page of a paper; `undefined` where none is asked for. @throws PageError */
  readonly page: (paper: ReleasedPaper) => Uint8Array | 'typesetter-missing' | undefined
}

/** Issues papers for some rows in one go, and writes their folders. */
export async function issueRows(rows: readonly PersonRow[], run: RowsOffice): Promise<readonly RowOutcome[]> {
  const ordered = rows.filter((row): row is OrderedRow => 'order' in row)
  const requests: IssueRequest[] = ordered.map(({ order, portrait }) => ({ order, portrait }))
  const results = await issuePapers(run.office, requests, run.approvals)
  const released = results.flatMap((result) => (result.outcome === 'released' ? [result.paper] : []))
  const noPage = new Map<string, NoPage>()
  for (const paper of released) {
    const page = draw(paper, run)
    if (typeof page === 'string') noPage.set(paper.id, page)
    await writePaperFolder(run.out, paper, typeof page === 'string' ? undefined : page)
  }
  run.office.step?.('issue.written')
  // Only now: a crash before this writes the same folders again.
  await deliver(run.office, released)
  const outcomes = new Map<PersonRow, RowOutcome>()
  for (const [i, row] of ordered.entries()) outcomes.set(row, await outcomeOf(row, results[i]!, run, noPage))
  return rows.map((row) => outcomes.get(row) ?? (row as Extract<PersonRow, { problems: unknown }>))
}

function draw(paper: ReleasedPaper, { page }: RowsOffice): Uint8Array | NoPage | undefined {
  try {
    return page(paper)
  } catch (error) {
    if (error instanceof PageError) return error.code
    throw error
  }
}

async function outcomeOf(
  { line, order }: OrderedRow,
  result: IssueResult,
  { out }: RowsOffice,
  noPage: ReadonlyMap<string, NoPage>,
): Promise<RowOutcome> {
  if (result.outcome === 'refused') {
    const { code, cause } = result.refusal
    const behind = typeof cause === 'string' ? cause : undefined
    const { reference } = order
    return { line, outcome: 'refused', reference, code, ...(behind !== undefined && { cause: behind }) }
  }
  const folder = result.outcome === 'released' ? result.paper.id : result.id
  const row = { reference: order.reference, folder }
  const missing = noPage.get(folder)
  if (result.outcome === 'released')
    return { line, outcome: 'issued', row, ...(missing !== undefined && { noPage: missing }) }
  if ((await kindNamed(join(out, folder))) !== 'folder')
    return { line, outcome: 'refused', reference: order.reference, code: 'paper.elsewhere' }
  return { line, outcome: 'issued-before', row }
}
