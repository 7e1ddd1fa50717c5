import type { Drafted } from '../../cms/draft.ts'
import { sameBytes } from '../../tlv/index.ts'
import type { Certificate } from '../certificate.ts'
import { type CertificateDraft, draftCertificate, encodePublicKey } from '../draft-certificate.ts'
import * as extension from '../draft-extensions.ts'
import { encodeAlternativeName, encodeName } from '../draft-name.ts'
import { alternativeNameOf, keyIdentifierOf, type SignerContent } from './signer-content.ts'

/** What a country signing CA's certificate says. */
export interface CscaContent extends SignerContent {
  /**
   * The CSCA certificate whose key signs, for a link certificate; its subject becomes the issuer. Without it
   * the certificate is self-signed.
   */
  readonly linkedFrom?: Certificate
  /**
   * For the first self-signed certificate under a new name: say so. A link certificate that changes the
   * name always says so. [9303-12 §7.1.1.5]
   */
  readonly renamed?: boolean
}

/**
 * A country signing CA: the root of a state's documents, or the link from its former key to this one.
 * [9303-12 §7.1.1] [9303-12 table 6]
 * @throws RangeError for what the profile does not allow
 */
export function draftCsca(content: CscaContent): Drafted<CertificateDraft> {
  const { linkedFrom } = content
  const subject = encodeName(content.subject)
  const issuer = linkedFrom?.subject.encoded ?? subject
  const ownNames = encodeAlternativeName(content.alternativeName)
  const signedBy = linkedFrom === undefined ? content.keyIdentifier : keyIdentifierOf(linkedFrom)
  const issuerNames = linkedFrom === undefined ? ownNames : alternativeNameOf(linkedFrom, content)
  const renamed = !sameBytes(issuer, subject) || content.renamed === true
  return draftCertificate({
    serial: content.serial,
    signatureAlgorithm: content.signatureAlgorithm,
    issuer,
    subject,
    notBefore: content.notBefore,
    notAfter: content.notAfter,
    publicKey: encodePublicKey(content.publicKey, content.ecParameters),
    extensions: [
      extension.authorityKeyIdentifier(signedBy),
      extension.subjectKeyIdentifier(content.keyIdentifier),
      extension.keyUsage('keyCertSign', 'cRLSign'),
      extension.privateKeyUsagePeriod(content.signingPeriod),
      ...(content.policies ? [extension.certificatePolicies(content.policies)] : []),
      extension.subjectAltName(ownNames),
      extension.issuerAltName(issuerNames),
      extension.basicConstraints(),
      extension.crlDistributionPoints(content.crlUris),
      ...(renamed ? [extension.nameChange()] : []),
    ],
  })
}
