/**
 * The work of an office, one transaction an act: ceremonies for keys and lists, the register of papers, issuing, and
 * the checker. A refusal is a `Refusal` with a code; an outage rises as what it is.
 */

export {
  type Approval,
  type Assertion,
  type DayOfOfficer,
  type DecisionOver,
  decisionChallenge,
  type EnrolmentChange,
  isApproval,
  isAssertion,
  MOST_OPENINGS,
  type Officer,
  type OfficerRole,
  type OfficerSession,
  opensCases,
} from '@nansen/signing'
export * from './casework/index.ts'
export * from './ceremony/index.ts'
export * from './checker/index.ts'
export * from './data-register/index.ts'
export { type Approvals, type ApprovedOrders, recordApproval } from './issuing/approval.ts'
export type { ChipKeys } from './issuing/booklet.ts'
export type { ReleasedPaper } from './issuing/complete.ts'
export { deliver } from './issuing/deliver.ts'
export type { IssueRequest } from './issuing/draft.ts'
export { issue } from './issuing/issue.ts'
export type { IssueResult } from './issuing/issue-result.ts'
export * from './issuing/order.ts'
export { type BookletProfile, CURRENT_PROFILE } from './issuing/profile.ts'
export { type Recovery, recover } from './issuing/recover.ts'
export { type IssuingState, type Office, SPECIMEN_STATES } from './office.ts'
export { Refusal, type RefusalCode, refusalOf } from './refusal.ts'
export { bringLogUpToDate } from './registry/bring-log-up-to-date.ts'
