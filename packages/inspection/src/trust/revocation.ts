import { readable } from '@nansen/formats'
import {
  authorityKeyIdentifier,
  type Certificate,
  type Crl,
  crlCovers,
  isRevoked,
  keyUsage,
  type Name,
  nameKey,
  signatureAlgorithmOf,
} from '@nansen/formats/pki'
import type { Crypto } from '../crypto/crypto.ts'
import type { Finding, FindingCode } from '../finding.ts'
import { Anchors } from './anchors.ts'
import { Authorities } from './authorities.ts'
import { hasKey, type Standing } from './certify.ts'

/** What the lists say of one certificate. */
export type RevocationAnswer =
  | { readonly revocation: 'good'; readonly notes: readonly Finding[] }
  | { readonly revocation: 'revoked'; readonly finding: Finding }
  /** No list can say; it is never taken for either of the others. P15 */
  | { readonly revocation: 'undetermined'; readonly finding: Finding }

const SECTION = '9303-12 appendix D.1.2'
const found = (code: FindingCode, cites = SECTION): Finding => ({ code, where: 'revocation list', cites })

/** A list that bears on a certificate: under the name of its issuer, another of that authority, or of a stranger. */
interface Bearing {
  readonly crl: Crl
  readonly of: 'issuer' | 'renamed-issuer' | 'other-authority'
}

/**
 * The revocation lists whose signatures were verified under the anchors when the trust was opened.
 * A CSCA that changed its name goes on revoking under the new one what it issued under the old, so lists of both
 * names count. The standard takes any list of the same country for that; where a state has several authorities, the
 * list of one would hide that the list of the other is missing, so the anchors must show that the name was changed.
 * [9303-12 appendix D.1.2]
 */
export class RevocationLists {
  readonly #lists: Crl[] = []
  readonly #authorities: Authorities

  /** @param anchors show which names are of one authority */
  constructor(anchors: Anchors = new Anchors()) {
    this.#authorities = new Authorities(anchors)
  }

  /** @param crl with a signature that has been verified; see {@link issuerOfCrl} */
  add(crl: Crl): void {
    this.#lists.push(crl)
  }

  get size(): number {
    return this.#lists.length
  }

  /** Whether a certificate is revoked, as far as the lists known at `at` can say. */
  ask(certificate: Certificate, at: Date): RevocationAnswer {
    const begun = this.#bearingOn(certificate.issuer).filter(({ crl }) => crl.thisUpdate <= at)
    const lists = begun.filter(({ of }) => of !== 'other-authority')
    // Revoked stays revoked: a list past its date, or one not understood in full, can still say so.
    if (lists.some(({ crl }) => isRevoked(crl, certificate.serial)))
      return { revocation: 'revoked', finding: found('revocation.revoked', '9303-12 §7.1.4') }
    const undetermined = (code: FindingCode): RevocationAnswer => ({
      revocation: 'undetermined',
      finding: found(code),
    })
    if (lists.length === 0)
      return undetermined(begun.length === 0 ? 'revocation.no-list' : 'revocation.other-authority')
    const usable = lists.filter(({ crl }) => crl.unusable.length === 0)
    if (usable.length === 0) return undetermined('revocation.unusable')
    const current = currentOf(usable, at)
    if (current === undefined) return undetermined('revocation.stale')
    return {
      revocation: 'good',
      notes: current.of === 'renamed-issuer' ? [found('revocation.renamed-issuer')] : [],
    }
  }

  #bearingOn(issuer: Name): Bearing[] {
    return this.#lists.flatMap((crl): Bearing[] => {
      const coverage = crlCovers(crl, issuer)
      if (coverage === 'no') return []
      if (coverage === 'same-name') return [{ crl, of: 'issuer' }]
      return [{ crl, of: this.#authorities.same(crl.issuer, issuer) ? 'renamed-issuer' : 'other-authority' }]
    })
  }
}

/**
 * The list that may say "not revoked": the newest of the issuer's name, or, where that one is past its date, a newer
 * one under another name. An older list does not stand in for a newer one that is past its date. P15
 */
function currentOf(lists: readonly Bearing[], at: Date): Bearing | undefined {
  const newest = new Map<string, Bearing>()
  for (const list of lists) {
    const name = nameKey(list.crl.issuer)
    const other = newest.get(name)
    if (other === undefined || isAfter(list, other)) newest.set(name, list)
  }
  const each = [...newest.values()]
  const own = each.find(({ of }) => of === 'issuer')
  const isCurrent = ({ crl }: Bearing) => crl.nextUpdate !== undefined && at <= crl.nextUpdate
  if (own !== undefined && isCurrent(own)) return own
  return each.find((list) => isCurrent(list) && (own === undefined || isAfter(list, own)))
}

/** Of two lists of one moment, that with the later next update. */
function isAfter({ crl: a }: Bearing, { crl: b }: Bearing): boolean {
  const later = a.thisUpdate.getTime() - b.thisUpdate.getTime()
  return later === 0 ? (a.nextUpdate?.getTime() ?? 0) > (b.nextUpdate?.getTime() ?? 0) : later > 0
}

/** Which anchor signed a list: one of its issuer's name, in this spelling or another. [9303-12 §7.1.4] */
export async function issuerOfCrl(crl: Crl, anchors: Anchors, crypto: Crypto): Promise<Standing> {
  const algorithm = readable(() => signatureAlgorithmOf(crl.signatureAlgorithm))
  if (algorithm === undefined) return { standing: 'open', finding: found('chain.unsupported') }
  const keyIdentifier = readable(() => authorityKeyIdentifier(crl))
  let finding = found('chain.no-anchor')
  for (const anchor of anchors.namedAlike(crl.issuer)) {
    const { certificate } = anchor
    if (!maySign(certificate)) continue
    const answer = await crypto.verify(algorithm, certificate.publicKey, crl.toBeSigned, crl.signature)
    if (answer === 'valid') return { standing: 'anchored', anchor, notes: [] }
    if (answer === 'invalid' && keyIdentifier !== undefined && hasKey(certificate, keyIdentifier))
      finding = found('chain.signature-wrong')
  }
  return { standing: finding.code === 'chain.no-anchor' ? 'open' : 'refused', finding }
}

/** A certificate of version 1 has no key usage, and may. */
const maySign = (anchor: Certificate): boolean =>
  readable(() => keyUsage(anchor)?.includes('cRLSign') !== false) ?? false
