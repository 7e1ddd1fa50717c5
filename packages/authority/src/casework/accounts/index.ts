/**
 * The applicant's side: an account is a passphrase and nothing else, a draft is read by whoever has it, and what is
 * handed in is sealed to the office so that nothing here can read it back. P7, P11, P26
 */

export { caseCode, parseCaseCode } from '../record/case-code.ts'
export { enter, openAccount } from './account.ts'
export { answerRequest, type RequestAnswer } from './answer.ts'
export { appealCase } from './appeal.ts'
export { type Door, encodeDoor, type HelperScope, parseDoor } from './door.ts'
export { type Draft, type DraftEvidence, type DraftPerson, emptyPerson } from './draft.ts'
export { FILES_OCTETS, MOST_FILES, putFile, readFile } from './draft-file.ts'
export { type DraftProblem, type DraftProblemCode, draftProblems } from './draft-problems.ts'
export { type Helper, helpersOf, makeHelper, revokeHelper } from './helper.ts'
export {
  casesOf,
  type HolderCase,
  type HolderLetter,
  type HolderRequest,
} from './holder-cases.ts'
export { casesMovedOn, pageCode, stopWords } from './lost-words.ts'
export { machineSpelling } from './machine-spelling.ts'
export { drawPassphrase, normalisePassphrase, type Script } from './passphrase.ts'
export { beginSession, endSession, readSession, writeSession } from './session.ts'
export { type SubmittedCase, submit } from './submit.ts'
export { type Task, type TaskName, type TaskState, tasksOf } from './tasks.ts'
export { withdrawCase } from './withdraw.ts'
export { readDraft, writeDraft } from './write-draft.ts'
