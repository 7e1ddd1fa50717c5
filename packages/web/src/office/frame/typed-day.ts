import type { TypedDate } from '../../html/index.ts'
import type { FormValues } from '../../server/context.ts'

/** A date as it was typed into three fields. */
export const typedDay = (form: FormValues, name: string): TypedDate => ({
  day: form.get(`${name}-day`),
  month: form.get(`${name}-month`),
  year: form.get(`${name}-year`),
})

export const isEmptyDay = ({ day, month, year }: TypedDate): boolean => `${day}${month}${year}` === ''

/** `2026-11-25`; undefined for what no calendar has. */
export function dayOf({ day, month, year }: TypedDate): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}

/** And back, to fill the fields. */
export function typedFrom(day: Date): TypedDate {
  const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-')
  return { day: String(Number(date)), month: String(Number(month)), year }
}
