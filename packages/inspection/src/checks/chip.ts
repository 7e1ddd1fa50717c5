import { aside, finding, type Outcome } from './check.ts'

/**
 * Whether the chip is the one the data were written to. Passive authentication alone does not detect a copy;
 * this needs active or chip authentication with the chip in hand, and is never claimed here. [9303-11 §6]
 */
export const checkChip = (): Outcome => aside(finding('chip.not-done', 'chip', '9303-11 §6'))
