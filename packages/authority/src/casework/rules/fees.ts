/** The currency of every amount here. */
export const CURRENCY = 'EUR'

/** What a passport costs, in cents. */
export const FEES = { adult: 6_000, minor: 3_000 } as const

export type FeeKind = 'due' | 'waived' | 'paid' | 'solidarity'

/** In cents. */
export const feeFor = (minor: boolean): number => (minor ? FEES.minor : FEES.adult)
