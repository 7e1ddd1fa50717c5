import type { Crl } from './crl.ts'
import { countryOf, type Name, sameName } from './name.ts'

/** How a revocation list bears on a certificate: see {@link crlCovers}. */
export type CrlCoverage = 'same-name' | 'same-country' | 'no'

/**
 * Whether a revocation list is that of the CSCA which issued a certificate. A state has one CSCA, and after a
 * change of its name the new one still speaks for the certificates of the old: the same country suffices,
 * and the list may be signed by a later key than the certificate, if both keys are anchors of that state.
 * The caller verifies the list and its signer; here only names are compared. [9303-12 appendix D.1.2]
 */
export function crlCovers(crl: Crl, certificateIssuer: Name): CrlCoverage {
  if (sameName(crl.issuer, certificateIssuer)) return 'same-name'
  const country = countryOf(crl.issuer)
  return country !== undefined && country === countryOf(certificateIssuer) ? 'same-country' : 'no'
}
