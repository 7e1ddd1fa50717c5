/**
 * How likely chance alone would give a result at least so far from what is expected. Small means: this was no chance.
 */

/** Pearson's test that counts come from equally likely outcomes. */
export function chiSquare(counts: ArrayLike<number>): { readonly statistic: number; readonly p: number } {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]!
  return chiSquareAgainst(counts, () => total / counts.length)
}

/** Pearson's test against expected counts, which together are as many. */
export function chiSquareAgainst(
  counts: ArrayLike<number>,
  expected: (outcome: number) => number,
): { readonly statistic: number; readonly p: number } {
  let statistic = 0
  for (let i = 0; i < counts.length; i++) statistic += (counts[i]! - expected(i)) ** 2 / expected(i)
  return { statistic, p: upperGamma((counts.length - 1) / 2, statistic / 2) }
}

/** The probability of `count` events or more, and of `count` or fewer, where `mean` are expected: the smaller one. */
export function poissonTail(count: number, mean: number): number {
  let [term, atMost] = [Math.exp(-mean), 0]
  for (let k = 0; k <= count; k++) {
    atMost += term
    term *= mean / (k + 1)
  }
  const exactly = (term * (count + 1)) / mean
  return Math.min(atMost, 1 - atMost + exactly)
}

/** The regularised incomplete gamma function Q(a, x): by its series below a + 1, by its continued fraction above. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a]
    for (let n = a + 1; term > sum * 1e-16; n++) {
      term *= x / n
      sum += term
    }
    return 1 - sum * scale
  }
  // Modified Lentz.
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let i = 1; i < 10_000; i++) {
    const numerator = -i * (i - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return fraction * scale
}

/** Stirling's series, after the argument has been raised to where it is exact enough. */
function logGamma(z: number): number {
  let [shift, at] = [0, z]
  for (; at < 20; at++) shift += Math.log(at)
  const series = 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1260 * at ** 5)
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift
}
