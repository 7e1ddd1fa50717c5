import { join } from 'node:path'
import {
  deliver,
  type IssueRequest,
  type IssueResult,
  issue,
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

export type RowOutcome =
  | {
      readonly line: number
      readonly outcome: 'issued' | 'issued-before'
      readonly row: IssuedRow
      /** Why its data page could not be drawn; all else is there. */
      readonly noPage?: PageErrorCode
    }
  | {
      readonly line: number
      readonly outcome: 'refused'
      readonly reference: string
      readonly code: string
      readonly cause?: string
    }
  | Extract<PersonRow, { problems: unknown }>

export interface PeopleRun {
  readonly office: Office
  /** Where the folders of the papers go. */
  readonly out: string
  /** The data page of a paper, where one can be drawn. */
  readonly page: (paper: ReleasedPaper) => Uint8Array | undefined
}

/** Papers that share their transactions. */
const AT_ONCE = 50

/**
 * Issues a paper for each person of a list, some at a time, and writes their folders. Whatever stopped it before, a
 * run with the same list and office goes on from there and makes nothing twice. P4
 */
export async function* issuePeople(
  people: AsyncIterable<PersonRow>,
  run: PeopleRun,
): AsyncGenerator<readonly RowOutcome[]> {
  let down: string | undefined
  const next = async (rows: readonly PersonRow[]) => {
    if (down !== undefined) return rows.map((row) => notAsked(row, down!))
    const outcomes = await issueRows(rows, run)
    down = outageIn(outcomes)
    return outcomes
  }
  let rows: PersonRow[] = []
  for await (const row of people) {
    rows.push(row)
    if (rows.length < AT_ONCE) continue
    yield next(rows)
    rows = []
  }
  if (rows.length > 0) yield next(rows)
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

const notAsked = (row: PersonRow, code: string): RowOutcome =>
  'order' in row ? { line: row.line, outcome: 'refused', reference: row.order.reference, code } : row

async function issueRows(rows: readonly PersonRow[], run: PeopleRun): Promise<readonly RowOutcome[]> {
  const ordered = rows.filter((row): row is OrderedRow => 'order' in row)
  const requests: IssueRequest[] = ordered.map(({ order, portrait }) => ({ order, portrait }))
  const results = await issue(run.office, requests)
  const released = results.flatMap((result) => (result.outcome === 'released' ? [result.paper] : []))
  const noPage = new Map<string, PageErrorCode>()
  for (const paper of released) {
    const page = draw(paper, run)
    if (typeof page === 'string') noPage.set(paper.id, page)
    await writePaperFolder(run.out, paper, typeof page === 'string' ? undefined : page)
  }
  run.office.step?.('issue.written')
  // Only now: a crash before this writes the same folders again.
  await deliver(
    run.office,
    released.map(({ id }) => id),
  )
  const outcomes = new Map<PersonRow, RowOutcome>()
  for (const [i, row] of ordered.entries()) outcomes.set(row, await outcomeOf(row, results[i]!, run, noPage))
  return rows.map((row) => outcomes.get(row) ?? (row as Extract<PersonRow, { problems: unknown }>))
}

function draw(paper: ReleasedPaper, { page }: PeopleRun): Uint8Array | PageErrorCode | undefined {
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
  { out }: PeopleRun,
  noPage: ReadonlyMap<string, PageErrorCode>,
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
