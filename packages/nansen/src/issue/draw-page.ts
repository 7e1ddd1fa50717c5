import type { IssuingState, ReleasedPaper } from '@nansen/authority'
import { renderDataPage } from '../page/typst.ts'
import type { RowsOffice } from './issue-people.ts'
import { pageFactsOf } from './page-facts.ts'

/** How the data pages of papers are drawn. @param wanted whether they are asked for; they take most of the time */
export function pageDrawer(state: IssuingState, wanted: boolean): RowsOffice['page'] {
  if (!wanted) return () => undefined
  return (paper: ReleasedPaper) => renderDataPage(pageFactsOf(paper, state)) ?? 'typesetter-missing'
}
