import {
  bitString,
  generalizedTime,
  readBitString,
  readOid,
  readSmallInteger,
  readString,
  tags,
} from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, type Element, Fields, readOnly } from '../tlv/index.ts'
import { type Extended, type Extension, extensionOf } from './certificate.ts'
import { type Name, readName } from './name.ts'
import { OIDS } from './oids.ts'

/**
 * Reads the value of an extension; whatever is wrong with it is reported at the extension's place.
 * @throws FormatError pki.extension-value
 */
function valueIn<T>(of: Extended, oid: string, cites: string, read: (value: Element) => T): T | undefined {
  const extension = extensionOf(of, oid)
  return extension && readValue(extension, cites, read)
}

export function readValue<T>(extension: Extension, cites: string, read: (value: Element) => T): T {
  try {
    return read(readOnly(extension.value))
  } catch (error) {
    if (error instanceof FormatError)
      throw new FormatError('pki.extension-value', extension.at + error.at, cites)
    throw error
  }
}

function expect(element: Element, tag: number, cites: string): Element {
  if (element.tag !== tag) throw new FormatError('tlv.unexpected-tag', element.start, cites)
  return element
}

/** `SubjectKeyIdentifier ::= OCTET STRING` [RFC5280 §4.2.1.2] */
export const subjectKeyIdentifier = (of: Extended): Uint8Array | undefined =>
  valueIn(
    of,
    OIDS.subjectKeyIdentifier,
    'RFC5280 §4.2.1.2',
    (value) => expect(value, tags.OCTET_STRING, 'RFC5280 §4.2.1.2').content,
  )

/**
 * The keyIdentifier of the issuer's key, if the extension has one. [RFC5280 §4.2.1.1]
 * ```asn1
 * AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OPTIONAL, authorityCertIssuer [1] OPTIONAL, serial [2] OPTIONAL }
 * ```
 */
export const authorityKeyIdentifier = (of: Extended): Uint8Array | undefined =>
  valueIn(of, OIDS.authorityKeyIdentifier, 'RFC5280 §4.2.1.1', readAuthorityKeyIdentifier)

export function readAuthorityKeyIdentifier(value: Element): Uint8Array | undefined {
  const fields = new Fields(expect(value, tags.SEQUENCE, 'RFC5280 §4.2.1.1'), 'RFC5280 §4.2.1.1')
  const keyIdentifier = fields.optional(tags.contextPrimitive(0))
  fields.optional(tags.contextConstructed(1))
  fields.optional(tags.contextPrimitive(2))
  fields.end()
  return keyIdentifier?.content
}

/** Bits of keyUsage by their number. [RFC5280 §4.2.1.3] */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

const KEY_USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

export const keyUsage = (of: Extended): readonly KeyUsage[] | undefined =>
  valueIn(of, OIDS.keyUsage, 'RFC5280 §4.2.1.3', (value) => {
    const { bytes } = readBitString(value)
    return KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
  })

export const keyUsageBit = (usage: KeyUsage): number => KEY_USAGES.indexOf(usage)

export interface BasicConstraints {
  readonly ca: boolean
  readonly pathLength: number | undefined
}

/** `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }` [RFC5280 §4.2.1.9] */
export const basicConstraints = (of: Extended): BasicConstraints | undefined =>
  valueIn(of, OIDS.basicConstraints, 'RFC5280 §4.2.1.9', (value) => {
    const fields = new Fields(expect(value, tags.SEQUENCE, 'RFC5280 §4.2.1.9'), 'RFC5280 §4.2.1.9')
    const ca = fields.optional(tags.BOOLEAN)
    const pathLength = fields.optional(tags.INTEGER)
    fields.end()
    return {
      // TRUE written as 01 is met in a listed CSCA (Ukraine); it is BER, and lint reports it. [X.690 §8.2.2]
      ca: ca !== undefined && ca.length === 1 && ca.content[0] !== 0,
      pathLength: pathLength && readSmallInteger(pathLength),
    }
  })

/** `ExtKeyUsageSyntax ::= SEQUENCE OF OBJECT IDENTIFIER` [RFC5280 §4.2.1.12] */
export const extendedKeyUsage = (of: Extended): readonly string[] | undefined =>
  valueIn(of, OIDS.extKeyUsage, 'RFC5280 §4.2.1.12', (value) =>
    childrenOf(expect(value, tags.SEQUENCE, 'RFC5280 §4.2.1.12'), 64).map(readOid),
  )

export interface Period {
  readonly notBefore: Date | undefined
  readonly notAfter: Date | undefined
}

/** `PrivateKeyUsagePeriod ::= SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime OPTIONAL }` [9303-12 §7.1.1] */
export const privateKeyUsagePeriod = (of: Extended): Period | undefined =>
  valueIn(of, OIDS.privateKeyUsagePeriod, '9303-12 §7.1.1', (value) => {
    const fields = new Fields(expect(value, tags.SEQUENCE, '9303-12 §7.1.1'), '9303-12 §7.1.1')
    const notBefore = fields.optional(tags.contextPrimitive(0))
    const notAfter = fields.optional(tags.contextPrimitive(1))
    fields.end()
    return {
      notBefore: notBefore && generalizedTime(notBefore),
      notAfter: notAfter && generalizedTime(notAfter),
    }
  })

/**
 * The document codes that a signer may sign; one letter stands for every code that begins with it.
 * `DocumentTypeListSyntax ::= SEQUENCE { version INTEGER (0), docTypeList SET OF PrintableString }` [9303-12 §7.1.1.6]
 * Some issuers (Moldova) put each code into a set of its own; that is read, and lint reports it.
 */
export const documentTypeList = (of: Extended): readonly string[] | undefined =>
  valueIn(of, OIDS.documentTypeList, '9303-12 §7.1.1.6', (value) => {
    const fields = new Fields(expect(value, tags.SEQUENCE, '9303-12 §7.1.1.6'), '9303-12 §7.1.1.6')
    if (readSmallInteger(fields.take(tags.INTEGER)) !== 0)
      throw new FormatError('pki.version', value.start, '9303-12 §7.1.1.6')
    const types: string[] = []
    do types.push(...childrenOf(fields.take(tags.SET), 64).map(readString))
    while (fields.peek() !== undefined && types.length < 64)
    fields.end()
    return types
  })

/** Whether the extension that marks a change of the CSCA's name is there. [9303-12 §7.1.1.5] */
export const hasNameChange = (of: Extended): boolean => extensionOf(of, OIDS.nameChange) !== undefined

/** One GeneralName, of the kinds that the profile uses. [RFC5280 §4.2.1.6] */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly kind: 'directory'; readonly name: Name }
  | { readonly kind: 'other' }

export function readGeneralName(element: Element): GeneralName {
  switch (element.tag) {
    case tags.contextPrimitive(1):
      return { kind: 'email', value: asciiOf(element) }
    case tags.contextPrimitive(2):
      return { kind: 'dns', value: asciiOf(element) }
    case tags.contextPrimitive(6):
      return { kind: 'uri', value: asciiOf(element) }
    case tags.contextConstructed(4): {
      const inside = new Fields(element, 'RFC5280 §4.2.1.6')
      const name = readName(inside.take(tags.SEQUENCE))
      inside.end()
      return { kind: 'directory', name }
    }
    default:
      return { kind: 'other' }
  }
}

function asciiOf(element: Element): string {
  let text = ''
  for (const octet of element.content) {
    if (octet > 0x7f) throw new FormatError('der.string', element.start, 'RFC5280 §4.2.1.6')
    text += String.fromCharCode(octet)
  }
  return text
}

const generalNames = (value: Element): readonly GeneralName[] =>
  childrenOf(expect(value, tags.SEQUENCE, 'RFC5280 §4.2.1.6'), 64).map(readGeneralName)

export const subjectAltName = (of: Extended): readonly GeneralName[] | undefined =>
  valueIn(of, OIDS.subjectAltName, 'RFC5280 §4.2.1.6', generalNames)

export const issuerAltName = (of: Extended): readonly GeneralName[] | undefined =>
  valueIn(of, OIDS.issuerAltName, 'RFC5280 §4.2.1.7', generalNames)

/**
 * Where revocation lists are published: the URIs and names of all distribution points. [RFC5280 §4.2.1.13]
 * ```asn1
 * DistributionPoint ::= SEQUENCE { distributionPoint [0] { fullName [0] GeneralNames | relative [1] } OPTIONAL,
 *   reasons [1] OPTIONAL, cRLIssuer [2] OPTIONAL }
 * ```
 */
export const crlDistributionPoints = (of: Extended): readonly GeneralName[] | undefined =>
  valueIn(of, OIDS.crlDistributionPoints, 'RFC5280 §4.2.1.13', (value) =>
    childrenOf(expect(value, tags.SEQUENCE, 'RFC5280 §4.2.1.13'), 16).flatMap((point) => {
      const fields = new Fields(point, 'RFC5280 §4.2.1.13', tags.SEQUENCE)
      const name = fields.optional(tags.contextConstructed(0))
      const reasons = fields.optional(tags.contextPrimitive(1))
      if (reasons !== undefined) bitString(reasons)
      fields.optional(tags.contextConstructed(2))
      fields.end()
      const full = name && new Fields(name, 'RFC5280 §4.2.1.13').optional(tags.contextConstructed(0))
      return full === undefined ? [] : childrenOf(full, 16).map(readGeneralName)
    }),
  )
