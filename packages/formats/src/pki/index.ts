/**
 * Certificates, revocation lists and master lists of the travel document PKI: read strictly, drafted for
 * signing elsewhere, sealed, and linted against the profile. [9303-12 §7.1]
 */
export * from './algorithm.ts'
export {
  type Certificate,
  type Extended,
  type Extension,
  extensionOf,
  MAX_CERTIFICATE,
  parseCertificate,
  readCertificate,
} from './certificate.ts'
export {
  type Crl,
  type CrlLimit,
  crlNumber,
  isRevoked,
  MAX_CRL,
  MAX_CRL_ENTRIES,
  parseCrl,
  type Revocation,
  revocationOf,
  revocationsOf,
} from './crl.ts'
export { type CrlCoverage, crlCovers } from './crl-covers.ts'
export { CURVES, type Curve, type CurveName, curveByName } from './curves.ts'
export { diffMasterLists, type MasterListDiff } from './diff-master-lists.ts'
export {
  type CertificateDraft,
  draftCertificate,
  encodePublicKey,
  sealCertificate,
} from './draft-certificate.ts'
export { type CrlContent, draftCrl, sealCrl } from './draft-crl.ts'
export type { DraftExtension, SigningPeriod } from './draft-extensions.ts'
export {
  draftMasterList,
  encodeMasterListContent,
  type MasterListContent,
  sealMasterList,
} from './draft-master-list.ts'
export { type DraftAlternativeName, type DraftName, encodeName } from './draft-name.ts'
export type { PkiErrorCode } from './errors.ts'
export * from './extensions.ts'
export * from './lint/index.ts'
export { MAX_MASTER_LIST, type MasterList, parseMasterList } from './master-list.ts'
export * from './name.ts'
export { OIDS } from './oids.ts'
export { type CscaContent, draftCsca } from './profiles/csca.ts'
export { type DocumentSignerContent, draftDocumentSigner } from './profiles/document-signer.ts'
export { draftMasterListSigner, type MasterListSignerContent } from './profiles/master-list-signer.ts'
export { draftSealSigner, type SealSignerContent } from './profiles/seal-signer.ts'
export type { SignerContent } from './profiles/signer-content.ts'
export {
  type CertificateSource,
  type CertificateSummary,
  mergeProvenance,
  type ProvenCertificate,
} from './provenance.ts'
export * from './public-key.ts'
