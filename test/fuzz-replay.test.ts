import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptFor, nameOf, seedsIn, trustIn } from './fuzz/corpus.ts'
import { TARGETS, type TargetName } from './fuzz/targets.ts'

// What the fuzzer has learnt so far is run again at every test; `npm run fuzz` goes on from it.

const folder = fileURLToPath(new URL('fuzz/', import.meta.url))
const names = Object.keys(TARGETS) as TargetName[]
/**
 * The bound is 50 ms on a machine of its own. A shared one is at times half as fast, and a bound that fails with the hour
 * tells nothing; what this is to find takes seconds. P23
 */
const MILLISECONDS = 100

const inputs = new Map<string, Uint8Array>()
for (const input of [...seedsIn(folder), ...names.flatMap((name) => keptFor(folder, name))])
  inputs.set(nameOf(input), input)

describe(`${inputs.size} inputs that the fuzzer has kept`, () => {
  // Most are refused again and again, and a trace costs more than the reading.
  const { stackTraceLimit } = Error
  beforeAll(() => {
    Error.stackTraceLimit = 1
  })
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit
  })

  test('are many and not large', () => {
    expect(inputs.size).toBeGreaterThan(800)
    const octets = [...inputs.values()].reduce((sum, { length }) => sum + length, 0)
    expect(octets).toBeLessThan(1_500_000)
  })

  test.each(names)('%s: each is read or refused, at once', async (name) => {
    const trust = await trustIn(folder)
    const slow: string[] = []
    for (const [file, input] of inputs) {
      let time = Number.POSITIVE_INFINITY
      for (let i = 0; i < 3 && time > MILLISECONDS; i++) {
        const start = performance.now()
        await TARGETS[name](input, trust)
        time = Math.min(time, performance.now() - start)
      }
      if (time > MILLISECONDS) slow.push(file)
    }
    expect(slow).toEqual([])
  })
})
