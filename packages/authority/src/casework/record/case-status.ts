/** Where a case is. */
export type CaseStatus =
  /** Handed in; what a decision needs is being gathered. */
  | 'intake'
  /** Ready for the first decision. */
  | 'decision'
  /** Decided once; another officer decides now. */
  | 'second'
  /** Approved twice; a paper is being made. */
  | 'production'
  | 'collected'
  | 'refused'
  /** Refused, and the applicant asks for another officer. */
  | 'appeal'
  /** Taken back by the applicant. */
  | 'withdrawn'

/** What holds a case up, beside its status. */
export interface CaseFlags {
  /** Something was asked of the applicant: the clock stands. */
  readonly waiting: boolean
  /** A wanted notice is under a review of its own. */
  readonly notice: boolean
  /** Another case may be of the same person. */
  readonly duplicate: boolean
}
