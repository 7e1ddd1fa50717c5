import {
  type CaseStatus,
  statistics as countCases,
  type StatisticsCell,
  solidarityLedger,
} from '@nansen/authority'
import { Heading, Table } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { officePage } from '../frame/office-page.tsx'
import { plainPage } from '../frame/refusal.tsx'
import { Ledger } from '../production/board.tsx'

/** Counts, as of today: small ones are not told, so that nobody is found in them. */
export async function statistics(context: OfficerContext): Promise<Response> {
  const t = context.text.office
  const { office, desk, language } = context
  if (!desk.officer.roles.includes('audit'))
    return plainPage(context, t.refused.role.title, t.refused.role.text, 403)
  const rows = rowsOf(await countCases(office, desk))
  const ledger = await solidarityLedger(office, desk)
  return officePage(context, {
    title: t.statistics.title,
    main: (
      <>
        <Heading>{t.statistics.heading}</Heading>
        <p class="lead">{t.statistics.lead}</p>
        <p class="hint">{t.statistics.asOf(longDay(office.clock(), language))}</p>
        {rows.length === 0 ? (
          <p>{t.statistics.empty}</p>
        ) : (
          <Table
            caption={t.statistics.caption}
            columns={[
              { head: t.statistics.month, cell: ({ month }: Row) => monthText(language, month), names: true },
              ...STATUSES.map((status) => ({
                head: t.status[status],
                cell: ({ counts }: Row) => counts.get(status) ?? t.statistics.few,
                numeric: true,
              })),
            ]}
            rows={rows}
          />
        )}
        <Ledger context={context} ledger={ledger} />
      </>
    ),
  })
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

interface Row {
  readonly month: string
  readonly counts: ReadonlyMap<CaseStatus, number | null>
}

/** A line a month, the newest first. */
function rowsOf(cells: readonly StatisticsCell[]): readonly Row[] {
  const months = [...new Set(cells.map(({ month }) => month))].sort().reverse()
  return months.map((month) => ({
    month,
    counts: new Map(
      cells.filter((cell) => cell.month === month).map(({ status, count }) => [status, count] as const),
    ),
  }))
}

const monthText = (language: string, month: string): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
