import type { Drafted } from '../../cms/draft.ts'
import type { Certificate } from '../certificate.ts'
import { type CertificateDraft, draftCertificate, encodePublicKey } from '../draft-certificate.ts'
import * as extension from '../draft-extensions.ts'
import { encodeAlternativeName, encodeName } from '../draft-name.ts'
import { OIDS } from '../oids.ts'
import {
  alternativeNameOf,
  demandSameCountry,
  keyIdentifierOf,
  type SignerContent,
} from './signer-content.ts'

/** What a master list signer's certificate says; how long its key signs is left to the state. [9303-12 table 1] */
export interface MasterListSignerContent extends SignerContent {
  /** The CSCA, which never signs a list itself. [9303-12 §5.3] */
  readonly issuer: Certificate
}

/**
 * The signer of a state's master lists. Its key identifier is inside, because lists name their signer by it.
 * [9303-12 §7.1.1] [9303-12 table 6]
 * @throws RangeError for what the profile does not allow
 */
export function draftMasterListSigner(content: MasterListSignerContent): Drafted<CertificateDraft> {
  const { issuer } = content
  demandSameCountry(issuer, content.subject)
  return draftCertificate({
    serial: content.serial,
    signatureAlgorithm: content.signatureAlgorithm,
    issuer: issuer.subject.encoded,
    subject: encodeName(content.subject),
    notBefore: content.notBefore,
    notAfter: content.notAfter,
    publicKey: encodePublicKey(content.publicKey, content.ecParameters),
    extensions: [
      extension.authorityKeyIdentifier(keyIdentifierOf(issuer)),
      extension.subjectKeyIdentifier(content.keyIdentifier),
      extension.keyUsage('digitalSignature'),
      extension.privateKeyUsagePeriod(content.signingPeriod),
      ...(content.policies ? [extension.certificatePolicies(content.policies)] : []),
      extension.subjectAltName(encodeAlternativeName(content.alternativeName)),
      extension.issuerAltName(alternativeNameOf(issuer, content)),
      extension.extendedKeyUsage(OIDS.masterListSigner),
      extension.crlDistributionPoints(content.crlUris),
    ],
  })
}
