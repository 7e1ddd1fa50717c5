/**
 * Officers, as the key service knows them: a chain of enrolments from a pinned root, who is signed in, what they may
 * open, and whether two of them approved an order. Nothing in the database is believed without their signatures. P1, P8
 */
export { type RecordedApproval, recordApproval } from './approval-rows.ts'
export { isApproval, isAssertion } from './chain.ts'
export { decisionChallenge, digestOfBytes, enrolmentChallenge } from './challenge.ts'
export * from './officer.ts'
export type { ApprovedOrder } from './officer-desk.ts'
export { MOST_OPENINGS, opensCases } from './officer-problems.ts'
export { officersFiles } from './officers-files.ts'
export { readOfficersRoot, writeOfficersRoot } from './root.ts'
