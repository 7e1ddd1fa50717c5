import { FormatError } from '@nansen/formats'
import {
  basicConstraints,
  type Certificate,
  keyUsage,
  parseCertificate,
  parseCrl,
  parseMasterList,
} from '@nansen/formats/pki'
import type { Crypto } from '../crypto/crypto.ts'
import type { Finding } from '../finding.ts'
import { pemBlocks, recognise } from '../recognise-input/index.ts'
import { Anchors } from './anchors.ts'
import { certify, type Standing } from './certify.ts'
import { SIGNS_MASTER_LISTS } from './purpose.ts'
import { issuerOfCrl, RevocationLists } from './revocation.ts'
import { Trust } from './trust.ts'
import { verifySignedData } from './verify-signed-data.ts'

/** One file that the receiver names as a source of trust. */
export interface TrustSource {
  /** Shown as provenance: the file's name, or what its keeper calls it. */
  readonly label: string
  readonly bytes: Uint8Array
}

/** What became of one source. */
export type TrustReport =
  | {
      readonly label: string
      readonly used: 'pin' | 'master-list' | 'revocation-list'
      /** Certificates taken from a list; 1 for a pin. */
      readonly certificates: number
      /** For a master list: the label of the anchor that vouches for it, or `itself`. */
      readonly anchoredBy?: string
    }
  | { readonly label: string; readonly used: 'not'; readonly finding: Finding }

/**
 * Opens what a receiver trusts. Pins first; then master lists, each of which must be signed by a master list
 * signer that chains to a pin, to a list taken before it, or to a CSCA inside it: naming a list as trusted is the
 * receiver's own decision, and which of these vouched for it is reported; then revocation lists, each of
 * which must be signed by an anchor. Certificates of signers are no anchors and are passed over.
 * [9303-12 §6.1] [9303-12 §9]
 */
export async function openTrust(
  sources: readonly TrustSource[],
  crypto: Crypto,
): Promise<{ trust: Trust; reports: readonly TrustReport[] }> {
  const anchors = new Anchors()
  const revocationLists = new RevocationLists(anchors)
  const reports: TrustReport[] = []
  const kinds = sources.flatMap(unbundle).map((source) => {
    // Certificates and lists are read when they are first asked for: until then nobody else may write to them.
    const own = { ...source, bytes: source.bytes.slice() }
    return { source: own, presented: recognise(own.bytes) }
  })
  for (const { source, presented } of kinds)
    if (presented.kind === 'certificate') reports.push(pin(source.label, presented.bytes, anchors))
  const lists = kinds.flatMap(({ source, presented }) =>
    presented.kind === 'master-list' ? [{ label: source.label, bytes: presented.bytes }] : [],
  )
  reports.push(...(await takeMasterLists(lists, anchors, crypto)))
  for (const { source, presented } of kinds) {
    if (presented.kind === 'crl')
      reports.push(await takeCrl(source.label, presented.bytes, anchors, revocationLists, crypto))
    else if (presented.kind !== 'certificate' && presented.kind !== 'master-list')
      reports.push({
        label: source.label,
        used: 'not',
        finding: unusable(presented.kind === 'unknown' ? presented.finding.code : 'input.unknown'),
      })
  }
  return { trust: new Trust(anchors, revocationLists), reports }
}

/** A PEM file may hold many certificates; each is a source of its own under the same label. */
const unbundle = ({ label, bytes }: TrustSource): readonly TrustSource[] =>
  pemBlocks(bytes)?.map((block) => ({ label, bytes: block.bytes })) ?? [{ label, bytes }]

const unusable = (code: Finding['code'], cites = '9303-12 §6.1'): Finding => ({
  code,
  where: 'trust source',
  cites,
})

function pin(label: string, bytes: Uint8Array, anchors: Anchors): TrustReport {
  try {
    if (!isAuthority(parseCertificate(bytes)))
      return { label, used: 'not', finding: unusable('chain.not-an-authority') }
    anchors.add(bytes, label)
    return { label, used: 'pin', certificates: 1 }
  } catch (error) {
    if (error instanceof FormatError)
      return { label, used: 'not', finding: unusable(error.code, error.cites) }
    throw error
  }
}

/** A version 1 certificate says nothing about itself; whoever pins it does. */
function isAuthority(certificate: Certificate): boolean {
  if (certificate.version !== 3) return true
  return (
    basicConstraints(certificate)?.ca === true && keyUsage(certificate)?.includes('keyCertSign') !== false
  )
}

/**
 * Each list as soon as something taken before vouches for it, whatever their order; only where nothing more does, one
 * that vouches for itself, and then the others again.
 */
async function takeMasterLists(
  lists: readonly TrustSource[],
  anchors: Anchors,
  crypto: Crypto,
): Promise<readonly TrustReport[]> {
  const taken: TrustReport[] = []
  let waiting = lists
  for (let itself = false; waiting.length > 0; ) {
    const left: TrustSource[] = []
    const refused: TrustReport[] = []
    let progress = false
    for (const list of waiting) {
      const report = itself && progress ? undefined : await takeMasterList(list, anchors, itself, crypto)
      if (report !== undefined && report.used !== 'not') {
        taken.push(report)
        progress = true
        continue
      }
      left.push(list)
      if (report !== undefined) refused.push(report)
    }
    if (!progress && itself) return [...taken, ...refused]
    itself = !progress
    waiting = left
  }
  return taken
}

async function takeMasterList(
  { label, bytes }: TrustSource,
  anchors: Anchors,
  mayVouchForItself: boolean,
  crypto: Crypto,
): Promise<TrustReport> {
  try {
    const list = parseMasterList(bytes)
    const [signerInfo] = list.signedData.signers
    if (signerInfo === undefined)
      return { label, used: 'not', finding: unusable('cms.no-signer', '9303-12 §9') }
    const signed = await verifySignedData(list.signedData, signerInfo, crypto, 'trust source')
    if (signed.signed !== 'valid') return { label, used: 'not', finding: signed.finding }
    const vouching = mayVouchForItself ? ownAnchors(list.certificates, label) : anchors
    const standing: Standing = await certify(signed.signer, SIGNS_MASTER_LISTS, vouching, crypto)
    if (standing.standing !== 'anchored') return { label, used: 'not', finding: standing.finding }
    // Read before the list's own label joins those of the anchor that vouches for it.
    const anchoredBy = mayVouchForItself ? 'itself' : standing.anchor.provenance.join(', ')
    const taken = list.certificates.filter((certificate) => anchors.add(certificate, label))
    return { label, used: 'master-list', certificates: taken.length, anchoredBy }
  } catch (error) {
    if (error instanceof FormatError)
      return { label, used: 'not', finding: unusable(error.code, error.cites) }
    throw error
  }
}

function ownAnchors(certificates: readonly Uint8Array[], label: string): Anchors {
  const own = new Anchors()
  for (const certificate of certificates) own.add(certificate, label)
  return own
}

async function takeCrl(
  label: string,
  bytes: Uint8Array,
  anchors: Anchors,
  revocationLists: RevocationLists,
  crypto: Crypto,
): Promise<TrustReport> {
  try {
    const crl = parseCrl(bytes)
    const standing = await issuerOfCrl(crl, anchors, crypto)
    if (standing.standing !== 'anchored') return { label, used: 'not', finding: standing.finding }
    revocationLists.add(crl)
    return { label, used: 'revocation-list', certificates: 0 }
  } catch (error) {
    if (error instanceof FormatError)
      return { label, used: 'not', finding: unusable(error.code, error.cites) }
    throw error
  }
}
