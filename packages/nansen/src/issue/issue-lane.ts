import { runLane } from '../lanes/index.ts'
import type { PersonRow } from '../people/index.ts'
import { specimenApprovals, specimenOfficersOf } from '../specimen/specimen-officers.ts'
import { pageDrawer } from './draw-page.ts'
import { issueRows, notAsked, type RowOutcome } from './issue-people.ts'

/** For what a lane of `nansen issue` is started. */
export interface IssueLane {
  readonly officeFolder: string
  readonly out: string
  readonly pages: boolean
}

await runLane<readonly PersonRow[], readonly RowOutcome[], IssueLane>({
  work(office, { officeFolder, out, pages }) {
    const approvals = specimenApprovals(() => specimenOfficersOf(officeFolder, office.signing), office)
    const run = { office, approvals, out, page: pageDrawer(office.state, pages) }
    return (rows) => issueRows(rows, run)
  },
  refused: (rows, code) => rows.map((row) => notAsked(row, code)),
})
