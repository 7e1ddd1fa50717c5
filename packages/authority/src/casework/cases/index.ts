/**
 * The office's side of a case: queues, who holds it, what is recorded of it, two decisions, the paper. Every act
 * demands a live session, the part that its officer may play on this case, and that they hold it; it is one event in
 * the journal and in the log, in the transaction of its effect. P1, P4, P8, P20
 */

export {
  type CaseState,
  type Fact,
  type Lack,
  type ProductionStage,
  stateAfter,
  stateOf,
} from '../record/case-state.ts'
export { ACT_NAMES, ACTS, type ActName, hasRoleFor } from './acts.ts'
export { decideAppeal } from './appeal-decision.ts'
export type { ApplicationContent } from './application.ts'
export { assignCase, releaseCase, takeForWords } from './assign.ts'
export type { AtDesk } from './at-desk.ts'
export { addBlanks, type Stock, stock } from './blanks.ts'
export {
  type CaseCandidate,
  type CaseChecks,
  type CaseFile,
  type CasePart,
  type EvidencePiece,
  type HistoryEntry,
  openCase,
  type Recorded,
  type RelatedCase,
} from './case-file.ts'
export { decideFirst } from './decide-first.ts'
export { decideSecond } from './decide-second.ts'
export type { ConfirmationContent, DecisionContent, DecisionInput, ToBeSigned } from './decision.ts'
export { decisionOver } from './decision-over.ts'
export { settleDuplicate } from './duplicates.ts'
export {
  type FeeEntry,
  type Fees,
  feesOf,
  type Payments,
  payFee,
  type SolidarityLedger,
  solidarityLedger,
  waiveFee,
} from './fees.ts'
export { handOver, sendBack } from './hand-over.ts'
export { type IdentityCheck, recordIdentityCheck, type SeenPerson } from './identity-check.ts'
export { type DrawPage, issueCase, paperFiles } from './issue-case.ts'
export type { LetterKind } from './letters.ts'
export { confirmWords, endWords, proposeWords, type WordsProposal } from './new-words.ts'
export { addNote } from './note.ts'
export { type NoticeOrigin, openNotice, settleNotice } from './notice.ts'
export { collected, dispatched, printed, qualityChecked } from './production.ts'
export { findCase, type QueueName, type QueuePage, type QueueRow, queue, queuesOf } from './queue.ts'
export { closeRequest, type MoreRequest, requestMore } from './request-more.ts'
export { recordScreening, type Screening } from './screening.ts'
export { LEAST_TOLD, type StatisticsCell, statistics } from './statistics.ts'
export { recordStay, type StayFact } from './stay.ts'
