import { expect, test } from 'vitest'
import { documentCodeFindings, documentCodeStatus, passportTypeOf } from './document-codes.ts'

const at = day('2026-06-01')

test.each([
  ['PP', 'ordinary'],
  ['PE', 'emergency'],
  ['PD', 'diplomatic'],
  ['PO', 'official'],
  ['PR', 'refugee'],
  ['PT', 'alien'],
  ['PS', 'stateless'],
  ['PL', 'laissez-passer'],
  ['PM', 'military'],
  ['PU', 'emergency-sheet'],
  ['P', undefined],
  ['P<', undefined],
  ['PB', undefined],
])('%s is a passport of type %s', (code, type) => {
  expect(passportTypeOf(code)).toBe(type)
  expect(passportTypeOf(code, day('2026-01-01'))).toBe(type)
})

test('before 2026 a second letter says nothing', () => {
  expect(passportTypeOf('PT', day('2025-12-31'))).toBeUndefined()
})

test.each([
  ['PR', '2029-01-01', '2039-01-01', []],
  ['P', '2027-12-31', '2037-12-31', []],
  ['P<', '2027-12-31', '2037-12-31', []],
  ['P<', '2028-01-01', '2037-12-31', ['mrz.document-code-letter-missing']],
  ['P<', '2027-12-31', '2038-01-01', ['mrz.document-code-expiry']],
  ['P<', '2028-01-01', '2038-01-01', ['mrz.document-code-letter-missing', 'mrz.document-code-expiry']],
  ['PB', '2025-12-31', '2035-12-31', []],
  ['PB', '2026-01-01', '2036-01-01', ['mrz.document-code-letter']],
  ['PB', '2025-12-31', '2038-01-01', ['mrz.document-code-expiry']],
  ['P<', undefined, undefined, []],
  ['I<', '2030-01-01', '2040-01-01', []],
  ['V', '2030-01-01', '2040-01-01', []],
])('%s issued %s to %s gives %j', (code, issued, expires, codes) => {
  const dates = {
    issuedAt: issued ? day(issued) : undefined,
    expiresAt: expires ? day(expires) : undefined,
    at,
  }
  expect(documentCodeFindings(code, dates).map((finding) => finding.code)).toEqual(codes)
})

test('without an expiry, a passport shown in 2038 needs its second letter', () => {
  const codes = documentCodeFindings('P<', { at: day('2038-01-01') }).map((finding) => finding.code)
  expect(codes).toEqual(['mrz.document-code-expiry'])
})

test.each([
  ['PR', 'TD3', 'ok'],
  ['P', 'TD3', 'ok'],
  ['IP', 'TD3', 'unlisted'],
  ['I', 'TD1', 'ok'],
  ['AC', 'TD1', 'ok'],
  ['AC', 'TD2', 'unlisted'],
  ['AI', 'TD1', 'unlisted'],
  ['IV', 'TD1', 'unlisted'],
  ['PU', 'TD2', 'ok'],
  ['PP', 'TD2', 'unlisted'],
  ['ME', 'TD2', 'tolerated'],
  ['ME', 'TD1', 'unlisted'],
  ['V', 'MRV-A', 'ok'],
  ['VC', 'MRV-B', 'ok'],
  ['P', 'MRV-A', 'unlisted'],
] as const)('%s in a %s is %s', (code, format, status) => {
  expect(documentCodeStatus(code, format)).toBe(status)
})

function day(text: string): Date {
  return new Date(`${text}T00:00:00Z`)
}
