import { FormatError } from '@nansen/formats'
import { type Certificate, parseCertificate, sameName } from '@nansen/formats/pki'
import type { Crypto } from '../crypto/crypto.ts'
import { type Anchor, Anchors } from './anchors.ts'
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
  for (const certificate of certificates) listed.add(certificate, 'list')
  return Promise.all(
    certificates.map(async (bytes): Promise<ListEntry> => {
      try {
        const certificate = parseCertificate(bytes)
        return { certificate, standing: await standingOf(certificate, [listed, trusted], crypto) }
      } catch (error) {
        if (error instanceof FormatError) return { certificate: undefined, standing: 'unreadable' }
        throw error
      }
    }),
  )
}

async function standingOf(
  certificate: Certificate,
  sources: readonly Anchors[],
  crypto: Crypto,
): Promise<EntryStanding> {
  if (sameName(certificate.subject, certificate.issuer)) {
    const own = await signedBy(certificate, certificate, crypto)
    if (own === 'valid') return 'root'
    if (own === 'unsupported') return 'unsupported'
  }
  const named = keyNamedBy(certificate)
  const isNamed = (anchor: Anchor) => named !== undefined && hasKey(anchor.certificate, named)
  let wrong = false
  for (const anchors of sources) {
    const candidates = anchors
      .namedAlike(certificate.issuer)
      .sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
    for (const candidate of candidates) {
      const answer = await signedBy(certificate, candidate.certificate, crypto)
      if (answer === 'valid') return 'link'
      if (answer === 'invalid' && isNamed(candidate)) wrong = true
    }
  }
  return wrong ? 'wrong' : 'open'
}
