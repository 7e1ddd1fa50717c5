/**
 * The work on applications: a person's account and draft, what becomes of it once it is handed in, and the office's
 * acts on it. Every act is one event, in the transaction of its effect; what a case says of itself follows from its
 * events. Whoever has the database alone reads no name here, and learns of nobody whether they applied. P1, P7, P8, P11
 */
export * from './accounts/index.ts'
export type { CaseOffice, PhotoAdvice, PictureRefusalCode, Pictures } from './case-office.ts'
export { PictureRefusal } from './case-office.ts'
export { CaseRefusal, type CaseRefusalCode } from './case-refusal.ts'
export * from './cases/index.ts'
export type { CaseFlags, CaseStatus } from './record/case-status.ts'
export * from './rules/index.ts'
