import { hex } from '@nansen/formats/tlv'
import { decisionChallenge } from '../officers/challenge.ts'
import type { Officers } from '../officers/officer.ts'
import {
  type AskOfficers,
  readDays,
  readDone,
  readDraft,
  readKeys,
  readOfficers,
  readOpenings,
  readRoot,
  readSession,
  readText,
} from './officer-wire.ts'

/** Officers, as the key process knows them. */
export const remoteOfficers = (ask: AskOfficers): Officers => ({
  rootOf: () => ask({ ask: 'root' }, readRoot),
  list: () => ask({ ask: 'list' }, readOfficers),
  challenge: () => ask({ ask: 'challenge' }, readText),
  signIn: (assertion) => ask({ ask: 'sign-in', assertion }, readSession),
  session: (token) =>
    ask({ ask: 'session', token }, (answer) => (answer === null ? undefined : readSession(answer))),
  signOut: (token) => ask({ ask: 'sign-out', token }, readDone),
  openCase: (token, caseId) => ask({ ask: 'open', token, caseId: hex(caseId) }, readKeys),
  today: (token) => ask({ ask: 'today', token }, readDays),
  openings: (token) => ask({ ask: 'openings', token }, readOpenings),
  checkApproval: (decision, over, approval) =>
    ask({ ask: 'check', challenge: decisionChallenge(decision, over), approval }, readDone),
  draftEnrolment: (change) => ask({ ask: 'draft', change }, readDraft),
  enrol: (record, approvals) => ask({ ask: 'enrol', record: hex(record), approvals }, readDone),
})
