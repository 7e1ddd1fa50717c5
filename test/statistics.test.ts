import { expect, test } from 'vitest'
import { chiSquare, poissonTail } from './statistics.ts'

test('chi-square gives the probabilities of the tables', () => {
  // One degree of freedom: 3.841 at 5 %, 10.828 at 0.1 %. 23 degrees: 35.172 at 5 %, 49.728 at 0.1 %.
  const withStatistic = (outcomes: number, statistic: number) => {
    // Two outcomes off by the same amount to both sides, the others as expected.
    const each = 1e9
    const off = Math.sqrt((statistic * each) / 2)
    return chiSquare([each + off, each - off, ...Array.from({ length: outcomes - 2 }, () => each)]).p
  }
  expect(withStatistic(2, 3.841459)).toBeCloseTo(0.05, 6)
  expect(withStatistic(2, 10.827566)).toBeCloseTo(0.001, 7)
  expect(withStatistic(24, 35.172462)).toBeCloseTo(0.05, 6)
  expect(withStatistic(24, 49.728232)).toBeCloseTo(0.001, 7)
  expect(withStatistic(576, 575)).toBeGreaterThan(0.45)
  expect(withStatistic(576, 575)).toBeLessThan(0.5)
})

test('the tail of rare events', () => {
  expect(poissonTail(0, 3)).toBeCloseTo(Math.exp(-3), 12)
  expect(poissonTail(2, 0.5)).toBeCloseTo(1 - Math.exp(-0.5) * 1.5, 12)
})
