import { type Drafted, draftSignedData, type SignedDataDraft, sealSignedData } from '../cms/draft.ts'
import * as der from '../der/write.ts'
import { compareBytes, sameBytes } from '../tlv/index.ts'
import type { HashName, SignatureAlgorithm } from './algorithm.ts'
import type { Certificate } from './certificate.ts'
import { demand } from './demand.ts'
import { basicConstraints } from './extensions.ts'
import { OIDS } from './oids.ts'
import { keyIdentifierOf } from './profiles/signer-content.ts'

/**
 * The content of a master list, to be hashed and signed: each certificate's bytes untouched, in the order
 * that DER asks for. [9303-12 §9.2]
 * @throws RangeError for an empty list, or the same certificate twice
 */
export function encodeMasterListContent(certificates: readonly Uint8Array[]): Uint8Array {
  demand(certificates.length > 0, 'certificates: at least one')
  const sorted = [...certificates].sort(compareBytes)
  for (let i = 1; i < sorted.length; i++)
    demand(!sameBytes(sorted[i - 1]!, sorted[i]!), 'certificates: each once')
  return der.sequence(der.integer(0), der.setOf(...sorted))
}

/** Everything of a master list but the signature. */
export interface MasterListContent {
  /** The listed CSCA certificates, root and link. */
  readonly certificates: readonly Uint8Array[]
  /** Digest under `hash` of {@link encodeMasterListContent}; made by the caller, because this room has no hash. */
  readonly contentDigest: Uint8Array
  readonly hash: HashName
  readonly signatureAlgorithm: SignatureAlgorithm
  /** A master list signer; a CSCA never signs a list itself. [9303-12 §5.3] */
  readonly signer: Certificate
  /** The CSCA that issued the signer's certificate. */
  readonly signerIssuer: Certificate
  readonly signingTime: Date
}

/**
 * A master list: signer and CSCA inside, the signer named by key identifier, the signing time signed.
 * [9303-12 §9.1] [9303-12 table 18]
 * @throws RangeError where the signer is a CA, or its certificate does not name its key
 */
export function draftMasterList(content: MasterListContent): Drafted<SignedDataDraft> {
  const { contentDigest, hash, signatureAlgorithm, signer, signerIssuer, signingTime } = content
  demand(basicConstraints(signer)?.ca !== true, 'signer: not a CSCA [9303-12 §5.3]')
  return draftSignedData({
    contentType: OIDS.cscaMasterList,
    content: encodeMasterListContent(content.certificates),
    contentDigest,
    hash,
    signatureAlgorithm,
    signer,
    sid: { by: 'key-identifier', keyIdentifier: keyIdentifierOf(signer) },
    certificates: [signer.encoded, signerIssuer.encoded],
    signingTime,
  })
}

/** The list as it is published: draft and signature. [9303-12 §9] */
export const sealMasterList = sealSignedData
