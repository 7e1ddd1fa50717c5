import { describe, expect, test } from 'vitest'
import { addMonths, certificateEnd, lastSecond, signingTerm, TERMS } from './periods.ts'

const date = (text: string) => new Date(`${text}T10:00:00Z`)
const text = (at: Date) => at.toISOString().replace('.000Z', 'Z')

describe('months', () => {
  test.each([
    ['2026-11-24', 3, '2027-02-24'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-01-15', 180, '2041-01-15'],
  ])('%s and %i more end on %s', (from, months, to) => {
    expect(addMonths(date(from), months)).toEqual(date(to))
  })

  test('never fall into a month too far, from any day of four years', () => {
    for (let day = 0; day < 1461; day++) {
      const from = new Date(Date.UTC(2026, 0, 1 + day, 10))
      for (const months of [1, 3, 27, 60]) {
        const to = addMonths(from, months)
        expect(
          (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth(),
        ).toBe(months)
      }
    }
  })
})

describe('periods', () => {
  test('of a document signer are three months to sign, and the longest document more to live', () => {
    const { notBefore, notAfter } = signingTerm('document-signer', new Date('2026-11-24T10:00:00.789Z'))
    expect([text(notBefore), text(notAfter)]).toEqual(['2026-11-24T10:00:00Z', '2027-02-24T10:00:00Z'])
    expect(text(lastSecond(notAfter))).toBe('2027-02-24T09:59:59Z')
    expect(text(certificateEnd('document-signer', notBefore, 24))).toBe('2029-02-24T09:59:59Z')
    expect(text(certificateEnd('document-signer', notBefore, 120))).toBe('2037-02-24T09:59:59Z')
  })

  test('of an authority are those of the profile', () => {
    const { signs, lives } = TERMS.csca
    expect(signs).toBeGreaterThanOrEqual(36)
    expect(signs).toBeLessThanOrEqual(60)
    expect(lives).toBeGreaterThanOrEqual(13 * 12)
    expect(lives).toBeLessThanOrEqual(15 * 12 + 3)
    expect(text(certificateEnd('csca', date('2026-11-24'), 24))).toBe('2041-11-24T09:59:59Z')
  })

  test.each([0, -1, 1.5, 121, Number.NaN])('of documents that live %f months are refused', (months) => {
    expect(() => certificateEnd('document-signer', date('2026-11-24'), months)).toThrow('period.length')
  })
})
