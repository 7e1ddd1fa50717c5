const DAY = 86_400_000

/** Whole days from one day to another. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.floor(to.getTime() / DAY) - Math.floor(from.getTime() / DAY)
