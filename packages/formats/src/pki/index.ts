/**
 * Certificates, revocation lists and master lists of the travel document PKI: read strictly, drafted for
 * signing elsewhere, sealed, and linted against the profile. [9303-12 §7.1]
 */
export * from './algorithm.ts'
export {
  type Certificate,
  type Extension,
  extensionOf,
  MAX_CERTIFICATE,
  parseCertificate,
  readCertificate,
} from './certificate.ts'
export { CURVES, type Curve, type CurveName, curveByName } from './curves.ts'
export type { PkiErrorCode } from './errors.ts'
export * from './extensions.ts'
export { MAX_MASTER_LIST, type MasterList, parseMasterList } from './master-list.ts'
export * from './name.ts'
export { OIDS } from './oids.ts'
export * from './public-key.ts'
