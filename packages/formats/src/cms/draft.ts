import { tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import {
  encodeHashAlgorithm,
  encodeSignatureAlgorithm,
  type HashName,
  type SignatureAlgorithm,
} from '../pki/algorithm.ts'
import type { Certificate } from '../pki/certificate.ts'
import { OIDS } from '../pki/oids.ts'

/** Everything of a signed message but the signature. */
export interface SignedDataDraft {
  readonly contentType: string
  readonly content: Uint8Array
  /** Digest of `content` under `hash`; made by the caller, because this room has no cryptography. */
  readonly contentDigest: Uint8Array
  readonly hash: HashName
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signer: Certificate
  /** How the signer is named; security objects and master lists prefer opposite forms. */
  readonly sid:
    | { readonly by: 'issuer-and-serial' }
    | { readonly by: 'key-identifier'; readonly keyIdentifier: Uint8Array }
  /** Certificates put inside, the signer's own among them. */
  readonly certificates: readonly Uint8Array[]
  readonly signingTime?: Date
}

/** A draft with the bytes that a signer must sign: the DER of the signed attributes. [RFC5652 §5.4] */
export interface Drafted<Draft> {
  readonly draft: Draft
  readonly toBeSigned: Uint8Array
}

export function draftSignedData(draft: SignedDataDraft): Drafted<SignedDataDraft> {
  return { draft, toBeSigned: der.setOf(...signedAttributes(draft)) }
}

/** The ContentInfo with the signature put in; deterministic, so that the same draft gives the same bytes. */
export function sealSignedData(
  { draft, toBeSigned }: Drafted<SignedDataDraft>,
  signature: Uint8Array,
): Uint8Array {
  const attributes = toBeSigned.slice()
  attributes[0] = tags.contextConstructed(0)
  const signerInfo = der.sequence(
    der.integer(draft.sid.by === 'issuer-and-serial' ? 1 : 3),
    draft.sid.by === 'issuer-and-serial'
      ? der.sequence(draft.signer.issuer.encoded, der.encodeElement(tags.INTEGER, draft.signer.serial))
      : der.implicit(0, draft.sid.keyIdentifier),
    encodeHashAlgorithm(draft.hash),
    attributes,
    encodeSignatureAlgorithm(draft.signatureAlgorithm),
    der.octetString(signature),
  )
  const certificates = der.setOf(...draft.certificates)
  certificates[0] = tags.contextConstructed(0)
  const signedData = der.sequence(
    der.integer(3),
    der.setOf(encodeHashAlgorithm(draft.hash)),
    der.sequence(der.oid(draft.contentType), der.context(0, der.octetString(draft.content))),
    certificates,
    der.setOf(signerInfo),
  )
  return der.sequence(der.oid(OIDS.signedData), der.context(0, signedData))
}

function signedAttributes(draft: SignedDataDraft): Uint8Array[] {
  const attribute = (type: string, value: Uint8Array) => der.sequence(der.oid(type), der.setOf(value))
  const attributes = [
    attribute(OIDS.contentType, der.oid(draft.contentType)),
    attribute(OIDS.messageDigest, der.octetString(draft.contentDigest)),
  ]
  if (draft.signingTime !== undefined)
    attributes.push(attribute(OIDS.signingTime, der.time(draft.signingTime)))
  return attributes
}
