import { write as der } from '@nansen/formats/der'
import {
  type Certificate,
  type CertificateDraft,
  type DraftExtension,
  draftCertificate,
  draftCsca,
  draftDocumentSigner,
  draftMasterListSigner,
  draftSealSigner,
  lintCertificate,
  OIDS,
  type Profile,
  parseCertificate,
} from '@nansen/formats/pki'
import { cscaContent, ecKey, signed, signerContent } from './specimen-pki.ts'

const key = ecKey()
const signerKey = ecKey()
const csca = parseCertificate(signed(key, draftCsca(cscaContent(key))))
const under = { ...signerContent(signerKey, csca, key, 'DS Utopia'), documentTypes: ['PR'] }
const { issuer, serial, publicKey, notBefore, notAfter, signatureAlgorithm } = under

/** A draft of each profile without a fault. */
export const DRAFTS: Readonly<Record<Profile, CertificateDraft>> = {
  csca: draftCsca(cscaContent(key)).draft,
  'csca-link': draftCsca({
    ...cscaContent(signerKey),
    subject: { country: 'UT', commonName: 'New CSCA Utopia' },
    linkedFrom: csca,
  }).draft,
  'document-signer': draftDocumentSigner(under).draft,
  'master-list-signer': draftMasterListSigner(under).draft,
  'deviation-list-signer': replaced(
    draftMasterListSigner(under).draft,
    OIDS.extKeyUsage,
    der.sequence(der.oid(OIDS.deviationListSigner)),
  ),
  'seal-signer': draftSealSigner({
    issuer,
    serial,
    publicKey,
    notBefore,
    notAfter,
    signatureAlgorithm,
    signer: { country: 'UT', letters: 'AA' },
  }).draft,
}
export const PROFILES = Object.keys(DRAFTS) as Profile[]

/** Signed by the specimen CSCA's key, whatever it says. */
export const made = (draft: CertificateDraft): Certificate =>
  parseCertificate(signed(key, draftCertificate(draft)))
export const codesOf = (certificate: Certificate, profile?: Profile): readonly string[] =>
  lintCertificate(certificate, profile).map(({ code }) => code)

export function without(draft: CertificateDraft, oid: string): CertificateDraft {
  return { ...draft, extensions: draft.extensions.filter((one) => one.oid !== oid) }
}

/** An extension in place of the one that is there, or added. */
export function replaced(
  draft: CertificateDraft,
  oid: string,
  value: Uint8Array,
  critical?: boolean,
): CertificateDraft {
  const old = draft.extensions.find((one) => one.oid === oid)
  const next: DraftExtension = { oid, value, critical: critical ?? old?.critical ?? false }
  return { ...draft, extensions: [...without(draft, oid).extensions, next] }
}
