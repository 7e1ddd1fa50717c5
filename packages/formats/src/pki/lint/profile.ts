import { readable } from '../../readable.ts'
import { sameBytes } from '../../tlv/index.ts'
import type { Certificate } from '../certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  documentTypeList,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from '../extensions.ts'
import { sameName } from '../name.ts'
import { OIDS } from '../oids.ts'

/** The kinds of certificate that the travel document PKI has. [9303-12 §7.1] */
export type Profile =
  | 'csca'
  | 'csca-link'
  | 'document-signer'
  | 'master-list-signer'
  | 'deviation-list-signer'
  | 'seal-signer'

export const CA: readonly Profile[] = ['csca', 'csca-link']
export const LIST_SIGNERS: readonly Profile[] = ['master-list-signer', 'deviation-list-signer']
/** All that follow table 6; seal signers have a table of their own. */
export const TABLE_6: readonly Profile[] = [...CA, 'document-signer', ...LIST_SIGNERS]

/**
 * Which kind a certificate seems to be, judged by what it may do; `undefined` for any other, such as one for
 * communication. A root and a link of the same name are told apart by their key identifiers, since a
 * certificate with equal subject and issuer need not be self-signed. [9303-12 §7.1.1]
 */
export function profileOf(certificate: Certificate): Profile | undefined {
  const usages = readable(() => keyUsage(certificate)) ?? []
  if (readable(() => basicConstraints(certificate))?.ca === true || usages.includes('keyCertSign'))
    return isLink(certificate) ? 'csca-link' : 'csca'
  const purposes = readable(() => extendedKeyUsage(certificate))
  if (purposes?.includes(OIDS.masterListSigner)) return 'master-list-signer'
  if (purposes?.includes(OIDS.deviationListSigner)) return 'deviation-list-signer'
  if (purposes?.includes(OIDS.barcodeSigner)) return 'seal-signer'
  if (readable(() => documentTypeList(certificate)) !== undefined) return 'document-signer'
  return purposes === undefined && usages.includes('digitalSignature') ? 'document-signer' : undefined
}

function isLink(certificate: Certificate): boolean {
  if (!sameName(certificate.subject, certificate.issuer)) return true
  const authority = readable(() => authorityKeyIdentifier(certificate))
  const own = readable(() => subjectKeyIdentifier(certificate))
  return authority !== undefined && own !== undefined && !sameBytes(authority, own)
}
