import { parseBirthDate } from '../../issuing/calendar.ts'

const OF_AGE = 18

/**
 * Whether somebody is under 18 on a day. Of a date that is known in part, the latest day it can be: who may be a child
 * is treated as one.
 * @param birthDate as an order writes it
 * @returns undefined where the year is not known
 * @throws RangeError for what is no date of birth
 */
export function isUnderAge(birthDate: string, at: Date): boolean | undefined {
  const { year, month, day } = parseBirthDate(birthDate)
  if (year === undefined) return undefined
  const latest =
    month === undefined
      ? { year, month: 12, day: 31 }
      : { year, month, day: day ?? new Date(Date.UTC(year, month, 0)).getUTCDate() }
  return Date.UTC(latest.year + OF_AGE, latest.month - 1, latest.day) > at.getTime()
}
