import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { drawPassphrase, normalisePassphrase, PASSPHRASE_WORDS } from './passphrase.ts'
import { SCRIPTS, wordList } from './words.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))

describe.each(SCRIPTS)('the %s words', (script) => {
  const { words, known } = wordList(script)

  test('give at least 80 bits in seven', () => {
    const bits = PASSPHRASE_WORDS * Math.log2(words.length)
    console.log(`${script}: ${words.length} words, ${bits.toFixed(1)} bits`)
    expect(bits).toBeGreaterThanOrEqual(80)
  })

  test('are each there once, as they are typed, in one script', () => {
    const form = script === 'latin' ? /^[a-z]{3,9}$/ : /^[а-я]{4,8}$/
    expect(known.size).toBe(words.length)
    expect(words.filter((word) => !form.test(word))).toEqual([])
    expect(words.filter((word) => word.normalize('NFKC').toLowerCase() !== word)).toEqual([])
  })

  test('are in no other list', () => {
    const others = SCRIPTS.filter((other) => other !== script).map(wordList)
    expect(words.filter((word) => others.some((list) => list.known.has(word)))).toEqual([])
  })

  test('are drawn alike, from the first to the last', () => {
    const seen = new Map<string, number>()
    const draws = 40 * words.length
    for (let drawn = 0; drawn < draws; drawn += PASSPHRASE_WORDS)
      for (const word of drawPassphrase(random, script)) seen.set(word, (seen.get(word) ?? 0) + 1)
    // Chi-square with as many degrees of freedom: normal about n with a deviation of √2n. Six of those never happen.
    const expected = draws / words.length
    const square = words.reduce((sum, word) => sum + ((seen.get(word) ?? 0) - expected) ** 2 / expected, 0)
    expect(Math.abs(square - words.length)).toBeLessThan(6 * Math.sqrt(2 * words.length))
  })

  test('are read however they were typed', () => {
    const phrase = drawPassphrase(random, script)
    const normal = phrase.join(' ')
    const written = [
      phrase.join('-'),
      `  ${phrase.join('\n')}\n`,
      normal.toUpperCase(),
      phrase.map((word, i) => `${i + 1}. ${word}`).join(', '),
      normal.normalize('NFD'),
      phrase.map((word) => `${word[0]!.toUpperCase()}\u00ad${word.slice(1)}`).join('\u00a0'),
      normal.replaceAll('е', 'ё'),
    ]
    for (const text of written) expect(normalisePassphrase(text)).toBe(normal)
  })
})

test('what is not seven words of one list is no passphrase', () => {
  const latin = drawPassphrase(random, 'latin')
  const cyrillic = drawPassphrase(random, 'cyrillic')
  const none = [
    '',
    latin.slice(1).join(' '),
    [...latin, latin[0]].join(' '),
    [...latin.slice(1), cyrillic[0]].join(' '),
    [...latin.slice(1), 'zzzz'].join(' '),
    'x'.repeat(10_000),
  ]
  for (const text of none) expect(normalisePassphrase(text)).toBeUndefined()
})

test('of a draw that would make some words likelier, another is made', () => {
  const limit = wordList('latin').words.length
  const fair = 65_536 - (65_536 % limit)
  const octets = [fair, 65_535, 0].flatMap((number) => [number >> 8, number & 255])
  const drawn: number[] = []
  const counted = (count: number) => {
    const next = octets.length > 0 ? octets.splice(0, count) : [0, 1]
    drawn.push(next.length)
    return Uint8Array.from(next)
  }
  expect(drawPassphrase(counted, 'latin')[0]).toBe(wordList('latin').words[0])
  expect(drawn).toHaveLength(PASSPHRASE_WORDS + 2)
})
