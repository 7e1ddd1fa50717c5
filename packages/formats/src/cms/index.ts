/**
 * Signed messages (CMS SignedData) as security objects and master lists use them: one reader for both, and
 * drafts to be signed elsewhere. What was signed is never re-encoded. [RFC5652 §5]
 */
export { type Drafted, draftSignedData, type SignedDataDraft, sealSignedData } from './draft.ts'
export type { CmsErrorCode } from './errors.ts'
export { parseSignedData, readSignedData, type SignedData, signerHash } from './signed-data.ts'
export type { SignedAttributes, SignerIdentifier, SignerInfo } from './signer-info.ts'
