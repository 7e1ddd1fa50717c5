import { Refusal } from '../refusal.ts'
import type { ReleasedPaper } from './complete.ts'

/** What became of one request. */
export type IssueResult =
  | { readonly outcome: 'released'; readonly paper: ReleasedPaper }
  /** Issued and handed over before; asking again gives no second one. P4 */
  | { readonly outcome: 'delivered-before'; readonly id: string }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }

export const outcomeOf = (completed: ReleasedPaper | Refusal): IssueResult =>
  completed instanceof Refusal
    ? { outcome: 'refused', refusal: completed }
    : { outcome: 'released', paper: completed }
