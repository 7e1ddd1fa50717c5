import { FormatError, readable } from '@nansen/formats'
import {
  authorityKeyIdentifier,
  basicConstraints,
  type Certificate,
  extendedKeyUsage,
  hasNameChange,
  type KeyUsage,
  keyUsage,
  OIDS,
  sameName,
  signatureAlgorithmOf,
  subjectKeyIdentifier,
} from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import type { Crypto, SignatureAnswer } from '../crypto/crypto.ts'
import type { Finding, InspectionCode } from '../finding.ts'
import type { Anchor, Anchors } from './anchors.ts'
import { departureOfAnchor, departureOfSigner } from './profile.ts'
import type { Purpose } from './purpose.ts'

/** How a signer's certificate stands towards the anchors. */
export type Standing =
  | { readonly standing: 'anchored'; readonly anchor: Anchor; readonly notes: readonly Finding[] }
  /** Nothing is known against it, and nothing for it. */
  | { readonly standing: 'open'; readonly finding: Finding }
  | { readonly standing: 'refused'; readonly finding: Finding }

const CHAIN = '9303-11 §5.1'

/** Critical extensions whose meaning is carried out here; any other makes a certificate unusable. [RFC5280 §4.2] */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OIDS.keyUsage,
  OIDS.basicConstraints,
  OIDS.extKeyUsage,
  OIDS.privateKeyUsagePeriod,
  OIDS.documentTypeList,
])

/**
 * Exactly one step: a signer's certificate under one trusted certificate. No paths are built, no
 * certificates out of the message are used, and the name alone decides nothing: every trusted certificate of
 * that name is tried, those with the named key first. P24 [9303-11 §5.1] [9303-12 §6.1]
 */
export async function certify(
  signer: Certificate,
  purpose: Purpose,
  anchors: Anchors,
  crypto: Crypto,
): Promise<Standing> {
  const exact = anchors.named(signer.issuer)
  const found = await tryAnchors(signer, purpose, exact, crypto, [])
  if (found.standing !== 'open') return found
  const alike = anchors.namedAlike(signer.issuer).filter((anchor) => !isAmong(anchor, exact))
  if (alike.length === 0) return found
  const spelled = await tryAnchors(signer, purpose, alike, crypto, [
    note('chain.anchor-name-differs', 'RFC5280 §7.1'),
  ])
  return spelled.standing === 'open' ? found : spelled
}

const note = (code: InspectionCode, cites: string): Finding => ({ code, where: 'signer certificate', cites })
const isAmong = (anchor: Anchor, list: readonly Anchor[]): boolean =>
  list.some((other) => other.certificate === anchor.certificate)

async function tryAnchors(
  signer: Certificate,
  purpose: Purpose,
  candidates: readonly Anchor[],
  crypto: Crypto,
  notes: readonly Finding[],
): Promise<Standing> {
  const named = keyNamedBy(signer)
  const isNamed = ({ certificate }: Anchor) => named !== undefined && hasKey(certificate, named)
  // A root and its link certificate hold the same key under the same name; each is tried, because they differ
  // in what they allow and how long they live: the longest first, because the key lives as long as any of them says.
  const end = ({ certificate }: Anchor) => certificate.notAfter.getTime()
  const ordered = [...candidates].sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)) || end(b) - end(a))
  let refused: Finding | undefined
  let open: Finding | undefined
  let unsupported = false
  for (const anchor of ordered) {
    const answer = await signedBy(signer, anchor.certificate, crypto)
    if (answer === 'unsupported') unsupported = true
    if (answer === 'invalid' && isNamed(anchor)) refused ??= note('chain.signature-wrong', CHAIN)
    if (answer !== 'valid') continue
    const unfit = unfitAsSigner(signer, purpose)
    const departs =
      unfitAsAnchor(signer, purpose, anchor.certificate) ??
      departureOfSigner(signer, purpose) ??
      departureOfAnchor(anchor.certificate)
    if (unfit === undefined && departs === undefined)
      return { standing: 'anchored', anchor, notes: [...notes, ...remarks(signer)] }
    // A link that is not as it should be proves nothing against the authority, whose former key did sign it:
    // one real list has two dozen, most to a new name that they do not mark as one.
    if (unfit !== undefined && purpose.role === 'signer') refused = unfit
    else open ??= unfit ?? departs
  }
  if (refused !== undefined) return { standing: 'refused', finding: refused }
  open ??= note(unsupported ? 'chain.unsupported' : 'chain.no-anchor', CHAIN)
  return { standing: 'open', finding: open }
}

/** Whether `certificate` was signed with the key in `issuer`. */
export function signedBy(
  certificate: Certificate,
  issuer: Certificate,
  crypto: Crypto,
): SignatureAnswer | Promise<SignatureAnswer> {
  try {
    const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm)
    if (algorithm === undefined) return 'unsupported'
    return crypto.verify(algorithm, issuer.publicKey, certificate.toBeSigned, certificate.signature)
  } catch (error) {
    if (error instanceof FormatError) return 'unsupported'
    throw error
  }
}

export function keyNamedBy(certificate: Certificate): Uint8Array | undefined {
  return readable(() => authorityKeyIdentifier(certificate))
}

export function hasKey(certificate: Certificate, keyIdentifier: Uint8Array): boolean {
  const own = readable(() => subjectKeyIdentifier(certificate))
  return own !== undefined && sameBytes(own, keyIdentifier)
}

/** Why a certificate may not sign for this purpose, whoever issued it. [9303-12 §7.1] */
function unfitAsSigner(signer: Certificate, purpose: Purpose): Finding | undefined {
  try {
    if (signer.extensions.some(({ critical, oid }) => critical && !UNDERSTOOD.has(oid)))
      return note('chain.critical-extension', 'RFC5280 §4.2')
    const usage = keyUsage(signer)
    const authority = basicConstraints(signer)?.ca === true
    if (purpose.role === 'authority')
      return authority && usage?.includes('keyCertSign')
        ? undefined
        : note('chain.purpose', '9303-12 table 6')
    const wanted = purpose.extendedKeyUsage
    if (authority || !maySign(usage, wanted)) return note('chain.purpose', '9303-12 table 6')
    const extended = extendedKeyUsage(signer)
    if (wanted === undefined ? extended !== undefined : !extended?.includes(wanted))
      return note('chain.purpose', '9303-12 §7.1.1.3')
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return note('chain.certificate', error.cites)
    throw error
  }
}

/** The profile of seal signers has no key usage beside the extended one. [9303-12 table 8] */
function maySign(usage: readonly KeyUsage[] | undefined, wanted: string | undefined): boolean {
  if (usage === undefined) return wanted === OIDS.barcodeSigner
  return usage.includes('digitalSignature') && !usage.includes('keyCertSign')
}

/** Why a trusted certificate may not have issued this one. [9303-12 §7.1] [RFC5280 §6.1.4] */
function unfitAsAnchor(signer: Certificate, purpose: Purpose, anchor: Certificate): Finding | undefined {
  try {
    if (anchor.extensions.some(({ critical, oid }) => critical && !UNDERSTOOD.has(oid)))
      return note('chain.critical-extension', 'RFC5280 §4.2')
    if (anchor.version === 3) {
      if (basicConstraints(anchor)?.ca !== true) return note('chain.not-an-authority', '9303-12 §7.1')
      if (keyUsage(anchor)?.includes('keyCertSign') === false)
        return note('chain.not-an-authority', '9303-12 table 6')
    }
    if (purpose.role === 'authority' && !isOfSameAuthority(signer) && !leavesRoom(anchor, signer))
      return note('chain.purpose', 'RFC5280 §4.2.1.9')
    if (signer.notBefore < anchor.notBefore || signer.notBefore > anchor.notAfter)
      return note('chain.issued-outside-validity', '9303-12 §4.1')
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return note('chain.certificate', error.cites)
    throw error
  }
}

/**
 * Whether an authority's path length allows another under it that asks for less. A path length of zero leaves
 * room for one more certificate of the authority itself: its link to a new key. Because no path is walked here,
 * one that asks for as much as its issuer has is refused as if its own signers were there.
 */
function leavesRoom(anchor: Certificate, authority: Certificate): boolean {
  const limit = basicConstraints(anchor)?.pathLength ?? Number.POSITIVE_INFINITY
  const asked = basicConstraints(authority)?.pathLength ?? Number.POSITIVE_INFINITY
  return limit === Number.POSITIVE_INFINITY || asked < limit
}

const isOfSameAuthority = (link: Certificate): boolean =>
  sameName(link.issuer, link.subject) || hasNameChange(link)

function remarks(signer: Certificate): Finding[] {
  const algorithm = readable(() => signatureAlgorithmOf(signer.signatureAlgorithm))
  return algorithm?.hash === 'sha1' ? [note('signature.sha1', '9303-12 §4.4')] : []
}
