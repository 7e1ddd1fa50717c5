import type { Certificate } from '../certificate.ts'
import { type Profile, profileOf } from './profile.ts'
import { type LintFinding, runRules } from './rule.ts'
import { RULES_OF_BODY } from './rules-of-body.ts'
import { RULES_OF_EXTENSIONS } from './rules-of-extensions.ts'
import { RULES_OF_KEY } from './rules-of-key.ts'
import { RULES_OF_NAMES } from './rules-of-names.ts'
import { RULES_OF_PRESENCE } from './rules-of-presence.ts'

/** Every rule for certificates, in the order in which findings come. */
export const CERTIFICATE_RULES = [
  ...RULES_OF_BODY,
  ...RULES_OF_NAMES,
  ...RULES_OF_KEY,
  ...RULES_OF_PRESENCE,
  ...RULES_OF_EXTENSIONS,
]

export type CertificateLintCode = (typeof CERTIFICATE_RULES)[number]['code']

/**
 * Judges a certificate by the profile of its kind: for bytes before they are signed, and for lists that are
 * received. A finding is no reason to distrust a certificate; half of those in use have one. [9303-12 §7.1]
 * @param profile by default as the certificate itself suggests; where that is no profile, only the rules
 *   common to all are judged
 */
export function lintCertificate(
  certificate: Certificate,
  profile: Profile | undefined = profileOf(certificate),
): readonly LintFinding<CertificateLintCode>[] {
  return runRules(CERTIFICATE_RULES, { certificate, profile }, profile)
}
