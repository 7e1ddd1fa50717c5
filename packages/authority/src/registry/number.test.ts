import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../../../test/corpora/seeded.ts'
import { chiSquare, chiSquareAgainst, poissonTail } from '../../../../test/statistics.ts'
import { drawNumber, NUMBER_ALPHABET, NUMBER_LENGTH } from './number.ts'

const NUMBERS = 100_000
const SIGNS = NUMBER_ALPHABET.length
const TRIES = 1_000_000

/** The key stream of AES-256 in counter mode, so that the tests have the same outcome each time. */
function drbg(seed: string): (octets: number) => Uint8Array {
  const key = createHash('sha256').update(seed).digest()
  const cipher = createCipheriv('aes-256-ctr', key, new Uint8Array(16))
  let [pool, used] = [new Uint8Array(0), 0]
  return (octets) => {
    if (used + octets > pool.length) [pool, used] = [new Uint8Array(cipher.update(new Uint8Array(65_536))), 0]
    used += octets
    return pool.subarray(used - octets, used)
  }
}

const drawn = (random: (octets: number) => Uint8Array): readonly string[] =>
  Array.from({ length: NUMBERS }, () => drawNumber(random))

/** What `octet % 24` would give: A … T come eleven times in 256, the others ten times. */
function biased(random: (octets: number) => Uint8Array): readonly string[] {
  const sign = (octet: number) => NUMBER_ALPHABET[octet % SIGNS]!
  return Array.from({ length: NUMBERS }, () => Array.from(random(NUMBER_LENGTH), sign).join(''))
}

/** What a counter that starts somewhere would give. */
function counted(start: number, step = 1): readonly string[] {
  return Array.from({ length: NUMBERS }, (_, i) => written(start + i * step))
}

function written(value: number): string {
  let [text, rest] = ['', value]
  while (text.length < NUMBER_LENGTH) {
    text = NUMBER_ALPHABET[rest % SIGNS]! + text
    rest = Math.floor(rest / SIGNS)
  }
  return text
}

const valueIn = (number: string): number =>
  [...number].reduce((value, sign) => value * SIGNS + placeOf(sign), 0)
const placeOf = (sign: string): number => NUMBER_ALPHABET.indexOf(sign)

/** Each test of randomness, by name, as the probability that chance does worse. */
function probabilities(numbers: readonly string[]): Readonly<Record<string, number>> {
  const places = numbers.map((number) => Uint8Array.from(number, placeOf))
  const result: Record<string, number> = {}
  const all = new Float64Array(SIGNS)
  for (let position = 0; position < NUMBER_LENGTH; position++) {
    const counts = new Float64Array(SIGNS)
    for (const number of places) counts[number[position]!]! += 1
    counts.forEach((count, sign) => {
      all[sign]! += count
    })
    result[`position ${position}`] = chiSquare(counts).p
    result[`serial over numbers, position ${position}`] = pairs(places, (number, next) => [
      number[position]!,
      next[position]!,
    ])
  }
  result.overall = chiSquare(all).p
  result['serial within numbers'] = pairsWithin(places)
  result.permutations = permutations(numbers)
  result.gaps = gaps(places)
  const head = numbers.map((number) => number.slice(0, 6))
  const tail = numbers.map((number) => number.slice(3))
  for (const [name, parts] of Object.entries({ head, tail }))
    result[`duplicates of the ${name}`] = poissonTail(duplicates(parts), NUMBERS ** 2 / 2 / SIGNS ** 6)
  return result
}

/** Pairs that do not overlap, from two numbers after each other. */
function pairs(
  places: readonly Uint8Array[],
  pair: (a: Uint8Array, b: Uint8Array) => [number, number],
): number {
  const counts = new Float64Array(SIGNS * SIGNS)
  for (let i = 0; i + 1 < places.length; i += 2) {
    const [a, b] = pair(places[i]!, places[i + 1]!)
    counts[a * SIGNS + b]! += 1
  }
  return chiSquare(counts).p
}

function pairsWithin(places: readonly Uint8Array[]): number {
  const counts = new Float64Array(SIGNS * SIGNS)
  for (const number of places)
    for (let i = 0; i + 1 < NUMBER_LENGTH; i += 2) counts[number[i]! * SIGNS + number[i + 1]!]! += 1
  return chiSquare(counts).p
}

/** The order of five numbers drawn after each other: all 120 are as likely. */
function permutations(numbers: readonly string[]): number {
  const orders = new Map<string, number>()
  for (let i = 0; i + 5 <= numbers.length; i += 5) {
    const five = numbers.slice(i, i + 5).map(valueIn)
    const order = [0, 1, 2, 3, 4].sort((a, b) => five[a]! - five[b]!).join('')
    orders.set(order, (orders.get(order) ?? 0) + 1)
  }
  return chiSquare([...orders.values(), ...new Array(120 - orders.size).fill(0)]).p
}

/** How many signs lie between one sign and the next of its kind, over all numbers as one text. */
function gaps(places: readonly Uint8Array[]): number {
  const longest = 72
  const counts = new Float64Array(longest + 1)
  let since = -1
  let total = 0
  for (const number of places)
    for (const place of number) {
      if (since >= 0) since++
      if (place !== 0) continue
      if (since > 0) {
        counts[Math.min(since - 1, longest)]! += 1
        total++
      }
      since = 0
    }
  const miss = 1 - 1 / SIGNS
  return chiSquareAgainst(counts, (gap) => total * (gap < longest ? miss ** gap / SIGNS : miss ** longest)).p
}

const duplicates = (texts: readonly string[]): number => texts.length - new Set(texts).size

/** Guesses at numbers that are not among the known ones, from everything that known ones may tell. */
type Predictor = (known: readonly string[], below: (n: number) => number) => () => string

const PREDICTORS: Readonly<Record<string, Predictor>> = {
  'the next above and below a known one': (known) => {
    let turn = 0
    return () => {
      const [around, step] = [known[turn % known.length]!, Math.floor(turn / known.length / 2) + 1]
      const value = valueIn(around) + (Math.floor(turn / known.length) % 2 === 0 ? step : -step)
      turn++
      return written(Math.abs(value) % SIGNS ** NUMBER_LENGTH)
    }
  },
  'one sign of a known one changed': (known, below) => () => {
    const signs = [...known[below(known.length)]!]
    signs[below(NUMBER_LENGTH)] = NUMBER_ALPHABET[below(SIGNS)]!
    return signs.join('')
  },
  'the signs that are frequent at each position': (known, below) => () =>
    Array.from({ length: NUMBER_LENGTH }, (_, i) => known[below(known.length)]![i]).join(''),
  'which sign follows which (a Markov chain)': (known, below) => {
    const after = new Map<string, string[]>()
    for (const number of known)
      for (let i = 0; i + 1 < NUMBER_LENGTH; i++)
        after.set(number[i]!, [...(after.get(number[i]!) ?? []), number[i + 1]!])
    return () => {
      let text = known[below(known.length)]![0]!
      while (text.length < NUMBER_LENGTH) {
        const following = after.get(text.at(-1)!) ?? [...NUMBER_ALPHABET]
        text += following[below(following.length)]!
      }
      return text
    }
  },
  'the differences of known ones, carried on': (known) => {
    let turn = 0
    return () => {
      const i = turn % (known.length - 1)
      const [a, b] = [valueIn(known[i]!), valueIn(known[i + 1]!)]
      const value = b + (b - a) * (Math.floor(turn / (known.length - 1)) + 1)
      turn++
      return written(((value % SIGNS ** NUMBER_LENGTH) + SIGNS ** NUMBER_LENGTH) % SIGNS ** NUMBER_LENGTH)
    }
  },
}

/** How many of the other numbers are guessed by whoever knows the first thousand. */
function found(numbers: readonly string[], predictor: Predictor): number {
  const random = seeded(24)
  const guess = predictor(numbers.slice(0, 1_000), (n) => random() % n)
  const others = new Set(numbers.slice(1_000))
  const hits = new Set<string>()
  for (let i = 0; i < TRIES / Object.keys(PREDICTORS).length; i++) {
    const text = guess()
    if (others.has(text)) hits.add(text)
  }
  return hits.size
}

const numbers = drawn(drbg('numbers of papers'))

describe(`${NUMBERS} numbers from one seed (P12)`, () => {
  test('have nine signs, none of which is taken for another', () => {
    for (const number of numbers) expect(number).toMatch(/^[ACDEFGHJKLMNPRTUVWXY3479]{9}$/)
    expect(NUMBER_ALPHABET).not.toMatch(/[BIOQSZ012568]/)
  })

  test('pass chi-square at each position and overall, serial, permutation and gap tests', () => {
    for (const [name, p] of Object.entries(probabilities(numbers))) {
      expect({ name, likely: p > 1e-4 && p < 1 - 1e-4 }).toEqual({ name, likely: true })
    }
  })

  test('have no more duplicates than birthdays have', () => {
    // 100,000 of 24^9 meet twice once in 530 runs.
    expect(duplicates(numbers)).toBe(0)
  })

  test.each(Object.keys(PREDICTORS))('are not found by %s', (name) => {
    expect(found(numbers, PREDICTORS[name]!)).toBe(0)
  })
})

test('real random numbers pass as well; by chance they fail less than once in 10^9 runs', () => {
  const results = probabilities(drawn((octets) => new Uint8Array(randomBytes(octets))))
  const bound = 1e-9 / Object.keys(results).length
  for (const [name, p] of Object.entries(results))
    expect({ name, likely: p > bound }).toEqual({ name, likely: true })
})

describe('the tests can fail', () => {
  test('octets modulo 24 are caught by chi-square, at each position and overall', () => {
    const results = probabilities(biased(drbg('numbers of papers')))
    expect(results.overall).toBeLessThan(1e-12)
    for (let i = 0; i < NUMBER_LENGTH; i++) expect(results[`position ${i}`]).toBeLessThan(1e-9)
  })

  test('a counter is caught by the serial and permutation tests, whatever its step', () => {
    for (const step of [1, 2, 24, 1009]) {
      const results = probabilities(counted(123_456_789, step))
      const serial = Object.entries(results).filter(([name]) => name.startsWith('serial'))
      expect(Math.min(...serial.map(([, p]) => p))).toBeLessThan(1e-12)
      expect(results.permutations).toBeLessThan(1e-12)
    }
  })

  test('a counter is found by the predictors', () => {
    const hits = (numbers: readonly string[]) => Object.values(PREDICTORS).map((one) => found(numbers, one))
    expect(Math.max(...hits(counted(987_654_321)))).toBeGreaterThan(1_000)
    expect(Math.max(...hits(counted(987_654_321, 1009)))).toBeGreaterThan(100)
  })

  test('an office in the first signs is found by frequency', () => {
    const random = drbg('office')
    const numbers = Array.from({ length: NUMBERS }, () => `KYVACD${drawNumber(random).slice(6)}`)
    expect(found(numbers, PREDICTORS['the signs that are frequent at each position']!)).toBeGreaterThan(1_000)
  })
})

describe('the random source', () => {
  test('octets from 240 on are thrown away, and so are none below', () => {
    const source = Uint8Array.of(240, 255, 0, 239, 241, 24, 23, 48, 1, 7, 8, 9, 10)
    let at = 0
    const number = drawNumber((octets) => {
      at += octets
      return source.subarray(at - octets, at)
    })
    expect(number).toBe(
      [0, 239, 24, 23, 48, 1, 7, 8, 9].map((octet) => NUMBER_ALPHABET[octet % SIGNS]).join(''),
    )
  })

  test('one that gives too little, too much or only what cannot be used is an error, and no endless loop', () => {
    expect(() => drawNumber(() => new Uint8Array(0))).toThrow(RangeError)
    expect(() => drawNumber((octets) => new Uint8Array(octets + 1))).toThrow(RangeError)
    expect(() => drawNumber((octets) => new Uint8Array(octets).fill(255))).toThrow(RangeError)
  })
})
