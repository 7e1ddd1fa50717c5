import type { Drafted } from '../../cms/draft.ts'
import type { Certificate } from '../certificate.ts'
import { type CertificateDraft, draftCertificate, encodePublicKey } from '../draft-certificate.ts'
import * as extension from '../draft-extensions.ts'
import { encodeAlternativeName, encodeName } from '../draft-name.ts'
import {
  alternativeNameOf,
  demandSameCountry,
  keyIdentifierOf,
  type SignerContent,
} from './signer-content.ts'

/**
 * What the signers of documents and of master lists have in common: all but the extension that says what they
 * sign. [9303-12 table 6]
 * @throws RangeError for what the profile does not allow
 */
export function draftSigner(
  content: SignerContent & { readonly issuer: Certificate },
  signs: extension.DraftExtension,
): Drafted<CertificateDraft> {
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
      extension.crlDistributionPoints(content.crlUris),
      signs,
    ],
  })
}
