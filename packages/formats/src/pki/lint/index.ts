/**
 * Rules that certificates and lists of the travel document PKI follow, one line each with its section; what is
 * broken comes back as findings, and nothing is thrown. [9303-12 §7]
 */
export { CERTIFICATE_RULES, type CertificateLintCode, lintCertificate } from './lint-certificate.ts'
export { CRL_RULES, type CrlLintCode, lintCrl } from './lint-crl.ts'
export { lintMasterList, MASTER_LIST_RULES, type MasterListLintCode } from './lint-master-list.ts'
export { lintSod, SOD_RULES, type SodLintCode } from './lint-sod.ts'
export { type Profile, profileOf } from './profile.ts'
export type { LintFinding, Rule, Severity } from './rule.ts'
