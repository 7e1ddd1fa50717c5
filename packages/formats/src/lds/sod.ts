import { type Drafted, draftSignedData, type SignedDataDraft, sealSignedData } from '../cms/draft.ts'
import { readSignedData, type SignedData } from '../cms/signed-data.ts'
import type { SignedAttributes, SignerInfo } from '../cms/signer-info.ts'
import { FormatError } from '../format-error.ts'
import type { HashName, SignatureAlgorithm } from '../pki/algorithm.ts'
import type { Certificate } from '../pki/certificate.ts'
import { OIDS } from '../pki/oids.ts'
import { encodeElement, Fields, type Rules, readElement } from '../tlv/index.ts'
import { type LdsSecurityObject, parseLdsSecurityObject } from './lds-security-object.ts'

/** Octets. */
export const MAX_SOD = 262_144
const SOD_TAG = 0x77

/** The document security object: hashes of the data groups, signed by the document signer. [9303-10 §4.6.2] */
export interface Sod extends SodMessage {
  readonly securityObject: LdsSecurityObject
}

/** Its signed message, before the content is looked at. */
export interface SodMessage {
  readonly signedData: SignedData
  /** The one signer. */
  readonly signer: SignerInfo & { readonly signedAttributes: SignedAttributes }
  /** The bytes of each certificate inside; the document signer's is among them. */
  readonly certificates: readonly Uint8Array[]
  readonly deviations: readonly SodDeviation[]
}

/** Met in the field and read all the same; each becomes a note of the verdict. */
export interface SodDeviation {
  readonly code: 'sod.ber' | 'sod.content-type-other' | 'sod.attributes-unsorted' | 'sod.padding'
  readonly at: number
  readonly cites: string
}

/** Content types that some issuers used for the same content: Belgium and France, the Netherlands (Sdu), China. */
const OTHER_CONTENT_TYPES: readonly string[] = ['1.3.27.1.1.1', '1.2.528.1.1006.1.20.1', OIDS.data]

/**
 * Reads an EF.SOD. BER is read, because real security objects use it (New Zealand); what is hashed is
 * always the bytes as they stand. Nothing is verified here. [9303-10 §4.6.2]
 * @param bytes the file, with or without padding after it
 * @throws FormatError sod.*, cms.*, pki.*, tlv.*, der.*
 */
export function parseSod(bytes: Uint8Array): Sod {
  const message = parseSodMessage(bytes)
  return { ...message, securityObject: parseSodContent(message) }
}

/** The hashes inside a message. @throws FormatError sod.*, tlv.*, der.* */
export const parseSodContent = ({ signedData }: SodMessage): LdsSecurityObject =>
  parseLdsSecurityObject(signedData.content)

/**
 * The signed message alone, so that a signature can be checked over content that cannot be read.
 * @throws FormatError as {@link parseSod}
 */
export function parseSodMessage(bytes: Uint8Array): SodMessage {
  if (bytes.length > MAX_SOD) throw new FormatError('sod.too-large', 0, '9303-10 §4.6.2')
  const deviations: SodDeviation[] = []
  const rules: Rules = {
    lengths: 'ber',
    onTolerated: (_, at) => {
      if (!deviations.some(({ code }) => code === 'sod.ber'))
        deviations.push({ code: 'sod.ber', at, cites: '9303-10 §4.6.2' })
    },
  }
  const file = readElement(bytes, 0, bytes.length, rules)
  if (file.tag !== SOD_TAG) throw new FormatError('tlv.unexpected-tag', 0, '9303-10 §4.6.2')
  if (file.end !== bytes.length) checkPadding(bytes, file.end, deviations)
  const inside = new Fields(file, '9303-10 §4.6.2')
  const signedData = readSignedData(inside.any())
  inside.end()

  const { contentType } = signedData
  if (contentType !== OIDS.ldsSecurityObject) {
    if (!OTHER_CONTENT_TYPES.includes(contentType))
      throw new FormatError('sod.content-type', 0, '9303-10 §4.6.2')
    deviations.push({ code: 'sod.content-type-other', at: 0, cites: '9303-10 §4.6.2' })
  }
  const signer = signedData.signers[0]
  if (signer === undefined || signedData.signers.length !== 1)
    throw new FormatError('sod.signers', 0, '9303-10 §4.6.2')
  const { signedAttributes } = signer
  if (signedAttributes === undefined) throw new FormatError('sod.no-signed-attributes', 0, '9303-10 §4.6.2')
  if (signedData.certificates.length === 0) throw new FormatError('sod.no-certificate', 0, '9303-10 §4.6.2')
  if (!signedAttributes.inOrder)
    deviations.push({ code: 'sod.attributes-unsorted', at: 0, cites: 'RFC5652 §5.4' })
  return {
    signedData,
    signer: { ...signer, signedAttributes },
    certificates: signedData.certificates,
    deviations,
  }
}

/** Files read from a chip in whole blocks end in zeros or FF; anything else after the object is refused. */
function checkPadding(bytes: Uint8Array, from: number, deviations: SodDeviation[]): void {
  for (let at = from; at < bytes.length; at++)
    if (bytes[at] !== 0 && bytes[at] !== 0xff)
      throw new FormatError('tlv.trailing-bytes', at, '9303-10 §4.6.2')
  deviations.push({ code: 'sod.padding', at: from, cites: '9303-10 §4.6.2' })
}

/** All of a security object but the signature. */
export interface SodContent {
  /** The hashes of the data groups, encoded: `encodeLdsSecurityObject`. */
  readonly content: Uint8Array
  /** Digest of `content` under `hash`. */
  readonly contentDigest: Uint8Array
  readonly hash: HashName
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly documentSigner: Certificate
  readonly signingTime?: Date
}

/** The bytes a document signer must sign, with the draft they belong to. The signer is named by issuer and serial. [9303-10 §4.6.2] */
export function draftSod(content: SodContent): Drafted<SignedDataDraft> {
  const { documentSigner, ...rest } = content
  return draftSignedData({
    ...rest,
    contentType: OIDS.ldsSecurityObject,
    signer: documentSigner,
    sid: { by: 'issuer-and-serial' },
    certificates: [documentSigner.encoded],
  })
}

/** The EF.SOD: draft and signature. [9303-10 §4.6.2] */
export const sealSod = (draft: Drafted<SignedDataDraft>, signature: Uint8Array): Uint8Array =>
  encodeElement(SOD_TAG, sealSignedData(draft, signature))
