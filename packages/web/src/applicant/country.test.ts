import { KNOWN_CODES } from '@nansen/formats/mrz'
import { expect, test } from 'vitest'
import { countryName, countryNamed, nationalityNamed } from './country.ts'

test.each([
  ['Россия', 'RUS'],
  ['россия ', 'RUS'],
  ['Russian Federation', 'RUS'],
  ['rus', 'RUS'],
  ['Germany', 'D'],
  ['Германия', 'D'],
  ['Côte d’Ivoire', 'CIV'],
  ['cote d ivoire', 'CIV'],
  ['Армения', 'ARM'],
  ['Kosovo', 'RKS'],
  ['GE', 'GEO'],
  ['Утопия', 'UTO'],
])('%s is %s', (typed, code) => {
  expect(countryNamed(typed)).toBe(code)
})

test.each(['', 'Nowhere', 'XXX', '<script>', 'none'])('%s is no state', (typed) => {
  expect(countryNamed(typed)).toBeUndefined()
})

test('who has no nationality says so in words', () => {
  expect(['none', 'Нет', 'без гражданства', 'XXA'].map(nationalityNamed)).toEqual([
    'XXA',
    'XXA',
    'XXA',
    'XXA',
  ])
})

test('what a state is called leads back to it, in each language', () => {
  for (const language of ['en', 'ru'] as const)
    for (const code of KNOWN_CODES.filter((known) => countryNamed(known) === known && known !== 'DEU'))
      expect([code, nationalityNamed(countryName(code, language))]).toEqual([code, code])
  expect(nationalityNamed(countryName('XXA', 'ru'))).toBe('XXA')
})
