import { readOid, readString, tags } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, type Element, Fields, sameBytes } from '../tlv/index.ts'
import { OIDS } from './oids.ts'

export interface Attribute {
  /** Object identifier of the attribute type. */
  readonly type: string
  readonly value: string
  /** Tag of the string type it was written with. */
  readonly stringType: number
}

/** A distinguished name: the parts from the root down, each a set of attributes. [RFC5280 §4.1.2.4] */
export interface Name {
  readonly parts: readonly (readonly Attribute[])[]
  /** The bytes as read: two names are the same at once if these are. */
  readonly encoded: Uint8Array
}

/**
 * ```asn1
 * RDNSequence ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value DirectoryString }
 * ```
 * @throws FormatError pki.name-empty, tlv.*, der.*; a value that is no character string is `tlv.unexpected-tag`
 */
export function readName(element: Element): Name {
  if (element.tag !== tags.SEQUENCE)
    throw new FormatError('tlv.unexpected-tag', element.start, 'RFC5280 §4.1.2.4')
  const parts = childrenOf(element, 64).map((part) => {
    if (part.tag !== tags.SET) throw new FormatError('tlv.unexpected-tag', part.start, 'RFC5280 §4.1.2.4')
    const attributes = childrenOf(part, 16).map(readAttribute)
    if (attributes.length === 0) throw new FormatError('pki.name-empty', part.start, 'RFC5280 §4.1.2.4')
    return attributes
  })
  return { parts, encoded: element.encoded }
}

function readAttribute(element: Element): Attribute {
  const fields = new Fields(element, 'RFC5280 §4.1.2.4', tags.SEQUENCE)
  const type = readOid(fields.take(tags.OID))
  const value = fields.any()
  fields.end()
  return { type, value: readString(value), stringType: value.tag }
}

/** The first value of an attribute type, or `undefined`. */
export function attributeOf(name: Name, type: string): string | undefined {
  for (const part of name.parts)
    for (const attribute of part) if (attribute.type === type) return attribute.value
  return undefined
}

/** `countryName` in upper case, as compared: `gb` and `GB` are both in use. [9303-12 §7.1.1.1] */
export const countryOf = (name: Name): string | undefined =>
  attributeOf(name, OIDS.countryName)?.trim().toUpperCase()

/**
 * Whether two names are the same, byte for byte or by the comparison rules of directories: string type,
 * letter case and runs of spaces do not count; the order of parts does. [RFC5280 §7.1]
 */
export function sameName(a: Name, b: Name): boolean {
  return sameBytes(a.encoded, b.encoded) || nameKey(a) === nameKey(b)
}

const keys = new WeakMap<Name, string>()

/** A text that is equal for names that {@link sameName} calls the same: the key of an index. */
export function nameKey(name: Name): string {
  let key = keys.get(name)
  if (key === undefined) {
    key = name.parts.map((part) => part.map(attributeKey).sort().join('+')).join('/')
    keys.set(name, key)
  }
  return key
}

function attributeKey({ type, value }: Attribute): string {
  const folded = value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')
  return `${type}=${JSON.stringify(folded)}`
}

const SHORT = new Map<string, string>([
  [OIDS.commonName, 'CN'],
  [OIDS.countryName, 'C'],
  [OIDS.organizationName, 'O'],
  [OIDS.organizationalUnitName, 'OU'],
  [OIDS.localityName, 'L'],
  [OIDS.stateOrProvinceName, 'ST'],
  [OIDS.serialNumber, 'serialNumber'],
])

/** The name as people write it, root first: `C=DE, O=bund, CN=csca-germany`. */
export function describeName(name: Name): string {
  return name.parts
    .flat()
    .map(
      ({ type, value }) =>
        `${SHORT.get(type) ?? type}=${value.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?')}`,
    )
    .join(', ')
}
