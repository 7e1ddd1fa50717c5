import { FormatError } from '@nansen/formats'
import { inSetOrder, readOctetString, readOid, tags } from '@nansen/formats/der'
import {
  authorityKeyIdentifier,
  type Certificate,
  type Extended,
  encodeSignatureAlgorithm,
  type GeneralName,
  hashLength,
  issuerAltName,
  type Name,
  OIDS,
  parseCertificate,
  parseCrl,
  sealCertificate,
  sealCrl,
  subjectAltName,
} from '@nansen/formats/pki'
import { childrenOf, Fields, readOnly, sameBytes } from '@nansen/formats/tlv'
import { signatureAlgorithmFor } from './algorithms.ts'
import { isCheckpoint, isCosignature } from './checkpoint-text.ts'
import { keyIdentifier } from './key-identifier.ts'
import type { Purpose, SigningKey, SigningRefusalCode } from './signing.ts'
import { specimenCode } from './states.ts'

/**
 * What the keys of each purpose sign, recognised by the bytes alone. The key service believes nobody about what it is
 * given: whoever takes over the office can have papers signed, and no certificates, and none of another state. P5
 */
const MAY_SIGN: Readonly<Record<Purpose, (bytes: Uint8Array, key: SigningKey) => boolean>> = {
  csca: (bytes, key) => isOwnCertificate(bytes, key) || isOwnCrl(bytes, key),
  'document-signer': (bytes, key) => areSignedAttributes(bytes, OIDS.ldsSecurityObject, key),
  'master-list-signer': (bytes, key) => areSignedAttributes(bytes, OIDS.cscaMasterList, key),
  log: isCheckpoint,
  witness: isCosignature,
}

/**
 * Why a key must not sign these bytes; `undefined` where it may. Asked just before every signature, and nowhere else.
 */
export function mustNotSign(key: SigningKey, bytes: Uint8Array): SigningRefusalCode | undefined {
  if (specimenCode(key.state) === undefined) return 'key.real-state'
  return MAY_SIGN[key.purpose](bytes, key) ? undefined : 'key.foreign-purpose'
}

/** Any signature: what matters is what stands around it. */
const NO_SIGNATURE = new Uint8Array(1)

/** A certificate that this key issues, for its own state. [9303-12 §7.1.1] */
function isOwnCertificate(bytes: Uint8Array, key: SigningKey): boolean {
  return reads(() => {
    const certificate = parseCertificate(sealCertificate({ toBeSigned: bytes }, NO_SIGNATURE))
    return (
      sameBytes(certificate.toBeSigned, bytes) &&
      isIssuedBy(certificate, key) &&
      isOfState(certificate.subject, key.state) &&
      namesAreOfState(certificate, key.state)
    )
  })
}

/** A revocation list that this key issues. [9303-12 §7.1.4] */
function isOwnCrl(bytes: Uint8Array, key: SigningKey): boolean {
  return reads(() => {
    const crl = parseCrl(sealCrl({ toBeSigned: bytes }, NO_SIGNATURE))
    return (
      sameBytes(crl.toBeSigned, bytes) &&
      crl.unusable.length === 0 &&
      isIssuedBy(crl, key) &&
      namesAreOfState(crl, key.state)
    )
  })
}

/** The issuer's name, the identifier of its key and the algorithm are this key's. [RFC5280 §4.2.1.1] */
function isIssuedBy(
  issued: Pick<Certificate, 'issuer' | 'signatureAlgorithm'> & Extended,
  key: SigningKey,
): boolean {
  const algorithm = signatureAlgorithmFor(key.algorithm)
  const named = authorityKeyIdentifier(issued)
  return (
    isOfState(issued.issuer, key.state) &&
    named !== undefined &&
    sameBytes(named, keyIdentifier(key.publicKey)) &&
    algorithm !== undefined &&
    sameBytes(issued.signatureAlgorithm.encoded, encodeSignatureAlgorithm(algorithm))
  )
}

/** One country, written as the profile says: what another reader might take for another state is refused. */
function isOfState(name: Name, state: string): boolean {
  const countries = name.parts.flat().filter(({ type }) => type === OIDS.countryName)
  return countries.length === 1 && countries[0]!.value === state
}

/** The state's code in the zone stands in the alternative names; a former name has the country. [9303-12 §7.1.1.2] */
function namesAreOfState(issued: Extended, state: string): boolean {
  const names = [...(subjectAltName(issued) ?? []), ...(issuerAltName(issued) ?? [])]
  return names.every((name) => isOfStateOrNone(name, state))
}

const isOfStateOrNone = (name: GeneralName, state: string): boolean =>
  name.kind !== 'directory' ||
  name.name.parts
    .flat()
    .every(
      ({ type, value }) =>
        (type !== OIDS.countryName || value === state) &&
        (type !== OIDS.localityName || value === specimenCode(state)),
    )

/**
 * ```asn1
 * SignedAttributes ::= SET SIZE (1..MAX) OF SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF ANY }
 * ```
 * In the order of DER, with the content type asked for, a message digest, and at the most a signing time.
 * [RFC5652 §5.3, §11]
 */
function areSignedAttributes(bytes: Uint8Array, contentType: string, key: SigningKey): boolean {
  return reads(() => {
    const values = signedAttributeValues(bytes)
    const type = values?.get(OIDS.contentType)
    const digest = values?.get(OIDS.messageDigest)
    const algorithm = signatureAlgorithmFor(key.algorithm)
    if (type === undefined || digest === undefined || algorithm === undefined) return false
    return readOid(type) === contentType && readOctetString(digest).length === hashLength(algorithm.hash)
  })
}

/** The attributes by their type, each with its one value; `undefined` for a set that is not in order or has others. @throws FormatError */
export function signedAttributeValues(
  bytes: Uint8Array,
): ReadonlyMap<string, ReturnType<typeof readOnly>> | undefined {
  const set = readOnly(bytes)
  if (set.tag !== tags.SET) return undefined
  const attributes = childrenOf(set, 8)
  if (!inSetOrder(attributes)) return undefined
  const values = new Map<string, ReturnType<typeof readOnly>>()
  for (const attribute of attributes) {
    const fields = new Fields(attribute, 'RFC5652 §5.3', tags.SEQUENCE)
    const type = readOid(fields.take(tags.OID))
    const [value, ...more] = childrenOf(fields.take(tags.SET), 2)
    fields.end()
    if (value === undefined || more.length > 0 || values.has(type) || !KNOWN_ATTRIBUTES.has(type))
      return undefined
    values.set(type, value)
  }
  return values
}

const KNOWN_ATTRIBUTES: ReadonlySet<string> = new Set([
  OIDS.contentType,
  OIDS.messageDigest,
  OIDS.signingTime,
])

/** What cannot be read is not what is asked for. */
function reads(look: () => boolean): boolean {
  try {
    return look()
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}
