import { readOctetString, readOid, readSmallInteger, tags } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { type AlgorithmIdentifier, type HashName, hashOf, readAlgorithmIdentifier } from '../pki/algorithm.ts'
import { OIDS } from '../pki/oids.ts'
import { childrenOf, type Element, Fields, type Rules, readOnly } from '../tlv/index.ts'
import { readSignerInfo, type SignerInfo } from './signer-info.ts'

/** A signed message with its content and certificates inside. [RFC5652 §5.1] */
export interface SignedData {
  readonly version: number
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  readonly contentType: string
  /** The content octets of eContent: exactly what the message digest was made over. */
  readonly content: Uint8Array
  /** Each certificate's bytes, in the order read; unparsed, so that one bad one does not lose the rest. */
  readonly certificates: readonly Uint8Array[]
  readonly hasCrls: boolean
  readonly signers: readonly SignerInfo[]
}

const SECTION = 'RFC5652 §5.1'

/**
 * ```asn1
 * ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT SignedData }
 * SignedData ::= SEQUENCE {
 *   version INTEGER, digestAlgorithms SET OF AlgorithmIdentifier,
 *   encapContentInfo SEQUENCE { eContentType OBJECT IDENTIFIER, eContent [0] EXPLICIT OCTET STRING OPTIONAL },
 *   certificates [0] IMPLICIT SET OPTIONAL, crls [1] IMPLICIT SET OPTIONAL, signerInfos SET OF SignerInfo }
 * ```
 * @param rules BER for security objects: some issuers write indefinite lengths and strings in pieces
 * @throws FormatError cms.*, tlv.*, der.*, pki.*
 */
export function parseSignedData(bytes: Uint8Array, rules?: Rules): SignedData {
  return readSignedData(readOnly(bytes, rules))
}

/** As {@link parseSignedData}, for a ContentInfo inside another element. */
export function readSignedData(contentInfo: Element): SignedData {
  if (contentInfo.tag !== tags.SEQUENCE)
    throw new FormatError('tlv.unexpected-tag', contentInfo.start, 'RFC5652 §3')
  const outer = new Fields(contentInfo, 'RFC5652 §3')
  const type = outer.take(tags.OID)
  if (readOid(type) !== OIDS.signedData) throw new FormatError('cms.content-type', type.start, 'RFC5652 §5.1')
  const wrapper = new Fields(outer.take(tags.contextConstructed(0)), 'RFC5652 §3')
  outer.end()
  const fields = new Fields(wrapper.take(tags.SEQUENCE), SECTION)
  wrapper.end()

  const versionElement = fields.take(tags.INTEGER)
  const version = readSmallInteger(versionElement)
  const digestAlgorithms = childrenOf(fields.take(tags.SET), 16).map(readAlgorithmIdentifier)
  const encapsulated = new Fields(fields.take(tags.SEQUENCE), 'RFC5652 §5.2')
  const contentType = readOid(encapsulated.take(tags.OID))
  const contentWrapper = encapsulated.optional(tags.contextConstructed(0))
  if (contentWrapper === undefined)
    throw new FormatError('cms.no-content', versionElement.start, 'RFC5652 §5.2')
  encapsulated.end()
  const inner = new Fields(contentWrapper, 'RFC5652 §5.2')
  const content = readOctetString(inner.any())
  inner.end()
  const certificateSet = fields.optional(tags.contextConstructed(0))
  const certificates =
    certificateSet === undefined ? [] : childrenOf(certificateSet, 16).map((element) => element.encoded)
  const hasCrls = fields.optional(tags.contextConstructed(1)) !== undefined
  const signers = childrenOf(fields.take(tags.SET), 8).map(readSignerInfo)
  fields.end()

  // 3 where the content is anything but plain data or a signer is named by key identifier, else 1; 4 and 5
  // are for attribute certificates and other formats that do not occur here. Issuers who call a security
  // object plain data also write the 3 that the profile of security objects asks for. [RFC5652 §5.1]
  const plain = contentType === OIDS.data && signers.every((signer) => signer.version === 1)
  if (version !== 3 && !(plain && version === 1))
    throw new FormatError('cms.version', versionElement.start, SECTION)
  return { version, digestAlgorithms, contentType, content, certificates, hasCrls, signers }
}

/** The digest algorithm of a signer. @throws FormatError cms.algorithm where travel documents do not use it */
export function signerHash(signer: SignerInfo): HashName {
  const hash = hashOf(signer.digestAlgorithm)
  if (hash === undefined) throw new FormatError('cms.algorithm', signer.digestAlgorithm.at, '9303-12 §4.4')
  return hash
}
