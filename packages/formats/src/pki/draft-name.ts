import { isPrintable } from '../der/index.ts'
import * as der from '../der/write.ts'
import { demand } from './demand.ts'
import { OIDS } from './oids.ts'

/** A distinguished name to be written; the parts come out in this order, the country first. */
export interface DraftName {
  /** Two upper-case letters of [9303-3 §5]. */
  readonly country: string
  readonly organization?: string
  readonly organizationalUnit?: string
  readonly commonName: string
  /** The attribute of this name, not the certificate's number; some states count their CSCA keys with it. */
  readonly serialNumber?: string
}

/**
 * PrintableString where its characters suffice, UTF8String where they do not; the country and the serial
 * number are always PrintableString. [9303-12 §7.1.1.1] [9303-12 table 5]
 * @throws RangeError for a country that is not two upper-case letters, or an empty part
 */
export function encodeName(name: DraftName): Uint8Array {
  demand(/^[A-Z]{2}$/.test(name.country), 'country: two upper-case letters [9303-12 §7.1.1.1]')
  const parts = [attribute(OIDS.countryName, der.printableString(name.country))]
  const add = (oid: string, text: string | undefined): void => {
    if (text !== undefined) parts.push(attribute(oid, directoryString(text)))
  }
  add(OIDS.organizationName, name.organization)
  add(OIDS.organizationalUnitName, name.organizationalUnit)
  add(OIDS.commonName, name.commonName)
  if (name.serialNumber !== undefined)
    parts.push(attribute(OIDS.serialNumber, der.printableString(name.serialNumber)))
  return der.sequence(...parts)
}

/** Where a certificate's issuer or subject can be reached, and the state it stands for. [9303-12 §7.1.1.2] */
export interface DraftAlternativeName {
  /** The code of the issuing state or organisation as it stands in the MRZ: `UTO`, `D`. */
  readonly state: string
  /** The three-letter code of the issuer, where `state` stands for more than one: `HKG` under `CHN`. */
  readonly issuer?: string
  readonly email?: string
  readonly dns?: string
  readonly uri?: string
}

/**
 * `GeneralNames`: how to reach the holder, then the directory name made of codes. [9303-12 §7.1.1.2]
 * @throws RangeError for codes that no MRZ has
 */
export function encodeAlternativeName(name: DraftAlternativeName): Uint8Array {
  demand(/^[A-Z]{1,3}$/.test(name.state), 'state: a code as in the MRZ [9303-12 §7.1.1.2]')
  const codes = [attribute(OIDS.localityName, der.printableString(name.state))]
  if (name.issuer !== undefined) {
    demand(/^[A-Z]{3}$/.test(name.issuer), 'issuer: a three-letter code [9303-12 §7.1.1.2]')
    codes.push(attribute(OIDS.stateOrProvinceName, der.printableString(name.issuer)))
  }
  const parts: Uint8Array[] = []
  if (name.email !== undefined) parts.push(der.implicit(1, ascii(name.email)))
  if (name.dns !== undefined) parts.push(der.implicit(2, ascii(name.dns)))
  if (name.uri !== undefined) parts.push(der.implicit(6, ascii(name.uri)))
  parts.push(der.context(4, der.sequence(...codes)))
  return der.sequence(...parts)
}

/** The octets of an IA5String, for a place where its tag is replaced. @throws RangeError outside ASCII or empty */
export function ascii(text: string): Uint8Array {
  demand(/^[\x21-\x7e]+$/.test(text), 'address: visible ASCII characters [RFC5280 §4.2.1.6]')
  return new TextEncoder().encode(text)
}

const attribute = (oid: string, value: Uint8Array): Uint8Array => der.setOf(der.sequence(der.oid(oid), value))

function directoryString(text: string): Uint8Array {
  demand(text.length > 0 && text.length <= 64, 'name: one to 64 characters [RFC5280 appendix A.1]')
  return isPrintable(text) ? der.printableString(text) : der.utf8String(text)
}
