import { FormatError } from '@nansen/formats'
import { basicConstraints, type Certificate, extendedKeyUsage, OIDS } from '@nansen/formats/pki'

/** What a certificate must have been given for. [9303-12 §7.1.1.3] */
export type Purpose =
  /** `undefined`: none at all, as a document signer's. */
  | { readonly role: 'signer'; readonly extendedKeyUsage: string | undefined }
  /** A country signing authority, shown to be one by the link from its former key. */
  | { readonly role: 'authority' }

export const SIGNS_DOCUMENTS: Purpose = { role: 'signer', extendedKeyUsage: undefined }
export const SIGNS_MASTER_LISTS: Purpose = { role: 'signer', extendedKeyUsage: OIDS.masterListSigner }
export const SIGNS_DEVIATION_LISTS: Purpose = { role: 'signer', extendedKeyUsage: OIDS.deviationListSigner }
export const SIGNS_SEALS: Purpose = { role: 'signer', extendedKeyUsage: OIDS.barcodeSigner }
export const SIGNS_CERTIFICATES: Purpose = { role: 'authority' }

/** The purpose that a certificate itself claims; whether it holds is for `certify` to say. */
export function purposeOf(certificate: Certificate): Purpose {
  try {
    if (basicConstraints(certificate)?.ca === true) return SIGNS_CERTIFICATES
    const usages = extendedKeyUsage(certificate) ?? []
    for (const purpose of [SIGNS_MASTER_LISTS, SIGNS_DEVIATION_LISTS, SIGNS_SEALS])
      if (purpose.role === 'signer' && usages.includes(purpose.extendedKeyUsage!)) return purpose
    return SIGNS_DOCUMENTS
  } catch (error) {
    if (error instanceof FormatError) return SIGNS_DOCUMENTS
    throw error
  }
}
