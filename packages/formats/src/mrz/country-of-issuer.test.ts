import { expect, test } from 'vitest'
import { codeOf, KNOWN_CODES, mayIssue } from './codes.ts'
import { countryOfIssuer } from './country-of-issuer.ts'

test.each([
  ['FRA', ['FR']],
  ['D', ['DE']],
  ['DEU', ['DE']],
  ['RKS', ['KS']],
  ['EUE', ['EU']],
  ['UNO', ['UN']],
  ['UNA', ['UN']],
  ['UNK', ['UN']],
  ['GBD', ['GB']],
  ['GBN', ['GB']],
  ['HKG', ['CN', 'HK']],
  ['MAC', ['CN', 'MO']],
  ['UTO', ['UT']],
  ['QRR', ['QR']],
  ['QZZ', ['QZ']],
  ['XOM', []],
  ['XCE', []],
])('the certificates behind %s stand under %j', (code, countries) => {
  expect(countryOfIssuer(code)?.countries).toEqual(countries)
})

test.each(['XXA', 'XXB', 'XXC', 'XXX', 'XXK', 'IAO', 'ZZZ', '', 'D<<', 'constructor'])(
  '%j issues no documents',
  (code) => {
    expect(countryOfIssuer(code)).toBeUndefined()
  },
)

test('every issuer has an answer, and a reason wherever it is not simply its two-letter code', () => {
  const issuers = KNOWN_CODES.filter((code) => mayIssue(code, codeOf(code)!))
  for (const code of issuers) {
    const { countries, reason } = countryOfIssuer(code)!
    const plain = countries.length === 1 && countries[0] === codeOf(code)!.code2
    expect(plain || reason !== undefined, code).toBe(true)
    expect(countries.every((country) => /^[A-Z]{2}$/.test(country))).toBe(true)
  }
})
