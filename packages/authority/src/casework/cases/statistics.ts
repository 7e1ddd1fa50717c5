import type { CaseOffice } from '../case-office.ts'
import type { CaseStatus } from '../record/case-status.ts'
import { type AtDesk, officerAt } from './at-desk.ts'

/** How many cases of a month are where. */
export interface StatisticsCell {
  /** `2026-11`: in which they were handed in. */
  readonly month: string
  readonly status: CaseStatus
  /** null where it is under 5, none among them: nobody is to be found by a number. */
  readonly count: number | null
}

const STATUSES: readonly CaseStatus[] = [
  'intake',
  'decision',
  'second',
  'production',
  'collected',
  'refused',
  'appeal',
  'withdrawn',
]

/** Fewer than this are not told. */
export const LEAST_TOLD = 5

/**
 * Counts by month and status. There are no sums: beside them, what is left out could be found again.
 * @throws CaseRefusal officer.session
 */
export async function statistics(office: CaseOffice, desk: AtDesk): Promise<readonly StatisticsCell[]> {
  await officerAt(office, desk)
  const rows = await office.store.transaction((tx) =>
    tx.query<{ month: string; status: CaseStatus; count: number }>(
      `select to_char(submitted at time zone 'UTC', 'YYYY-MM') as month, status, count(*) as count
         from case_file group by 1, 2`,
    ),
  )
  return suppressed(rows)
}

/** A cell for every status of every month in which there was anything, small ones emptied. */
export function suppressed(
  rows: readonly { readonly month: string; readonly status: CaseStatus; readonly count: number }[],
): readonly StatisticsCell[] {
  const counts = new Map(rows.map(({ month, status, count }) => [`${month} ${status}`, count]))
  const months = [...new Set(rows.map(({ month }) => month))].sort()
  return months.flatMap((month) =>
    STATUSES.map((status) => {
      const count = counts.get(`${month} ${status}`) ?? 0
      return { month, status, count: count < LEAST_TOLD ? null : count }
    }),
  )
}
