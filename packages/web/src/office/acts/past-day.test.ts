import { expect, test } from 'vitest'
import type { TypedDate } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { CATALOGUES } from '../../text/catalogue.ts'
import { dayProblems } from './past-day.tsx'

const clock = () => new Date('2026-11-24T10:00:00Z')
const context = { text: CATALOGUES.en, office: { clock } } as unknown as OfficerContext
const { badDate, futureDate } = CATALOGUES.en.office

test.each<[day: string, problem: string | undefined]>([
  ['24-11-2026', undefined],
  ['1-2-2026', undefined],
  ['25-11-2026', futureDate],
  ['30-2-2026', badDate],
  ['--', badDate],
])('the day %s is told to be: %s', (text, problem) => {
  const [day = '', month = '', year = ''] = text.split('-')
  const typed: TypedDate = { day, month, year }
  expect(dayProblems(context, typed)).toEqual(problem === undefined ? [] : [{ field: 'day', text: problem }])
})
