import { expect, test } from 'vitest'
import { LAYOUTS, type Span } from './layout.ts'

test.each(Object.values(LAYOUTS))(
  'the fields and check digits of $format cover each place once',
  (layout) => {
    const places = Array.from({ length: layout.lines }, () => new Array<number>(layout.width).fill(0))
    const cover = (span: Span) => {
      for (let i = span.start; i < span.end; i++) places[span.line]![i]!++
    }
    for (const span of Object.values(layout.fields)) cover(span)
    for (const check of Object.values(layout.checks)) cover(check.at)
    expect(places.flat().every((count) => count === 1)).toBe(true)
  },
)

test.each([
  ['TD1', 50],
  ['TD2', 31],
  ['TD3', 39],
] as const)('the composite check digit of %s covers %i characters', (format, count) => {
  const over = LAYOUTS[format].checks.composite!.over
  expect(over.reduce((sum, span) => sum + span.end - span.start, 0)).toBe(count)
})

test('visas have no composite check digit and none for the optional field', () => {
  for (const format of ['MRV-A', 'MRV-B'] as const)
    expect(Object.keys(LAYOUTS[format].checks)).toEqual(['number', 'birth', 'expiry'])
})
