import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pages, sources } from '../scripts/project-files.mjs'
import {
  citationsInPage,
  citationsInSource,
  deviationCodes,
  folded,
  parseCitation,
  parseStandards,
} from '../scripts/standards.mjs'

const page = readFileSync(new URL('../docs/standards.md', import.meta.url), 'utf8')
const standards = parseStandards(page)

// The scanner and this test hold wrong citations on purpose; grounds cite law, which has no editions and tags here.
const code = sources().filter(
  ({ path }) =>
    !/^(scripts\/standards|test\/standards|packages\/authority\/src\/casework\/rules\/grounds|packages\/web\/src\/office\/.*\.test)/.test(
      path,
    ),
)
const found = [...code.map(citationsInSource), ...pages().map(citationsInPage)]
const citations = found.flatMap((file) => file.citations)

describe('the standards that this house cites', () => {
  test('every tag stands in docs/standards.md', () => {
    expect(citations.length).toBeGreaterThan(50)
    expect(citations.filter(({ tag }) => !standards.has(tag))).toEqual([])
  })

  test('every mention of a section is a citation in the one spelling', () => {
    expect(found.flatMap((file) => file.misspelt)).toEqual([])
  })

  test('every standard has its title, its edition and its date', () => {
    expect(standards.size).toBeGreaterThan(20)
    for (const [tag, { title, edition, date }] of standards)
      expect({ tag, told: [title, edition, date].every((text) => text.length > 0) }).toEqual({
        tag,
        told: true,
      })
  })

  test('no standard has two tags', () => {
    const tags = [...standards.keys()].map(folded)
    expect(new Set(tags).size).toBe(tags.length)
    const titles = [...standards.values()].map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe('departures from a standard', () => {
  const codes = new Set(code.flatMap(deviationCodes))

  test('every deviation that is read with a note is listed with its section', () => {
    expect(codes.size).toBeGreaterThan(20)
    const listed = [...page.matchAll(/^\| `([a-z0-9.-]+)` \| \[[^\]]+\] \|/gm)].map(([, name]) => name)
    expect([...codes].filter((name) => !listed.includes(name))).toEqual([])
    expect(listed.filter((name) => !codes.has(name!))).toEqual([])
  })

  test('a deviation is found where its type is declared', () => {
    const text = `export type XDeviationCode =\n  | 'x.one' // why\n  | 'x.two'\nexport type XErrorCode = 'x.three'`
    expect(deviationCodes({ path: 'x.ts', text })).toEqual(['x.one', 'x.two'])
  })
})

describe('how a citation is read', () => {
  test.each([
    ['9303-10 §4.7.2', '9303-10', ['§4.7.2']],
    ['X.690 §10, §11', 'X.690', ['§10', '§11']],
    ['9303-12 §D.1.2', '9303-12', ['§D.1.2']],
    ['9303-3 §6.B', '9303-3', ['§6.B']],
    ['9303-10 table 4', '9303-10', ['table 4']],
    ['9303-13 table D-1', '9303-13', ['table D-1']],
    ['9303-3 §5, appendix B', '9303-3', ['§5', 'appendix B']],
  ])('%s', (text, tag, sections) => {
    expect(parseCitation(text)).toEqual({ tag, sections })
  })

  test.each(['9303-3', 'see §4', 'RFC 5280 §4.1', '9303-3 4.9', '9303-3 §', '9303-3 §4.9;', '9303-3  §4.9'])(
    '%s is none',
    (text) => expect(parseCitation(text)).toBeUndefined(),
  )

  test('in comments, in strings and in the names of tests', () => {
    const text = [
      '/** Reads it. [X.690 §8.1] and [X.690 §8.2, §8.3] */',
      `throw new FormatError('der.null', 0, 'X.690 §8.8')`,
      `test('a zone is read [9303-4 §4.2]', () => {})`,
    ].join('\n')
    expect(citationsInSource({ path: 'a.ts', text })).toEqual({
      citations: [
        { path: 'a.ts', line: 1, tag: 'X.690', section: '§8.1' },
        { path: 'a.ts', line: 1, tag: 'X.690', section: '§8.2' },
        { path: 'a.ts', line: 1, tag: 'X.690', section: '§8.3' },
        { path: 'a.ts', line: 2, tag: 'X.690', section: '§8.8' },
        { path: 'a.ts', line: 3, tag: '9303-4', section: '§4.2' },
      ],
      misspelt: [],
    })
  })

  test.each([
    '// as §4.7 says',
    '// [RFC 5280 §4.1]',
    '// [9303-11 §5.1; 9303-12 §4]',
    `const cites = 'RFC 5280 §4.1'`,
    `const cites = 'RFC5280 sec. §4.1'`,
    'const cites = `RFC 5280 §$' + '{section}`',
  ])('%s is found to be misspelt', (text) => {
    expect(citationsInSource({ path: 'a.ts', text }).misspelt).toHaveLength(1)
  })

  test.each(['// [9303-99 §1]', 'const cites = `$' + '{tag} §4.1`'])(
    'a tag that the table does not hold is noticed: %s',
    (text) => {
      const { citations } = citationsInSource({ path: 'a.ts', text })
      expect(citations.map(({ tag }) => standards.has(tag))).toEqual([false])
    },
  )

  test('a section that is put together stands as N', () => {
    const { citations } = citationsInSource({
      path: 'a.ts',
      text: 'const cites = `9303-10 §4.7.$' + '{number}`',
    })
    expect(citations).toEqual([{ path: 'a.ts', line: 1, tag: '9303-10', section: '§4.7.N' }])
  })
})
