import type { Drafted } from '../cms/draft.ts'
import { tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { compareBytes, Fields, readOnly, sameBytes } from '../tlv/index.ts'
import { encodeSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts'
import type { Certificate } from './certificate.ts'
import { MAX_CRL_ENTRIES } from './crl.ts'
import { demand } from './demand.ts'
import { encodeSerial, seal } from './draft-certificate.ts'
import {
  authorityKeyIdentifier,
  crlNumber,
  type DraftExtension,
  encodeExtensions,
  issuerAltName,
} from './draft-extensions.ts'
import type { Name } from './name.ts'
import { keyIdentifierOf } from './profiles/signer-content.ts'

/** Everything of a revocation list but the signature. */
export interface CrlContent {
  /** The CSCA's newest certificate: its key signs, whatever key signed the certificates listed. [9303-12 §4.1.4.3] */
  readonly issuer: Certificate
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly thisUpdate: Date
  /** At most 90 days later. [9303-12 §4.1.5] */
  readonly nextUpdate: Date
  /** Higher than that of the list before, big-endian. */
  readonly number: Uint8Array
  /** No reasons: the profile has none, and a reason may say more about a holder than anyone need know. */
  readonly revoked: readonly { readonly serial: Uint8Array; readonly date: Date }[]
  /** Names under which the CSCA issued certificates that are still in use. [9303-12 table 10] */
  readonly formerNames?: readonly Name[]
}

/**
 * A complete revocation list, the entries by serial number; without entries the list of them is left out.
 * [9303-12 §7.1.4] [9303-12 table 9] [9303-12 table 10]
 * @throws RangeError for what the profile does not allow, or a certificate revoked twice
 */
export function draftCrl(content: CrlContent): Drafted<CrlContent> {
  const { issuer, thisUpdate, nextUpdate, formerNames } = content
  demand(thisUpdate.getTime() < nextUpdate.getTime(), 'nextUpdate: after thisUpdate [RFC5280 §5.1.2.5]')
  const entries = encodeEntries(content.revoked)
  const extensions: DraftExtension[] = [
    authorityKeyIdentifier(keyIdentifierOf(issuer)),
    ...(formerNames && formerNames.length > 0 ? [issuerAltName(directoryNames(formerNames))] : []),
    crlNumber(content.number),
  ]
  const toBeSigned = der.sequence(
    der.integer(1),
    encodeSignatureAlgorithm(content.signatureAlgorithm),
    issuer.subject.encoded,
    der.time(thisUpdate),
    der.time(nextUpdate),
    ...(entries.length > 0 ? [der.sequence(joined(entries))] : []),
    der.context(0, encodeExtensions(extensions)),
  )
  return { draft: content, toBeSigned }
}

function encodeEntries(revoked: CrlContent['revoked']): Uint8Array[] {
  demand(revoked.length <= MAX_CRL_ENTRIES, 'revoked: too many for one list')
  const entries = revoked
    .map(({ serial, date }) => ({ serial: encodeSerial(serial), date }))
    .sort((a, b) => compareBytes(a.serial, b.serial))
  for (let i = 1; i < entries.length; i++)
    demand(!sameBytes(entries[i - 1]!.serial, entries[i]!.serial), 'revoked: each certificate once')
  return entries.map(({ serial, date }) => der.sequence(serial, der.time(date)))
}

/** In a loop, because so many cannot all be arguments of one call. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const directoryNames = (names: readonly Name[]): Uint8Array =>
  der.sequence(...names.map((name) => der.context(4, name.encoded)))

/**
 * A signed revocation list, made of the bytes that were signed. [RFC5280 §5.1.1]
 * @throws FormatError tlv.* where the bytes are no TBSCertList
 */
export function sealCrl(
  { toBeSigned }: Pick<Drafted<unknown>, 'toBeSigned'>,
  signature: Uint8Array,
): Uint8Array {
  const fields = new Fields(readOnly(toBeSigned), 'RFC5280 §5.1.2')
  fields.take(tags.INTEGER)
  return seal(toBeSigned, fields.take(tags.SEQUENCE).encoded, signature)
}
