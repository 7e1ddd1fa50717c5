import * as der from '../der/write.ts'
import { demand } from './demand.ts'
import { ascii } from './draft-name.ts'
import { type KeyUsage, keyUsageBit } from './extensions.ts'
import { OIDS } from './oids.ts'

/** An extension to be written; `value` is the encoding of the extension's own type. */
export interface DraftExtension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

/** `Extensions`; `critical FALSE` is the default and is left out. [RFC5280 §4.1] [X.690 §11.5] */
export const encodeExtensions = (extensions: readonly DraftExtension[]): Uint8Array =>
  der.sequence(...extensions.map(encodeExtension))

const encodeExtension = ({ oid, critical, value }: DraftExtension): Uint8Array =>
  critical
    ? der.sequence(der.oid(oid), der.boolean(true), der.octetString(value))
    : der.sequence(der.oid(oid), der.octetString(value))

const plain = (oid: string, value: Uint8Array): DraftExtension => ({ oid, critical: false, value })
const critical = (oid: string, value: Uint8Array): DraftExtension => ({ oid, critical: true, value })

/** [RFC5280 §4.2.1.1] @param keyIdentifier that of the key that signs */
export const authorityKeyIdentifier = (keyIdentifier: Uint8Array): DraftExtension =>
  plain(OIDS.authorityKeyIdentifier, der.sequence(der.implicit(0, keyIdentifier)))

/**
 * [RFC5280 §4.2.1.2]
 * @param keyIdentifier as the caller computed it (this room has no hash), usually SHA-1 of the key's octets
 */
export function subjectKeyIdentifier(keyIdentifier: Uint8Array): DraftExtension {
  demand(keyIdentifier.length > 0 && keyIdentifier.length <= 64, 'keyIdentifier: one to 64 octets')
  return plain(OIDS.subjectKeyIdentifier, der.octetString(keyIdentifier))
}

/** [RFC5280 §4.2.1.3] */
export const keyUsage = (...usages: readonly KeyUsage[]): DraftExtension =>
  critical(OIDS.keyUsage, der.namedBits(...usages.map(keyUsageBit)))

/** When the private key may sign. */
export interface SigningPeriod {
  readonly notBefore: Date
  readonly notAfter: Date
}

/** GeneralizedTime whatever the year, tags replaced. [9303-12 table 6] @throws RangeError where it is turned round */
export function privateKeyUsagePeriod({ notBefore, notAfter }: SigningPeriod): DraftExtension {
  demand(notBefore.getTime() < notAfter.getTime(), 'signingPeriod: begins before it ends')
  const bound = (n: number, date: Date): Uint8Array => {
    const [, , ...digits] = der.generalizedTime(date)
    return der.implicit(n, Uint8Array.from(digits))
  }
  return plain(OIDS.privateKeyUsagePeriod, der.sequence(bound(0, notBefore), bound(1, notAfter)))
}

/** [RFC5280 §4.2.1.4] @param policies object identifiers */
export const certificatePolicies = (policies: readonly string[]): DraftExtension =>
  plain(OIDS.certificatePolicies, der.sequence(...policies.map((policy) => der.sequence(der.oid(policy)))))

/** A CA that certifies no other CA. [9303-12 table 6] */
export const basicConstraints = (): DraftExtension =>
  critical(OIDS.basicConstraints, der.sequence(der.boolean(true), der.integer(0)))

/** [9303-12 §7.1.1.3] */
export const extendedKeyUsage = (...purposes: readonly string[]): DraftExtension =>
  critical(OIDS.extKeyUsage, der.sequence(...purposes.map(der.oid)))

/**
 * One distribution point with a full name for each place. [9303-12 §7.1.1.4]
 * @throws RangeError for no place, or one that is not ldap, http or https
 */
export function crlDistributionPoints(uris: readonly string[]): DraftExtension {
  demand(
    uris.length > 0 && uris.every((uri) => /^(?:ldap|https?):\/\/./.test(uri)),
    'crlUris: at least one, ldap, http or https [9303-12 §7.1.1.4]',
  )
  const point = (uri: string): Uint8Array =>
    der.sequence(der.context(0, der.context(0, der.implicit(6, ascii(uri)))))
  return plain(OIDS.crlDistributionPoints, der.sequence(...uris.map(point)))
}

/** Marks that the CSCA has another name than before. [9303-12 §7.1.1.5] */
export const nameChange = (): DraftExtension => plain(OIDS.nameChange, der.nullValue())

/**
 * Which documents the signer may sign, by the document code of the MRZ; one letter stands for every code
 * that begins with it. [9303-12 §7.1.1.6]
 * @throws RangeError for no code, or one that no MRZ has
 */
export function documentTypeList(types: readonly string[]): DraftExtension {
  demand(
    types.length > 0 &&
      types.every((type) => /^[A-Z]{1,2}$/.test(type)) &&
      new Set(types).size === types.length,
    'documentTypes: codes of one or two letters, each once [9303-12 §7.1.1.6]',
  )
  return plain(
    OIDS.documentTypeList,
    der.sequence(der.integer(0), der.setOf(...types.map(der.printableString))),
  )
}

/** [9303-12 §7.1.1.2] @param names encoded GeneralNames */
export const subjectAltName = (names: Uint8Array): DraftExtension => plain(OIDS.subjectAltName, names)

/** [9303-12 §7.1.1.2] @param names encoded GeneralNames */
export const issuerAltName = (names: Uint8Array): DraftExtension => plain(OIDS.issuerAltName, names)

/** [RFC5280 §5.2.3] @param number not negative, big-endian, at most 20 octets as an INTEGER @throws RangeError */
export function crlNumber(number: Uint8Array): DraftExtension {
  const value = der.unsigned(number)
  demand(value.length <= 22, 'number: at most 20 octets [9303-12 table 10]')
  return plain(OIDS.crlNumber, value)
}
