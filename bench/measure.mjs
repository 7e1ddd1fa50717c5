/**
 * Runs `work` again and again for about `seconds` and returns how often it ran in a second: the best of several
 * slices, because other programs on the machine only ever make a slice slower.
 * @param {() => unknown} work synchronous, or returning a promise
 * @param {number} seconds
 */
export async function perSecond(work, seconds) {
  const slices = 5
  const slice = (seconds * 1000) / slices
  for (const until = performance.now() + 500; performance.now() < until; ) await work()
  let best = 0
  for (let i = 0; i < slices; i++) {
    const start = performance.now()
    let runs = 0
    let now = start
    do {
      for (let batch = 0; batch < 8; batch++) await work()
      runs += 8
      now = performance.now()
    } while (now - start < slice)
    best = Math.max(best, (runs * 1000) / (now - start))
  }
  return best
}

/** Three significant figures. @param {number | undefined} value */
export const rounded = (value) => (value === undefined ? undefined : Number(value.toPrecision(3)))
