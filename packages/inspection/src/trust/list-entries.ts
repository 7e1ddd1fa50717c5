import { FormatError } from '@nansen/formats'
import { type Certificate, parseCertificate } from '@nansen/formats/pki'
import { latin1, sameBytes } from '@nansen/formats/tlv'
import type { Crypto } from '../crypto/crypto.ts'
import { Anchors } from './anchors.ts'
import { hasKey, keyNamedBy, signedBy } from './certify.ts'

/**
 * What a certificate of a master list is. Subject and issuer of the same name do not make a root: a third of
 * those in one real list are links, signed by the authority's former key.
 */
export type EntryStanding =
  | 'root' // signed with its own key
  | 'link' // signed with the key of another certificate in the lists
  | 'open' // its issuer's key is in none of the lists
  | 'wrong' // the key that it names did not sign it
  | 'unsupported'
  | 'unreadable'

export interface ListEntry {
  readonly certificate: Certificate | undefined
  readonly standing: EntryStanding
}

/** Looks at each certificate of a list by its own signature. The list's own signature is another matter. */
export async function examineEntries(
  certificates: readonly Uint8Array[],
  trusted: Anchors,
  crypto: Crypto,
): Promise<readonly ListEntry[]> {
  const listed = new Anchors()
  const budget: Budget = { tries: MOST_TRIES }
  for (const certificate of certificates) listed.add(certificate, 'list')
  return Promise.all(
    certificates.map(async (bytes): Promise<ListEntry> => {
      try {
        const certificate = parseCertificate(bytes)
        return { certificate, standing: await standingOf(certificate, [listed, trusted], budget, crypto) }
      } catch (error) {
        if (error instanceof FormatError) return { certificate: undefined, standing: 'unreadable' }
        throw error
      }
    }),
  )
}

/** Keys tried for one certificate: several times as many as any authority has had under one name. */
const MOST_KEYS = 32
/**
 * Keys tried for all certificates of a list together; a real list of six hundred needs one or two for each. In a
 * crafted one all might have one name, and each be tried against all.
 */
const MOST_TRIES = 4096

interface Budget {
  tries: number
}

/**
 * Tries the keys of every certificate with the issuer's name, the named key first and of these its own: a key that several
 * certificates hold is tried once, and a certificate that its own key signed is a root, whichever of them it
 * was found in.
 */
async function standingOf(
  certificate: Certificate,
  sources: readonly Anchors[],
  budget: Budget,
  crypto: Crypto,
): Promise<EntryStanding> {
  if (budget.tries <= 0) return 'open'
  const named = keyNamedBy(certificate)
  const isNamed = (candidate: Certificate) => named !== undefined && hasKey(candidate, named)
  const rank = (candidate: Certificate) =>
    (isNamed(candidate) ? 2 : 0) + (sameBytes(candidate.encoded, certificate.encoded) ? 1 : 0)
  const candidates = sources
    .flatMap((anchors) => anchors.namedAlike(certificate.issuer))
    .map(({ certificate: candidate }) => ({ candidate, rank: rank(candidate) }))
    .sort((a, b) => b.rank - a.rank)
  const tried = new Set<string>()
  let standing: EntryStanding = 'open'
  for (const { candidate } of candidates) {
    const key = latin1(candidate.publicKey.encoded)
    if (tried.has(key)) continue
    if (tried.size === MOST_KEYS || budget.tries-- <= 0) break
    tried.add(key)
    const answer = await signedBy(certificate, candidate, crypto)
    if (answer === 'valid')
      return sameBytes(candidate.publicKey.encoded, certificate.publicKey.encoded) ? 'root' : 'link'
    if (answer === 'unsupported') standing = 'unsupported'
    else if (isNamed(candidate)) standing = 'wrong'
  }
  return standing
}
