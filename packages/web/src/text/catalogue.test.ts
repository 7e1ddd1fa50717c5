import { describe, expect, test } from 'vitest'
import { CATALOGUES } from './catalogue.ts'
import { birthDay, longDay, longDayOf } from './dates.ts'

type Line = readonly [path: string, value: unknown]

function* lines(node: unknown, path = ''): Generator<Line> {
  if (typeof node === 'object' && node !== null)
    for (const [key, value] of Object.entries(node)) yield* lines(value, `${path}.${key}`)
  else yield [path, node]
}

describe('the texts', () => {
  const en = [...lines(CATALOGUES.en)]
  const ru = [...lines(CATALOGUES.ru)]

  test('have the same lines in each language, none empty, none with space around it', () => {
    expect(ru.map(([path]) => path)).toEqual(en.map(([path]) => path))
    for (const [path, value] of [...en, ...ru])
      if (typeof value === 'string')
        expect([path, value]).toEqual([path, expect.stringMatching(/^\S([\s\S]*\S)? ?$/)])
  })

  test('are in Russian where they are said to be', () => {
    const latin = ru.filter(([, value]) => typeof value === 'string' && !/\p{Script=Cyrillic}/u.test(value))
    expect(latin.map(([path]) => path)).toEqual([])
  })

  test('are not Russian in English', () => {
    const cyrillic = en.filter(([, value]) => typeof value === 'string' && /\p{Script=Cyrillic}/u.test(value))
    expect(cyrillic.map(([path]) => path)).toEqual(['.applicant.begin.cyrillic'])
  })
})

test('days are written as people write them', () => {
  const day = new Date(Date.UTC(2026, 10, 25))
  expect([longDay(day, 'en'), longDay(day, 'ru')]).toEqual(['25 November 2026', '25 ноября 2026'])
  expect(longDayOf('2026-12-01', 'ru')).toBe('1 декабря 2026')
  expect(longDayOf('soon', 'en')).toBe('soon')
  expect(birthDay('1987-04-XX', 'ru', '?')).toBe('апрель 1987')
  expect(birthDay('1987-04-12', 'en', '?')).toBe('12 April 1987')
  expect(birthDay('1987-XX-XX', 'en', '?')).toBe('1987')
  expect(birthDay('XXXX-XX-XX', 'en', '?')).toBe('?')
})
