import { DateInput, type Problem, type TypedDate } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { dayOf } from '../frame/typed-day.ts'

export interface PastDayProps {
  readonly context: OfficerContext
  readonly label: string
  readonly value: TypedDate
  readonly problems: readonly Problem[]
}

/** On which day something was: the field `day`. */
export const PastDay = ({ context, ...day }: PastDayProps) => (
  <DateInput name="day" {...day} words={context.text.common.date} />
)

/** What is wrong with such a day: none of a calendar, or one that has not come. */
export function dayProblems({ text, office }: OfficerContext, day: TypedDate): readonly Problem[] {
  const iso = dayOf(day)
  if (iso === undefined) return [{ field: 'day', text: text.office.badDate }]
  const today = office.clock().toISOString().slice(0, 10)
  return iso > today ? [{ field: 'day', text: text.office.futureDate }] : []
}
