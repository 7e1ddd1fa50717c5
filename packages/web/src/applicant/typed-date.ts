import type { TypedDate } from '../html/index.ts'
import type { FormValues } from '../server/context.ts'

/** The three fields of a date, as they were typed. */
export const typedDate = (form: FormValues, name: string): TypedDate => ({
  day: form.get(`${name}-day`),
  month: form.get(`${name}-month`),
  year: form.get(`${name}-year`),
})

/** A kept date as three fields again; what is not known is empty. */
export function fieldsOf(date: string): TypedDate {
  const [year = '', month = '', day = ''] = date.split('-')
  const shown = (part: string) => (part.includes('X') ? '' : part.replace(/^0(?=\d)/u, ''))
  return { day: shown(day), month: shown(month), year: shown(year) }
}

export const isEmptyDate = ({ day, month, year }: TypedDate): boolean =>
  day === '' && month === '' && year === ''

/** `order` where a part stands before one that is missing, `wrong` where a part is no number or no such day is. */
export type DateProblem = 'order' | 'wrong'

/** `1987-04-12`; what is not told is X, from the right. */
export function dateOf({ day, month, year }: TypedDate): string | DateProblem {
  if ((day !== '' && month === '') || (month !== '' && year === '')) return 'order'
  const [y, m, d] = [part(year, 4), part(month, 2), part(day, 2)]
  if (y === undefined || m === undefined || d === undefined) return 'wrong'
  if (m !== 'XX' && (Number(m) < 1 || Number(m) > 12)) return 'wrong'
  if (d !== 'XX') {
    const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))
    if (date.getUTCMonth() !== Number(m) - 1 || date.getUTCDate() !== Number(d)) return 'wrong'
  }
  return `${y}-${m}-${d}`
}

const part = (text: string, digits: 2 | 4): string | undefined => {
  if (text === '') return 'X'.repeat(digits)
  const found = digits === 4 ? /^\d{4}$/u : /^\d{1,2}$/u
  return found.test(text) ? text.padStart(digits, '0') : undefined
}
