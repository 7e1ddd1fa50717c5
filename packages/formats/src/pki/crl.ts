import {
  integerOctets,
  readBitStringOctets,
  readSmallInteger,
  readTime,
  readUnsigned,
  smallInteger,
  tags,
} from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { type Element, Fields, hex, readElement, readOnly } from '../tlv/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier, sameAlgorithm } from './algorithm.ts'
import { type Extension, extensionOf, readExtensionList, readExtensions } from './certificate.ts'
import { readValue } from './extensions.ts'
import { type Name, readName } from './name.ts'
import { OIDS } from './oids.ts'

/** Octets; more than a hundred times the largest list of a travel document CA. */
export const MAX_CRL = 16 * 1024 * 1024
export const MAX_CRL_ENTRIES = 200_000

/** A certificate revocation list as a view on its bytes. Nothing is verified here. [9303-12 §7.1.4] */
export interface Crl {
  readonly encoded: Uint8Array
  /** The profile has version 2 only; lint reports the other. */
  readonly version: 1 | 2
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  /** How many entries it has. */
  readonly entryCount: number
  /** The entries as they stand, possibly none (which lint reports), each of them checked; ask {@link revocationOf} about one. */
  readonly entries: Element | undefined
  readonly extensions: readonly Extension[]
  /** The bytes of tBSCertList, as signed. */
  readonly toBeSigned: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /**
   * Why this list must not be used to say that a certificate is, or is not, revoked: it says something this
   * reader does not understand, or covers only a part. Empty for every list of the profile.
   */
  readonly unusable: readonly CrlLimit[]
}

/** A reason for which a list is readable, and yet its silence about a certificate proves nothing. */
export interface CrlLimit {
  readonly code:
    | 'crl.critical-extension' // the profile has no extension that is critical [9303-12 table 10] [RFC5280 §5.2]
    | 'crl.entry-critical-extension' // the same, in an entry [RFC5280 §5.3]
    | 'crl.delta' // only what changed since another list
    | 'crl.partitioned' // only a part of the certificates, by issuing distribution point
    | 'crl.indirect' // entries for certificates of other issuers
  readonly at: number
  readonly cites: string
}

/** One line of a revocation list. */
export interface Revocation {
  readonly serialHex: string
  readonly date: Date
  /** The number of the reason code; the profile has none. [RFC5280 §5.3.1] */
  readonly reason: number | undefined
}

/**
 * ```asn1
 * CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
 * TBSCertList ::= SEQUENCE {
 *   version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time OPTIONAL,
 *   revokedCertificates SEQUENCE OF SEQUENCE {
 *     userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL } OPTIONAL,
 *   crlExtensions [0] Extensions OPTIONAL }
 * ```
 * DER, strict. Every entry is read once here, so that looking one up later cannot fail; the index is made
 * when it is first asked. [RFC5280 §5.1]
 * @throws FormatError pki.*, tlv.*, der.*
 */
export function parseCrl(bytes: Uint8Array): Crl {
  if (bytes.length > MAX_CRL) throw new FormatError('pki.crl-too-large', 0, '9303-12 §7.1.4')
  const outer = new Fields(readOnly(bytes), 'RFC5280 §5.1', tags.SEQUENCE)
  const list = outer.take(tags.SEQUENCE)
  const signatureAlgorithm = readAlgorithmIdentifier(outer.take(tags.SEQUENCE))
  const signature = readBitStringOctets(outer.take(tags.BIT_STRING))
  outer.end()

  const fields = new Fields(list, 'RFC5280 §5.1')
  const version = readVersion(fields)
  const innerAlgorithm = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  if (!sameAlgorithm(innerAlgorithm, signatureAlgorithm))
    throw new FormatError('pki.algorithm-mismatch', innerAlgorithm.at, 'RFC5280 §5.1.1.2')
  const issuer = readName(fields.take(tags.SEQUENCE))
  const thisUpdate = readTime(fields.any())
  const next = fields.peek()
  const hasNext = next?.tag === tags.UTC_TIME || next?.tag === tags.GENERALIZED_TIME
  const nextUpdate = hasNext ? readTime(fields.any()) : undefined
  const entries = fields.optional(tags.SEQUENCE)
  const wrapper = version === 2 ? fields.optional(tags.contextConstructed(0)) : undefined
  const extensions = wrapper === undefined ? [] : readExtensions(wrapper)
  fields.end()

  const unusable = limitsOf(extensions)
  let entryCount = 0
  if (entries !== undefined) {
    forEachEntry(entries, (entry) => {
      if (++entryCount > MAX_CRL_ENTRIES)
        throw new FormatError('tlv.too-many', entry.start, 'RFC5280 §5.1.2.6')
      checkEntry(entry, version, unusable)
    })
  }
  return {
    encoded: bytes,
    version,
    issuer,
    thisUpdate,
    nextUpdate,
    entryCount,
    entries,
    extensions,
    toBeSigned: list.encoded,
    signatureAlgorithm,
    signature,
    unusable,
  }
}

function readVersion(fields: Fields): 1 | 2 {
  const element = fields.optional(tags.INTEGER)
  if (element === undefined) return 1
  if (readSmallInteger(element) !== 1) throw new FormatError('pki.version', element.start, 'RFC5280 §5.1.2.1')
  return 2
}

function limitsOf(extensions: readonly Extension[]): CrlLimit[] {
  const limits: CrlLimit[] = []
  for (const { oid, critical, at } of extensions) {
    if (oid === OIDS.deltaCrlIndicator) limits.push({ code: 'crl.delta', at, cites: '9303-12 table 10' })
    else if (oid === OIDS.issuingDistributionPoint)
      limits.push({ code: 'crl.partitioned', at, cites: '9303-12 table 10' })
    else if (critical) limits.push({ code: 'crl.critical-extension', at, cites: 'RFC5280 §5.2' })
  }
  return limits
}

const KNOWN_IN_ENTRY: ReadonlySet<string> = new Set([
  OIDS.reasonCode,
  OIDS.invalidityDate,
  OIDS.holdInstructionCode,
])

/** Each entry, as its SEQUENCE. */
export function forEachEntry(entries: Element, visit: (entry: Element) => void): void {
  const { input, contentEnd, rules, depth } = entries
  for (let at = entries.contentStart; at < contentEnd; ) {
    const entry = readElement(input, at, contentEnd, rules, depth + 1)
    visit(entry)
    at = entry.end
  }
}

function checkEntry(entry: Element, version: 1 | 2, unusable: CrlLimit[]): void {
  if (entry.tag !== tags.SEQUENCE)
    throw new FormatError('tlv.unexpected-tag', entry.start, 'RFC5280 §5.1.2.6')
  const fields = new Fields(entry, 'RFC5280 §5.1.2.6')
  integerOctets(fields.take(tags.INTEGER))
  readTime(fields.any())
  const list = version === 2 ? fields.optional(tags.SEQUENCE) : undefined
  fields.end()
  if (list === undefined) return
  for (const extension of readExtensionList(list)) {
    const { oid, critical, at } = extension
    if (oid === OIDS.reasonCode) readReason(extension)
    // One finding of a kind is enough: a crafted list would else grow a hundred thousand of them.
    const limit: CrlLimit | undefined =
      oid === OIDS.certificateIssuer
        ? { code: 'crl.indirect', at, cites: '9303-12 table 10' }
        : critical && !KNOWN_IN_ENTRY.has(oid)
          ? { code: 'crl.entry-critical-extension', at, cites: 'RFC5280 §5.3' }
          : undefined
    if (limit !== undefined && !unusable.some(({ code }) => code === limit.code)) unusable.push(limit)
  }
}

/** `CRLReason ::= ENUMERATED` [RFC5280 §5.3.1] */
const readReason = (extension: Extension): number =>
  readValue(extension, 'RFC5280 §5.3.1', (value) => {
    if (value.tag !== tags.ENUMERATED)
      throw new FormatError('tlv.unexpected-tag', value.start, 'RFC5280 §5.3.1')
    return smallInteger(value)
  })

/** Where each serial number stands, made when first asked. */
const indexes = new WeakMap<Crl, ReadonlyMap<string, number>>()

function indexOf(crl: Crl): ReadonlyMap<string, number> {
  let index = indexes.get(crl)
  if (index === undefined) {
    const made = new Map<string, number>()
    if (crl.entries !== undefined)
      forEachEntry(crl.entries, (entry) => {
        const serial = hex(new Fields(entry, 'RFC5280 §5.1.2.6').any().content)
        if (!made.has(serial)) made.set(serial, entry.start)
      })
    indexes.set(crl, made)
    index = made
  }
  return index
}

/**
 * The line that revokes a certificate, or `undefined`. What its absence means depends on `unusable`, on
 * {@link crlCovers} and on the signature.
 * @param serial the octets of the certificate's INTEGER
 */
export const revocationOf = (crl: Crl, serial: Uint8Array): Revocation | undefined =>
  revocationAt(crl, hex(serial))

function revocationAt(crl: Crl, serialHex: string): Revocation | undefined {
  const at = indexOf(crl).get(serialHex)
  const { entries } = crl
  if (at === undefined || entries === undefined) return undefined
  const fields = new Fields(
    readElement(entries.input, at, entries.contentEnd, entries.rules, entries.depth + 1),
    'RFC5280 §5.1.2.6',
  )
  fields.any()
  const date = readTime(fields.any())
  const list = fields.optional(tags.SEQUENCE)
  const reason = list && readExtensionList(list).find(({ oid }) => oid === OIDS.reasonCode)
  return { serialHex, date, reason: reason && readReason(reason) }
}

/** Whether a list names this serial number; see {@link revocationOf}. */
export const isRevoked = (crl: Crl, serial: Uint8Array): boolean => indexOf(crl).has(hex(serial))

/** Every line, in the order of the list; a serial number named twice counts once. */
export const revocationsOf = (crl: Crl): readonly Revocation[] =>
  [...indexOf(crl).keys()].flatMap((serialHex) => revocationAt(crl, serialHex) ?? [])

/** The list's number, big-endian; a later list has a higher one. [RFC5280 §5.2.3] @throws FormatError pki.extension-value */
export function crlNumber(crl: Crl): Uint8Array | undefined {
  const extension = extensionOf(crl, OIDS.crlNumber)
  return extension && readValue(extension, 'RFC5280 §5.2.3', (value) => readUnsigned(value, 64))
}
