import { parseSignedData, type SignedData, type SignerInfo } from '@nansen/formats/cms'
import { write as der, tags } from '@nansen/formats/der'
import { encodeLdsSecurityObject, type LdsSecurityObject, parseSod } from '@nansen/formats/lds'
import {
  type Certificate,
  type Extension,
  encodeEcPublicKey,
  encodeRsaPublicKey,
  encodeSignatureAlgorithm,
  type Name,
  OIDS,
  parseAlgorithmIdentifier,
  parseCertificate,
  parseCrl,
  parseMasterList,
  parsePublicKey,
  readName,
  revocationsOf,
  signatureAlgorithmOf,
} from '@nansen/formats/pki'
import {
  childrenOf,
  concat,
  type Element,
  encodeElement,
  Fields,
  type Rules,
  readElement,
  readOnly,
  sameBytes,
} from '@nansen/formats/tlv'

const BER: Rules = { lengths: 'ber' }

/** What was read, written again from what the reader gave. */
export interface Again {
  readonly bytes: Uint8Array
  /** Why the bytes may be others: encodings that are read besides the one that is written. */
  readonly tolerated: readonly string[]
}

const same = (bytes: Uint8Array): Again => ({ bytes, tolerated: [] })

/** Each reader with the way back. A way throws the FormatError of its reader for what it does not read. */
export const AGAIN: Readonly<Record<string, (bytes: Uint8Array) => Again>> = {
  tree: (bytes) => same(treeAgain(readOnly(bytes))),
  name: (bytes) => same(nameAgain(readName(readOnly(bytes)))),
  'public key': publicKeyAgain,
  'signature algorithm': algorithmAgain,
  certificate: certificateAgain,
  'revocation list': crlAgain,
  'signed message': (bytes) => signedDataAgain(parseSignedData(bytes), readOnly(bytes)),
  'master list': masterListAgain,
  'security object': sodAgain,
}

/**
 * Whether reading and writing gave the input; or, where something is listed that is read besides, gave what
 * reading and writing gives again.
 */
export function isAgain(way: (bytes: Uint8Array) => Again, input: Uint8Array): boolean {
  const { bytes, tolerated } = way(input)
  if (tolerated.length === 0) return sameBytes(bytes, input)
  return sameBytes(way(bytes).bytes, bytes)
}

const treeAgain = (element: Element): Uint8Array =>
  element.constructed
    ? encodeElement(element.tag, ...childrenOf(element).map(treeAgain))
    : encodeElement(element.tag, element.content)

function nameAgain({ parts }: Name): Uint8Array {
  const text = (value: string, stringType: number): Uint8Array => {
    if (stringType === tags.UTF8_STRING) return new TextEncoder().encode(value)
    if (stringType === tags.BMP_STRING) return new Uint8Array(Buffer.from(value, 'utf16le').swap16())
    return new Uint8Array(Buffer.from(value, 'latin1'))
  }
  return der.sequence(
    ...parts.map((part) =>
      encodeElement(
        tags.SET,
        ...part.map(({ type, value, stringType }) =>
          der.sequence(der.oid(type), encodeElement(stringType, text(value, stringType))),
        ),
      ),
    ),
  )
}

/** Only positive numbers are written; one below zero is met, and is left as it is. */
const integerAgain = (octets: Uint8Array): Uint8Array =>
  octets[0]! < 0x80 ? der.unsigned(octets) : encodeElement(tags.INTEGER, octets)

function publicKeyAgain(bytes: Uint8Array): Again {
  const key = parsePublicKey(bytes)
  switch (key.kind) {
    case 'ec': {
      const again = encodeEcPublicKey(key.curve, key.point, key.parameters)
      const tolerated = key.parameters === 'explicit' ? oddParameters(bytes, key.curve.size) : []
      return { bytes: again, tolerated }
    }
    case 'rsa': {
      const { parameters, oid } = parseAlgorithmIdentifier(childrenOf(readOnly(bytes))[0]!.encoded)
      const tolerated = oid === OIDS.rsaPss || parameters?.tag !== tags.NULL ? ['an algorithm of RSA'] : []
      return { bytes: encodeRsaPublicKey(key.modulus, key.exponent), tolerated }
    }
    default:
      return same(key.encoded)
  }
}

/** What explicit parameters may have besides the form that is written. [SEC1 §C.2] */
function oddParameters(bytes: Uint8Array, size: number): string[] {
  const [algorithm] = childrenOf(readOnly(bytes))
  const [version, , curve, base, , cofactor] = childrenOf(childrenOf(algorithm!)[1]!)
  const [a, b, seed] = childrenOf(curve!)
  return [
    ...(version!.content[0] === 1 ? [] : ['another version']),
    ...(seed === undefined ? [] : ['a seed']),
    ...(a!.length === size && b!.length === size ? [] : ['coefficients of another length']),
    ...(base!.content[0] === 4 ? [] : ['a compressed base point']),
    ...(cofactor === undefined ? ['no cofactor'] : []),
  ]
}

function algorithmAgain(bytes: Uint8Array): Again {
  const identifier = parseAlgorithmIdentifier(bytes)
  const algorithm = signatureAlgorithmOf(identifier)
  if (algorithm === undefined) return same(identifier.encoded)
  const again = encodeSignatureAlgorithm(algorithm)
  // NULL where it is left out and the other way round; a default of PSS written out.
  const tolerated = sameBytes(again, bytes) ? [] : ['parameters of another form']
  return { bytes: again, tolerated }
}

const extensionsAgain = (extensions: readonly Extension[]): Uint8Array =>
  der.sequence(
    ...extensions.map(({ oid, critical, value }) =>
      der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value)),
    ),
  )

const defaultsIn = (extensions: readonly Extension[]): string[] =>
  extensions.some(({ defaultWritten }) => defaultWritten) ? ['critical FALSE written'] : []

/** Dates before 2050 in the form for those after. */
const timesIn = (...times: readonly Element[]): string[] =>
  times.some(
    ({ tag, content }) => tag === tags.GENERALIZED_TIME && content[0] === 0x32 && content[1]! < 0x30 + 5,
  )
    ? ['a time in four digits of year']
    : []

function certificateAgain(bytes: Uint8Array): Again {
  const certificate = parseCertificate(bytes)
  const [tbs] = childrenOf(readOnly(bytes))
  const fields = new Fields(tbs!, 'RFC5280 §4.1')
  fields.optional(tags.contextConstructed(0))
  fields.any()
  const algorithm = fields.any().encoded
  fields.any()
  const times = childrenOf(fields.any())
  fields.any()
  fields.any()
  const uniqueIdentifiers = [1, 2].flatMap((n) => fields.optional(tags.contextPrimitive(n)) ?? [])
  const body = certificateBody(certificate, algorithm)
  return {
    bytes: der.sequence(body, certificate.signatureAlgorithm.encoded, der.bitString(certificate.signature)),
    tolerated: [
      ...defaultsIn(certificate.extensions),
      ...timesIn(...times),
      ...(uniqueIdentifiers.length > 0 ? ['unique identifiers'] : []),
    ],
  }
}

function certificateBody(certificate: Certificate, algorithm: Uint8Array): Uint8Array {
  const { version, serial, issuer, subject, publicKey, extensions } = certificate
  return der.sequence(
    ...(version === 1 ? [] : [der.context(0, der.integer(version - 1))]),
    integerAgain(serial),
    algorithm,
    nameAgain(issuer),
    der.sequence(der.time(certificate.notBefore), der.time(certificate.notAfter)),
    nameAgain(subject),
    publicKey.encoded,
    ...(extensions.length === 0 ? [] : [der.context(3, extensionsAgain(extensions))]),
  )
}

function crlAgain(bytes: Uint8Array): Again {
  const crl = parseCrl(bytes)
  const [list] = childrenOf(readOnly(bytes))
  const fields = childrenOf(list!)
  const algorithm = fields[crl.version - 1]!
  const entries = fields.find((field, i) => i > crl.version + 1 && field.tag === tags.SEQUENCE)
  const lines = entries === undefined ? [] : childrenOf(entries, 200_000)
  const revocations = revocationsOf(crl)
  const reasonOf = (reason: number) =>
    der.sequence(
      der.sequence(
        der.oid(OIDS.reasonCode),
        der.octetString(encodeElement(tags.ENUMERATED, der.integer(reason).subarray(2))),
      ),
    )
  const again = der.sequence(
    ...(crl.version === 2 ? [der.integer(1)] : []),
    algorithm.encoded,
    nameAgain(crl.issuer),
    der.time(crl.thisUpdate),
    ...(crl.nextUpdate === undefined ? [] : [der.time(crl.nextUpdate)]),
    ...(entries === undefined
      ? []
      : [
          der.sequence(
            ...revocations.map(({ serialHex, date, reason }) =>
              der.sequence(
                integerAgain(new Uint8Array(Buffer.from(serialHex, 'hex'))),
                der.time(date),
                ...(reason === undefined ? [] : [reasonOf(reason)]),
              ),
            ),
          ),
        ]),
    ...(crl.extensions.length === 0 ? [] : [der.context(0, extensionsAgain(crl.extensions))]),
  )
  const times = [...fields, ...lines.flatMap((line) => childrenOf(line))]
  const moreThanReason = lines.some((line) => {
    const extensions = childrenOf(line)[2]
    if (extensions === undefined) return false
    const each = childrenOf(extensions).map((extension) => childrenOf(extension))
    return (
      each.length !== 1 || each[0]!.length !== 2 || !sameBytes(each[0]![0]!.encoded, der.oid(OIDS.reasonCode))
    )
  })
  return {
    bytes: der.sequence(again, crl.signatureAlgorithm.encoded, der.bitString(crl.signature)),
    tolerated: [
      ...defaultsIn(crl.extensions),
      ...timesIn(...times),
      ...(revocations.length === crl.entryCount ? [] : ['a certificate revoked twice']),
      ...(moreThanReason ? ['an entry with other extensions than a reason'] : []),
    ],
  }
}

function signedDataAgain(message: SignedData, contentInfo: Element): Again {
  const { version, digestAlgorithms, contentType, content, certificates, hasCrls, signers } = message
  const inside = der.sequence(
    der.integer(version),
    encodeElement(tags.SET, ...digestAlgorithms.map(({ encoded }) => encoded)),
    der.sequence(der.oid(contentType), der.context(0, der.octetString(content))),
    ...(certificates.length === 0 ? [] : [der.context(0, ...certificates)]),
    encodeElement(tags.SET, ...signers.map(signerAgain)),
  )
  return {
    bytes: der.sequence(der.oid(OIDS.signedData), der.context(0, inside)),
    tolerated: [...(hasCrls ? ['revocation lists inside'] : []), ...besides(contentInfo)],
  }
}

/** Parts of a signed message that its reader passes over. */
function besides(contentInfo: Element): string[] {
  const [message] = childrenOf(childrenOf(contentInfo)[1]!)
  const parts = childrenOf(message!)
  const emptySet = parts.some(({ tag, length }) => tag === tags.contextConstructed(0) && length === 0)
  const unsigned = childrenOf(parts.at(-1)!).some(
    (signer) => childrenOf(signer).at(-1)!.tag === tags.contextConstructed(1),
  )
  return [...(emptySet ? ['an empty set of certificates'] : []), ...(unsigned ? ['unsigned attributes'] : [])]
}

function signerAgain(signer: SignerInfo): Uint8Array {
  const { version, sid, digestAlgorithm, signedAttributes, signatureAlgorithm, signature } = signer
  const attributes = signedAttributes?.toBeSigned.slice()
  if (attributes !== undefined) attributes[0] = tags.contextConstructed(0)
  return der.sequence(
    der.integer(version),
    sid.by === 'key-identifier'
      ? der.implicit(0, sid.keyIdentifier)
      : der.sequence(nameAgain(sid.issuer), integerAgain(sid.serial)),
    digestAlgorithm.encoded,
    ...(attributes === undefined ? [] : [attributes]),
    signatureAlgorithm.encoded,
    der.octetString(signature),
  )
}

function masterListAgain(bytes: Uint8Array): Again {
  const { certificates, signedData } = parseMasterList(bytes)
  const content = der.sequence(der.integer(0), encodeElement(tags.SET, concat(...certificates)))
  return signedDataAgain({ ...signedData, content }, readOnly(bytes))
}

function sodAgain(bytes: Uint8Array): Again {
  const { securityObject, signedData, deviations } = parseSod(bytes)
  const odd: string[] = deviations.map(({ code }) => code)
  const ber = readElement(bytes, 0, bytes.length, BER)
  const message = signedDataAgain(
    { ...signedData, content: securityObjectAgain(securityObject, signedData.content, odd) },
    childrenOf(ber)[0]!,
  )
  return { bytes: encodeElement(0x77, message.bytes), tolerated: [...odd, ...message.tolerated] }
}

/** @param odd told what the content has besides the form that is written */
function securityObjectAgain(object: LdsSecurityObject, content: Uint8Array, odd: string[]): Uint8Array {
  const [, hashAlgorithm, , versions] = childrenOf(readOnly(content))
  if (childrenOf(hashAlgorithm!).length > 1) odd.push('NULL beside a hash')
  if (versions !== undefined && childrenOf(versions).some(({ tag }) => tag !== tags.PRINTABLE_STRING))
    odd.push('versions in another type of string')
  try {
    return encodeLdsSecurityObject(object)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    odd.push('versions with characters of another type of string')
    return content
  }
}
