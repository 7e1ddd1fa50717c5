/** What differs between one drawing and the next. */
export interface Variety {
  /** A number from `least` up to, and without, `most`. */
  between(least: number, most: number): number
  pick<T>(from: readonly T[]): T
}

/** The same seed always draws the same. It is variety, not chance: nothing secret may come of it. */
export function varietyOf(seed: number): Variety {
  let state = (Math.imul(seed, 0x9e37_79b1) ^ 0x5bd1_e995) | 0
  const next = (): number => {
    state = (state + 0x6d2b_79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (least, most) => least + next() * (most - least),
    pick: (from) => from[Math.floor(next() * from.length)]!,
  }
}
