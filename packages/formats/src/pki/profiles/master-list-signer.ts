import type { Drafted } from '../../cms/draft.ts'
import type { Certificate } from '../certificate.ts'
import type { CertificateDraft } from '../draft-certificate.ts'
import * as extension from '../draft-extensions.ts'
import { OIDS } from '../oids.ts'
import { draftSigner } from './draft-signer.ts'
import type { SignerContent } from './signer-content.ts'

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
  return draftSigner(content, extension.extendedKeyUsage(OIDS.masterListSigner))
}
