import type { CaseStatus, QueueRow } from '@nansen/authority'
import { Tag } from '../../html/index.ts'
import type { Context } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { daysBetween } from './days-between.ts'

type Tone = 'plain' | 'good' | 'warm' | 'bad'

const TONES: Readonly<Record<CaseStatus, Tone>> = {
  intake: 'plain',
  decision: 'plain',
  second: 'plain',
  production: 'good',
  collected: 'good',
  refused: 'bad',
  appeal: 'warm',
  withdrawn: 'plain',
}

/** Where a case is and what holds it up: in words, the colour only repeats them. */
export function CaseTags({ context, row }: { context: Context; row: QueueRow }) {
  const { status, flags } = context.text.office
  return (
    <span class="tags">
      <Tag tone={TONES[row.status]}>{status[row.status]}</Tag>
      {row.minor && <Tag>{flags.minor}</Tag>}
      {row.waiting && <Tag tone="warm">{flags.waiting}</Tag>}
      {row.notice && <Tag tone="bad">{flags.notice}</Tag>}
      {row.duplicate && <Tag tone="warm">{flags.duplicate}</Tag>}
    </span>
  )
}

/** Statuses in which the office owes nobody a decision. */
const WITHOUT_CLOCK: readonly CaseStatus[] = ['production', 'collected', 'refused', 'withdrawn']

/** When it is due; or that the clock stands, since when and why. */
export function Clock({ context, row }: { context: Context; row: QueueRow }) {
  const { language, office } = context
  const t = context.text.office.clock
  if (WITHOUT_CLOCK.includes(row.status)) return <span class="clock">{t.over}</span>
  if (row.pausedSince !== undefined)
    return <span class="clock">{t.paused(longDay(row.pausedSince, language))}</span>
  const left = daysBetween(office.clock(), row.due)
  return (
    <span class={left < 0 ? 'clock late' : 'clock'}>
      {t.due(longDay(row.due, language))} <span class="left">({t.daysLeft(left)})</span>
    </span>
  )
}
