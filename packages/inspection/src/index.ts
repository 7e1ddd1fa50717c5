/**
 * Anything presented to a verdict: offline, without a clock, keys, I/O or anything from `node:`, so that the
 * same code answers at a border post, in a browser and at the issuer before a paper is released.
 */
export { CHECKS, type CheckName, type CheckResult } from './checks/index.ts'
export type { Crypto, SignatureAnswer } from './crypto/crypto.ts'
export type { DocumentFacts } from './document.ts'
export type { Finding, FindingCode, InspectionCode } from './finding.ts'
export { type Inspection, inspect } from './inspect.ts'
export { type Input, type InputFile, pemBlocks, recognise } from './recognise-input/index.ts'
export { type Anchor, Anchors } from './trust/anchors.ts'
export { certify, type Standing, signedBy } from './trust/certify.ts'
export { type EntryStanding, examineEntries, type ListEntry } from './trust/list-entries.ts'
export { openTrust, type TrustReport, type TrustSource } from './trust/open-trust.ts'
export * from './trust/purpose.ts'
export { issuerOfCrl, type RevocationAnswer, RevocationLists } from './trust/revocation.ts'
export { Trust } from './trust/trust.ts'
export { type Signed, verifySignedData } from './trust/verify-signed-data.ts'
export type { Findings, Verdict } from './verdict.ts'
