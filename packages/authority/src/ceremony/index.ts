/**
 * Ceremonies: how an authority comes by its keys, certificates and lists. Every certificate and list is linted before the
 * real key is used, recorded before it is signed, judged as a border post does before it is kept; and a ceremony that is
 * broken off anywhere is taken up again without a second key or certificate. P2 P3 P4 P5
 */
export type { CeremonyOffice } from './ceremony-office.ts'
export {
  type CurrentTrust,
  currentTrust,
  type DocumentSigner,
  type TrustFile,
  trustFiles,
} from './current-trust.ts'
export { fingerprint } from './fingerprint.ts'
export { type HeldTrust, heldTrust, type Signer } from './held-trust.ts'
export { type HeldCeremony, holdCeremony, type Room } from './hold-ceremony.ts'
export { type Link, makeLink } from './make-link.ts'
export { makeLogKey } from './make-log-key.ts'
export { makeRoot } from './make-root.ts'
export { DOCUMENT_TYPES, makeDocumentSigner, makeListSigner } from './make-signer.ts'
export { type CeremonyKind, type CeremonyPlan, MAKING, planCeremony } from './plan.ts'
export { type CrlOrder, publishCrl } from './publish-crl.ts'
export { publishMasterList } from './publish-master-list.ts'
export { CeremonyRefusal, type CeremonyRefusalCode } from './refusal.ts'
export { ceremonyScript } from './script.ts'
export { CEREMONIES, type Ceremony, type Made, type Role, type Step } from './steps.ts'
export type { Making } from './subject.ts'
export { type TrustKind, type TrustObject, trustObjects } from './trust-object.ts'
