import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { joinPassphrase, ShareError, splitPassphrase } from './passphrase-shares.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))
const PASSPHRASE = 'Fridtjof went to the ice — и вернулся'

const codeOf = (act: () => unknown): string | undefined => {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof ShareError) return error.message
    throw error
  }
}

/** Every choice of `size` of a list. */
function choices<T>(list: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return list.flatMap((one, i) => choices(list.slice(i + 1), size - 1).map((rest) => [one, ...rest]))
}

describe('a passphrase in sheets', () => {
  test.each([
    [2, 2],
    [3, 2],
    [5, 3],
    [5, 5],
  ])('of %i sheets any %i give it back, in any order', (shares, threshold) => {
    const sheets = splitPassphrase(PASSPHRASE, { shares, threshold }, random)
    expect(sheets.length).toBe(shares)
    for (const some of choices(sheets, threshold)) {
      expect(joinPassphrase(some)).toBe(PASSPHRASE)
      expect(joinPassphrase([...some].reverse())).toBe(PASSPHRASE)
    }
    expect(joinPassphrase(sheets)).toBe(PASSPHRASE)
  })

  test('is found whatever its length', () => {
    for (const length of [1, 29, 30, 31, 62, 63, 400, 512]) {
      const long = 'x'.repeat(length)
      expect(joinPassphrase(splitPassphrase(long, { shares: 3, threshold: 2 }, random))).toBe(long)
    }
  })

  test('of 255 sheets the last two serve as well as any', () => {
    const sheets = splitPassphrase(PASSPHRASE, { shares: 255, threshold: 2 }, random)
    expect(joinPassphrase(sheets.slice(-2))).toBe(PASSPHRASE)
  })

  test('is not given back by fewer sheets than agreed, nor by one of them twice', () => {
    const sheets = splitPassphrase(PASSPHRASE, { shares: 5, threshold: 3 }, random)
    for (const few of choices(sheets, 2)) expect(codeOf(() => joinPassphrase(few))).toBe('share.too-few')
    expect(codeOf(() => joinPassphrase([sheets[0]!, sheets[0]!, sheets[0]!]))).toBe('share.too-few')
    expect(codeOf(() => joinPassphrase([]))).toBe('share.too-few')
  })

  test('cannot be told apart from another by one sheet less: every octet comes as often, whatever the secret', () => {
    // Two sheets of three are needed to know anything; the first octets of the passphrase are looked at on sheet 2.
    const counts = (passphrase: string) => {
      const seen = Array.from({ length: 256 }, () => 0)
      for (let i = 0; i < 4000; i++) {
        const [, second] = splitPassphrase(passphrase, { shares: 3, threshold: 2 }, random)
        const octets = second!.map((line) => Buffer.from(line.replace(/\s/g, '').slice(2, 18), 'hex'))
        for (const octet of Buffer.concat(octets).subarray(9, 17)) seen[octet]!++
      }
      return seen
    }
    const expected = (4000 * 8) / 256
    for (const passphrase of ['aaaaaaaaaaaa', 'zzzzzzzzzzzz']) {
      const chiSquare = counts(passphrase).reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
      // 255 degrees of freedom: beyond 370 once in a million.
      expect(chiSquare).toBeLessThan(370)
      expect(chiSquare).toBeGreaterThan(160)
    }
  })
})

describe('a sheet that was misread', () => {
  const sheets = splitPassphrase(PASSPHRASE, { shares: 3, threshold: 2 }, random)
  const [first, second] = sheets as [readonly string[], readonly string[]]
  const flip = (line: string, at: number) =>
    line.slice(0, at) + (line[at] === '0' ? '1' : '0') + line.slice(at + 1)

  test('is named with its line, whichever digit it was', () => {
    for (let i = 0; i < second.length; i++)
      for (let at = 4; at < second[i]!.length; at++) {
        if (second[i]![at] === ' ') continue
        const lines = second.map((line, n) => (n === i ? flip(line, at) : line))
        expect(codeOf(() => joinPassphrase([first, lines]))).toBe(`share.line, sheet 2, line ${i + 1}`)
      }
  })

  test('is noticed where a line is missing, twice or of another sheet', () => {
    expect(codeOf(() => joinPassphrase([first, second.slice(0, -1)]))).toBe('share.sheet, sheet 2')
    expect(codeOf(() => joinPassphrase([first, second.slice(1)]))).toBe('share.sheet, sheet 2')
    expect(codeOf(() => joinPassphrase([first, [second[0]!, ...second]]))).toBe('share.sheet, sheet 2')
    expect(codeOf(() => joinPassphrase([first, second.with(2, first[2]!)]))).toBe('share.sheet, sheet 2')
  })

  test('may be written in capitals, without spaces, with empty lines', () => {
    const typed = second.flatMap((line) => [line.toUpperCase().replaceAll(' ', ''), ''])
    expect(joinPassphrase([first, typed])).toBe(PASSPHRASE)
  })

  test('of another splitting is no sheet of this one', () => {
    const others = splitPassphrase(PASSPHRASE, { shares: 3, threshold: 2 }, random)
    expect(codeOf(() => joinPassphrase([first, others[1]!]))).toBe('share.of-another, sheet 2')
  })

  test('made up with all its checks right is noticed by the digest inside, or by a sheet more', () => {
    // The same splitting (its mark is drawn first), with coefficients of its own.
    const mark = random(4)
    const marked = (passphrase: string) => {
      let asked = 0
      return splitPassphrase(passphrase, { shares: 3, threshold: 2 }, (octets) =>
        asked++ === 0 ? mark : random(octets),
      )
    }
    const genuine = marked(PASSPHRASE)
    const forged = marked(PASSPHRASE)
    expect(codeOf(() => joinPassphrase([genuine[0]!, forged[1]!]))).toBe('share.wrong')
    expect(codeOf(() => joinPassphrase([genuine[0]!, genuine[1]!, forged[2]!]))).toBe('share.wrong')
    expect(codeOf(() => joinPassphrase([genuine[0]!, forged[0]!]))).toBe('share.wrong, sheet 2')
  })
})

test.each([
  [1, 1],
  [3, 1],
  [2, 3],
  [256, 2],
  [2.5, 2],
])('%i sheets of which %i suffice are refused', (shares, threshold) => {
  expect(codeOf(() => splitPassphrase('x', { shares, threshold }, random))).toBe('share.counts')
})

test.each([[''], ['x'.repeat(513)]])(
  'a passphrase of no length, or far too long, is refused',
  (passphrase) => {
    expect(codeOf(() => splitPassphrase(passphrase, { shares: 3, threshold: 2 }, random))).toBe(
      'share.passphrase-length',
    )
  },
)
