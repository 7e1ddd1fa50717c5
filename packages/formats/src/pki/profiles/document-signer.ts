import type { Drafted } from '../../cms/draft.ts'
import type { Certificate } from '../certificate.ts'
import type { CertificateDraft } from '../draft-certificate.ts'
import * as extension from '../draft-extensions.ts'
import { draftSigner } from './draft-signer.ts'
import type { SignerContent } from './signer-content.ts'

/** What a document signer's certificate says. */
export interface DocumentSignerContent extends SignerContent {
  /** The CSCA. */
  readonly issuer: Certificate
  /** Document codes of the MRZ that this signer may sign: `PR`, `PS`; one letter for all that begin with it. */
  readonly documentTypes: readonly string[]
}

/**
 * The signer of a state's passports. [9303-12 §7.1.1] [9303-12 table 6]
 * @throws RangeError for what the profile does not allow
 */
export function draftDocumentSigner(content: DocumentSignerContent): Drafted<CertificateDraft> {
  return draftSigner(content, extension.documentTypeList(content.documentTypes))
}
