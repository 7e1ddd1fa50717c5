import { FormatError } from '@nansen/formats'
import {
  authorityKeyIdentifier,
  type Certificate,
  type Crl,
  crlCovers,
  isRevoked,
  keyUsage,
  signatureAlgorithmOf,
} from '@nansen/formats/pki'
import type { Crypto } from '../crypto/crypto.ts'
import type { Finding, FindingCode } from '../finding.ts'
import type { Anchor, Anchors } from './anchors.ts'
import { hasKey, type Standing } from './certify.ts'

/** What the lists say of one certificate. */
export type RevocationAnswer =
  | { readonly revocation: 'good'; readonly notes: readonly Finding[] }
  | { readonly revocation: 'revoked'; readonly finding: Finding }
  /** No list can say; it is never taken for either of the others. P15 */
  | { readonly revocation: 'undetermined'; readonly finding: Finding }

const SECTION = '9303-12 appendix D.1.2'
const found = (code: FindingCode, cites = SECTION): Finding => ({ code, where: 'revocation list', cites })

/**
 * The revocation lists whose signatures were verified under the anchors when the trust was opened.
 * A CSCA that changed its name goes on revoking under the new one what it issued under the old, so a list of
 * the same country counts where there is none of the same name. [9303-12 appendix D.1.2]
 */
export class RevocationLists {
  readonly #lists: Crl[] = []

  /** @param crl with a signature that has been verified; see {@link RevocationLists.issuerOf} */
  add(crl: Crl): void {
    this.#lists.push(crl)
  }

  get size(): number {
    return this.#lists.length
  }

  /** Whether a certificate is revoked, as far as the lists known at `at` can say. */
  ask(certificate: Certificate, at: Date): RevocationAnswer {
    const covering = this.#lists.map((crl) => ({ crl, how: crlCovers(crl, certificate.issuer) }))
    const sameName = covering.filter(({ how }) => how === 'same-name')
    const chosen = sameName.length > 0 ? sameName : covering.filter(({ how }) => how === 'same-country')
    const begun = chosen.filter(({ crl }) => crl.thisUpdate <= at)
    // Revoked stays revoked: a list past its date, or one not understood in full, can still say so.
    if (begun.some(({ crl }) => isRevoked(crl, certificate.serial)))
      return { revocation: 'revoked', finding: found('revocation.revoked', '9303-12 §7.1.4') }
    if (begun.length === 0) return { revocation: 'undetermined', finding: found('revocation.no-list') }
    const usable = begun.filter(({ crl }) => crl.unusable.length === 0)
    if (usable.length === 0) return { revocation: 'undetermined', finding: found('revocation.unusable') }
    const fresh = usable.find(({ crl }) => crl.nextUpdate !== undefined && at <= crl.nextUpdate)
    if (fresh === undefined) return { revocation: 'undetermined', finding: found('revocation.stale') }
    return {
      revocation: 'good',
      notes: fresh.how === 'same-country' ? [found('revocation.renamed-issuer')] : [],
    }
  }

  /** Which anchor signed a list: one of the same name, or of the same country after a change of name. */
  issuerOf(crl: Crl, anchors: Anchors, crypto: Crypto): Promise<Standing> {
    return issuerOf(crl, anchors, crypto)
  }
}

async function issuerOf(crl: Crl, anchors: Anchors, crypto: Crypto): Promise<Standing> {
  const named = [...anchors.named(crl.issuer), ...anchors.namedAlike(crl.issuer)]
  const keyIdentifier = readKeyIdentifier(crl)
  const isNamed = ({ certificate }: Anchor) =>
    keyIdentifier !== undefined && hasKey(certificate, keyIdentifier)
  let wrong = false
  for (const anchor of named) {
    if (!maySign(anchor.certificate)) continue
    const algorithm = algorithmOf(crl)
    if (algorithm === undefined) return { standing: 'open', finding: found('chain.unsupported') }
    const answer = await crypto.verify(algorithm, anchor.certificate.publicKey, crl.toBeSigned, crl.signature)
    if (answer === 'valid') return { standing: 'anchored', anchor, notes: [] }
    if (answer === 'invalid' && isNamed(anchor)) wrong = true
  }
  return wrong
    ? { standing: 'refused', finding: found('chain.signature-wrong') }
    : { standing: 'open', finding: found('chain.no-anchor') }
}

/** It only orders the candidates, so one that cannot be read is as good as none. */
function readKeyIdentifier(crl: Crl): Uint8Array | undefined {
  try {
    return authorityKeyIdentifier(crl)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function maySign(anchor: Certificate): boolean {
  try {
    return keyUsage(anchor)?.includes('cRLSign') !== false
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

function algorithmOf(crl: Crl): ReturnType<typeof signatureAlgorithmOf> {
  try {
    return signatureAlgorithmOf(crl.signatureAlgorithm)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
