import { availableParallelism } from 'node:os'
import { Lanes } from '../lanes/index.ts'
import { type OpenOffice, stateOf } from '../office/index.ts'
import type { PersonRow } from '../people/index.ts'
import { specimenApprovals, specimenOfficersOf } from '../specimen/specimen-officers.ts'
import { pageDrawer } from './draw-page.ts'
import type { IssueLane } from './issue-lane.ts'
import { issueRows, type RowOutcome, type Workers } from './issue-people.ts'
import type { IssueRun } from './run-issue.ts'

/** Those who issue the rows of one list, until they are let go. */
export interface OpenWorkers extends Workers {
  close(): Promise<void>
}

/** Rows from which it is worth the second that lanes take to start, and each has something to do. */
const FOR_LANES = 1_600
/** More than the database and the key service, which are one each, can keep busy. */
const MOST_LANES = 4
/** Rows at a time: a short list shows how far it is, a long one is done the sooner. */
const ALONE = 50
const IN_LANES = 400
/** In each lane: while one batch waits for the disk, the other is worked on. */
const IN_EACH = 2

/** This thread alone, or lanes: on PostgreSQL, for a long list, one for each processor. */
export async function openWorkers(run: IssueRun, opened: OpenOffice, rows: number): Promise<OpenWorkers> {
  const { out, pages, settings, officeFolder, environment } = run
  const count = run.lanes ?? (rows < FOR_LANES ? 1 : Math.min(availableParallelism(), MOST_LANES))
  if (settings.store.kind === 'embedded' || count === 1) {
    const officers = () => specimenOfficersOf(officeFolder, opened.office.signing)
    const approvals = specimenApprovals(officers, opened.office)
    const alone = { office: opened.office, approvals, out, page: pageDrawer(stateOf(settings), pages) }
    return { issue: (some) => issueRows(some, alone), batch: ALONE, atOnce: 1, close: async () => undefined }
  }
  const lanes = Lanes.open<readonly PersonRow[], readonly RowOutcome[], IssueLane>({
    script: new URL('./issue-lane.js', import.meta.url),
    count,
    opened,
    folder: officeFolder,
    settings,
    environment,
    data: { officeFolder, out, pages },
  })
  return {
    issue: (some) => lanes.ask(some),
    batch: IN_LANES,
    atOnce: count * IN_EACH,
    close: () => lanes.close(),
  }
}
