import {
  integerOctets,
  readBitStringOctets,
  readBoolean,
  readOid,
  readSmallInteger,
  readTime,
  tags,
} from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, type Element, Fields, hex, type Rules, readOnly } from '../tlv/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier, sameAlgorithm } from './algorithm.ts'
import { type Name, readName } from './name.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'

/** Octets; the largest real certificate seen is below 4 KiB. */
export const MAX_CERTIFICATE = 65_536

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** The content of extnValue: the DER of the extension's own type. */
  readonly value: Uint8Array
  /** Offset of the value in the certificate, for error messages. */
  readonly at: number
  /** `critical FALSE` written out, which DER forbids; for lint. */
  readonly defaultWritten: boolean
}

/** A certificate as a view on its bytes: CSCA, document signer, master list or seal signer. [9303-12 §7.1] */
export interface Certificate {
  readonly encoded: Uint8Array
  readonly version: 1 | 2 | 3
  /** The octets of the INTEGER, two's complement. */
  readonly serial: Uint8Array
  readonly serialHex: string
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly publicKey: PublicKey
  readonly extensions: readonly Extension[]
  /** The bytes of tbsCertificate, as signed. */
  readonly toBeSigned: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/**
 * ```asn1
 * Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
 * TBSCertificate ::= SEQUENCE {
 *   version [0] INTEGER DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier, issuer Name,
 *   validity SEQUENCE { notBefore Time, notAfter Time }, subject Name, subjectPublicKeyInfo,
 *   issuerUniqueID [1] OPTIONAL, subjectUniqueID [2] OPTIONAL, extensions [3] Extensions OPTIONAL }
 * ```
 * DER, strict: a certificate is signed over DER, so any other encoding is not what the issuer signed.
 * [RFC5280 §4.1]
 * @throws FormatError pki.*, tlv.*, der.*
 */
export function parseCertificate(bytes: Uint8Array, rules?: Rules): Certificate {
  if (bytes.length > MAX_CERTIFICATE) throw new FormatError('pki.certificate-too-large', 0, '9303-12 §7.1')
  return readCertificate(readOnly(bytes, rules))
}

/** As {@link parseCertificate}, for a certificate inside another structure. */
export function readCertificate(element: Element): Certificate {
  if (element.end - element.start > MAX_CERTIFICATE)
    throw new FormatError('pki.certificate-too-large', element.start, '9303-12 §7.1')
  if (element.tag !== tags.SEQUENCE)
    throw new FormatError('tlv.unexpected-tag', element.start, 'RFC5280 §4.1')
  const outer = new Fields(element, 'RFC5280 §4.1')
  const tbs = outer.take(tags.SEQUENCE)
  const signatureAlgorithm = readAlgorithmIdentifier(outer.take(tags.SEQUENCE))
  const signature = readBitStringOctets(outer.take(tags.BIT_STRING))
  outer.end()

  const fields = new Fields(tbs, 'RFC5280 §4.1')
  const version = readVersion(fields)
  const serial = integerOctets(fields.take(tags.INTEGER))
  const innerAlgorithm = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  if (!sameAlgorithm(innerAlgorithm, signatureAlgorithm))
    throw new FormatError('pki.algorithm-mismatch', innerAlgorithm.at, 'RFC5280 §4.1.1.2')
  const issuer = readName(fields.take(tags.SEQUENCE))
  const validity = new Fields(fields.take(tags.SEQUENCE), 'RFC5280 §4.1.2.5')
  const notBefore = readTime(validity.any())
  const notAfter = readTime(validity.any())
  validity.end()
  const subject = readName(fields.take(tags.SEQUENCE))
  const publicKey = readPublicKey(fields.take(tags.SEQUENCE))
  if (version > 1) {
    fields.optional(tags.contextPrimitive(1))
    fields.optional(tags.contextPrimitive(2))
  }
  const wrapper = version === 3 ? fields.optional(tags.contextConstructed(3)) : undefined
  const extensions = wrapper === undefined ? [] : readExtensions(wrapper)
  fields.end()
  return {
    encoded: element.encoded,
    version,
    serial,
    serialHex: hex(serial),
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
    toBeSigned: tbs.encoded,
    signatureAlgorithm,
    signature,
  }
}

function readVersion(fields: Fields): 1 | 2 | 3 {
  const wrapper = fields.optional(tags.contextConstructed(0))
  if (wrapper === undefined) return 1
  const inside = new Fields(wrapper, 'RFC5280 §4.1.2.1')
  const version = readSmallInteger(inside.any()) + 1
  inside.end()
  if (version === 1) throw new FormatError('der.default-encoded', wrapper.start, 'X.690 §11.5')
  if (version !== 2 && version !== 3) throw new FormatError('pki.version', wrapper.start, 'RFC5280 §4.1.2.1')
  return version
}

/**
 * ```asn1
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE {
 *   extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
 * ```
 * `critical FALSE` written out is met in real lists and read; lint reports it. [RFC5280 §4.2]
 * @param wrapper the explicit tag around the sequence
 */
export function readExtensions(wrapper: Element): readonly Extension[] {
  const inside = new Fields(wrapper, 'RFC5280 §4.2')
  const list = inside.take(tags.SEQUENCE)
  inside.end()
  return readExtensionList(list)
}

/** As {@link readExtensions}, for a sequence without a tag around it (entries of a revocation list). */
export function readExtensionList(sequence: Element): readonly Extension[] {
  const list = childrenOf(sequence, 64)
  if (list.length === 0) throw new FormatError('pki.extensions-empty', sequence.start, 'RFC5280 §4.2')
  const extensions: Extension[] = []
  for (const element of list) {
    const fields = new Fields(element, 'RFC5280 §4.2', tags.SEQUENCE)
    const oid = readOid(fields.take(tags.OID))
    const flag = fields.optional(tags.BOOLEAN)
    const value = fields.take(tags.OCTET_STRING)
    fields.end()
    if (extensions.some((other) => other.oid === oid))
      throw new FormatError('pki.extension-twice', element.start, 'RFC5280 §4.2')
    const critical = flag !== undefined && readBoolean(flag)
    extensions.push({
      oid,
      critical,
      value: value.content,
      at: value.contentStart,
      defaultWritten: flag !== undefined && !critical,
    })
  }
  return extensions
}

/** What has extensions: a certificate or a revocation list. */
export interface Extended {
  readonly extensions: readonly Extension[]
}

export function extensionOf(of: Extended, oid: string): Extension | undefined {
  return of.extensions.find((extension) => extension.oid === oid)
}
