import { expect, test } from 'vitest'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { type CodeKind, codeOf, KNOWN_CODES, mayIssue } from './codes.ts'
import { ISO_3166 } from './iso-3166.ts'

const KINDS: Readonly<Record<string, readonly CodeKind[]>> = {
  state: ['state'],
  nationality: ['nationality'],
  issuer: ['organisation', 'list-signature'],
  specimen: ['specimen'],
}

test.skipIf(!haveReferenceData)(
  `every code of 9303-3 section 5 is known as that section lists it ${withReferenceData}`,
  () => {
    const rows = csv('icao-9303-3-special-codes.csv')
    expect(rows).toHaveLength(30)
    for (const [part, code3, code2, , kind] of rows) {
      const entry = codeOf(code3!)
      expect(entry?.code2 ?? '', code3).toBe(code2)
      expect(KINDS[kind!], code3).toContain(entry?.kind)
      expect(entry?.standing, code3).toBe(part === 'F' ? 'deprecated' : 'current')
    }
  },
)

test.skipIf(!haveReferenceData)(`every country of ISO 3166-1 is known ${withReferenceData}`, () => {
  const rows = csv('countries-iso3166.csv')
  expect(rows.map(([code3, code2]) => [code3, code2]).sort()).toEqual([...ISO_3166].sort())
})

test('refugees and stateless persons have a nationality code that issues nothing', () => {
  for (const code of ['XXA', 'XXB', 'XXC', 'XXX']) {
    const entry = codeOf(code)!
    expect(entry.kind).toBe('nationality')
    expect(mayIssue(code, entry)).toBe(false)
  }
})

test('what is met without being listed is marked so', () => {
  expect(codeOf('XXK')).toEqual({ kind: 'nationality', standing: 'field' })
  expect(codeOf('DEU')?.standing).toBe('field')
  expect(codeOf('D')?.standing).toBe('current')
})

test('British classes may stand as issuer, the code for signing lists may not', () => {
  expect(mayIssue('GBD', codeOf('GBD')!)).toBe(true)
  expect(mayIssue('IAO', codeOf('IAO')!)).toBe(false)
})

test('no code is known twice, none holds a filler', () => {
  expect(new Set(KNOWN_CODES).size).toBe(KNOWN_CODES.length)
  expect(KNOWN_CODES.every((code) => /^[A-Z]{3}$/.test(code) || code === 'D')).toBe(true)
  for (const stranger of ['', 'ZZZ', 'D<<', 'toString', '__proto__']) expect(codeOf(stranger)).toBeUndefined()
})

function csv(name: string): string[][] {
  const text = new TextDecoder().decode(referenceData('recognition', name))
  const lines = text.trim().split(/\r?\n/).slice(1)
  return lines.map((line) =>
    (line.match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, '')),
  )
}
