import type { Drafted } from '../../cms/draft.ts'
import { demand } from '../demand.ts'
import { type CertificateDraft, draftCertificate, encodePublicKey } from '../draft-certificate.ts'
import * as extension from '../draft-extensions.ts'
import { encodeName } from '../draft-name.ts'
import { OIDS } from '../oids.ts'
import type { DocumentSignerContent } from './document-signer.ts'
import { demandSameCountry, keyIdentifierOf } from './signer-content.ts'

/** What a seal signer's certificate says: as little as possible, since readers fetch it by its short name. */
export interface SealSignerContent
  extends Pick<
    DocumentSignerContent,
    'issuer' | 'serial' | 'publicKey' | 'notBefore' | 'notAfter' | 'signatureAlgorithm' | 'ecParameters'
  > {
  /**
   * The signer identifier of the seal's header: the country and two letters of the signer. The certificate's
   * serial number is the certificate reference beside it. [9303-12 §7.1.3]
   */
  readonly signer: { readonly country: string; readonly letters: string }
  /** Document codes that this signer may sign, where it is limited to some. */
  readonly documentTypes?: readonly string[]
}

/**
 * The signer of visible digital seals (visas, emergency papers, work permits). [9303-12 §7.1.3] [9303-12 table 8]
 * @throws RangeError for what the profile does not allow
 */
export function draftSealSigner(content: SealSignerContent): Drafted<CertificateDraft> {
  const { issuer, signer } = content
  demand(/^[A-Z]{2}$/.test(signer.letters), 'signer: two upper-case letters [9303-12 §7.1.3]')
  demand(content.publicKey.kind === 'ec', 'publicKey: EC [9303-12 §4.1.8]')
  const subject = { country: signer.country, commonName: signer.letters }
  demandSameCountry(issuer, subject)
  return draftCertificate({
    serial: content.serial,
    signatureAlgorithm: content.signatureAlgorithm,
    issuer: issuer.subject.encoded,
    subject: encodeName(subject),
    notBefore: content.notBefore,
    notAfter: content.notAfter,
    publicKey: encodePublicKey(content.publicKey, content.ecParameters),
    extensions: [
      extension.authorityKeyIdentifier(keyIdentifierOf(issuer)),
      ...(content.documentTypes ? [extension.documentTypeList(content.documentTypes)] : []),
      extension.extendedKeyUsage(OIDS.barcodeSigner),
    ],
  })
}
