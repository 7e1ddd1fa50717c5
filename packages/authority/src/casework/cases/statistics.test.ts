import { expect, test } from 'vitest'
import { suppressed } from './statistics.ts'

test('a number under five is not told, and neither is none', () => {
  const cells = suppressed([
    { month: '2026-10', status: 'intake', count: 4 },
    { month: '2026-10', status: 'decision', count: 5 },
    { month: '2026-11', status: 'intake', count: 120 },
  ])
  expect(cells).toHaveLength(16)
  const of = (month: string, status: string) =>
    cells.find((cell) => cell.month === month && cell.status === status)?.count
  expect(of('2026-10', 'intake')).toBeNull()
  expect(of('2026-10', 'refused')).toBeNull()
  expect(of('2026-10', 'decision')).toBe(5)
  expect(of('2026-11', 'intake')).toBe(120)
})
