import type { EventBody } from '@nansen/store'

/** What somebody of the office is on one case. Nobody is two of these. P1 */
export type Part = 'intake' | 'decision' | 'production'

const PARTS: readonly unknown[] = ['intake', 'decision', 'production'] satisfies readonly Part[]

/** As what an officer did it: `as` in the event's body. Whoever only holds or opens a case plays no part in it. */
export const partIn = ({ as }: EventBody): Part | undefined => (PARTS.includes(as) ? (as as Part) : undefined)
