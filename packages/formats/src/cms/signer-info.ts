import {
  inSetOrder,
  integerOctets,
  readOctetString,
  readOid,
  readSmallInteger,
  readTime,
  tags,
} from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../pki/algorithm.ts'
import { type Name, readName } from '../pki/name.ts'
import { OIDS } from '../pki/oids.ts'
import { childrenOf, type Element, Fields } from '../tlv/index.ts'

/** Who signed: by issuer and serial number, or by the key identifier in the signer's certificate. */
export type SignerIdentifier =
  | { readonly by: 'issuer-and-serial'; readonly issuer: Name; readonly serial: Uint8Array }
  | { readonly by: 'key-identifier'; readonly keyIdentifier: Uint8Array }

export interface SignerInfo {
  readonly version: 1 | 3
  readonly sid: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  /** Absent where the content was signed directly; no profile of 9303 allows that. */
  readonly signedAttributes: SignedAttributes | undefined
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

export interface SignedAttributes {
  /** What is signed: the attributes as read, under the tag of SET instead of [0]. [RFC5652 §5.4] */
  readonly toBeSigned: Uint8Array
  readonly contentType: string
  readonly messageDigest: Uint8Array
  readonly signingTime: Date | undefined
  /** Whether they stand in the order DER asks for; some issuers sign them unsorted. */
  readonly inOrder: boolean
}

/**
 * ```asn1
 * SignerInfo ::= SEQUENCE {
 *   version INTEGER, sid SignerIdentifier, digestAlgorithm AlgorithmIdentifier,
 *   signedAttrs [0] IMPLICIT SET OF Attribute OPTIONAL, signatureAlgorithm AlgorithmIdentifier,
 *   signature OCTET STRING, unsignedAttrs [1] IMPLICIT SET OF Attribute OPTIONAL }
 * SignerIdentifier ::= CHOICE { issuerAndSerialNumber SEQUENCE { Name, INTEGER }, subjectKeyIdentifier [0] OCTET STRING }
 * ```
 * [RFC5652 §5.3]
 * @throws FormatError cms.*, tlv.*, der.*, pki.*
 */
export function readSignerInfo(element: Element): SignerInfo {
  const fields = new Fields(element, 'RFC5652 §5.3', tags.SEQUENCE)
  const versionElement = fields.take(tags.INTEGER)
  const version = readSmallInteger(versionElement)
  const sid = readSignerIdentifier(fields.any())
  if (version !== (sid.by === 'issuer-and-serial' ? 1 : 3))
    throw new FormatError('cms.version', versionElement.start, 'RFC5652 §5.3')
  const digestAlgorithm = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  const attributes = fields.optional(tags.contextConstructed(0))
  const signatureAlgorithm = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  const signature = readOctetString(fields.any())
  fields.optional(tags.contextConstructed(1))
  fields.end()
  return {
    version: version === 1 ? 1 : 3,
    sid,
    digestAlgorithm,
    signedAttributes: attributes && readSignedAttributes(attributes),
    signatureAlgorithm,
    signature,
  }
}

function readSignerIdentifier(element: Element): SignerIdentifier {
  if (element.tag === tags.SEQUENCE) {
    const fields = new Fields(element, 'RFC5652 §10.2.4')
    const issuer = readName(fields.take(tags.SEQUENCE))
    const serial = integerOctets(fields.take(tags.INTEGER))
    fields.end()
    return { by: 'issuer-and-serial', issuer, serial }
  }
  if (element.tag === tags.contextPrimitive(0))
    return { by: 'key-identifier', keyIdentifier: element.content }
  throw new FormatError('cms.signer-identifier', element.start, 'RFC5652 §5.3')
}

function readSignedAttributes(element: Element): SignedAttributes {
  const attributes = childrenOf(element, 64)
  const values = new Map<string, Element>()
  for (const attribute of attributes) {
    const fields = new Fields(attribute, 'RFC5652 §5.3', tags.SEQUENCE)
    const type = readOid(fields.take(tags.OID))
    const set = childrenOf(fields.take(tags.SET), 64)
    fields.end()
    if (values.has(type)) throw new FormatError('cms.attribute-twice', attribute.start, 'RFC5652 §5.3')
    if (set.length !== 1) {
      if (type === OIDS.contentType || type === OIDS.messageDigest || type === OIDS.signingTime)
        throw new FormatError('cms.attribute-value', attribute.start, 'RFC5652 §11')
      continue
    }
    values.set(type, set[0]!)
  }
  const contentType = values.get(OIDS.contentType)
  const messageDigest = values.get(OIDS.messageDigest)
  const signingTime = values.get(OIDS.signingTime)
  if (contentType === undefined || messageDigest === undefined)
    throw new FormatError('cms.attribute-missing', element.start, 'RFC5652 §11')
  if (messageDigest.tag !== tags.OCTET_STRING)
    throw new FormatError('cms.attribute-value', messageDigest.start, 'RFC5652 §11.2')
  return {
    toBeSigned: underSetTag(element, attributes),
    contentType: readOid(contentType),
    messageDigest: messageDigest.content,
    signingTime: signingTime && readTime(signingTime),
    inOrder: inSetOrder(attributes),
  }
}

/**
 * The attributes as they were read with only the first octet changed. The signature is over their DER, and
 * re-encoding would put words into the signer's mouth; so attributes in another encoding are refused.
 */
function underSetTag(element: Element, attributes: readonly Element[]): Uint8Array {
  const notDer = () => new FormatError('cms.signed-attributes-not-der', element.start, 'RFC5652 §5.4')
  if (element.end !== element.contentEnd) throw notDer()
  const overhead = element.contentStart - element.start
  const length = element.length
  if (overhead !== (length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x10000 ? 4 : 5)) throw notDer()
  for (const attribute of attributes) if (attribute.end !== attribute.contentEnd) throw notDer()
  const bytes = element.encoded.slice()
  bytes[0] = tags.SET
  return bytes
}
