import { FormatError } from '../format-error.ts'
import { hex } from '../tlv/index.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { subjectKeyIdentifier } from './extensions.ts'
import { countryOf, describeName, sameName } from './name.ts'

/** Certificates with the name of whoever vouches for them: a master list, a file of pins. */
export interface CertificateSource {
  readonly label: string
  readonly certificates: readonly Uint8Array[]
}

/** One certificate, and every source that holds it. */
export interface ProvenCertificate {
  /** The certificate's bytes: two are the same certificate if these are. */
  readonly encoded: Uint8Array
  /** Labels in the order in which the sources were given, each once. */
  readonly sources: readonly string[]
  /** What it says, or `undefined` where it cannot be read; it is listed all the same. */
  readonly certificate: CertificateSummary | undefined
}

/** What people tell certificates apart by. */
export interface CertificateSummary {
  /** Upper case. */
  readonly country: string | undefined
  readonly subject: string
  readonly issuer: string
  readonly serialHex: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** Of the key that it certifies, in hexadecimal. */
  readonly keyIdentifier: string | undefined
  /** Subject and issuer have the same name: a root, or a link that did not change the name. */
  readonly selfIssued: boolean
}

/**
 * Every certificate of several sources once, with the labels of all that hold it. Compared by bytes, so a
 * root and a link for the same key stay two. The order is that of first appearance.
 */
export function mergeProvenance(sources: readonly CertificateSource[]): readonly ProvenCertificate[] {
  const merged = new Map<string, { encoded: Uint8Array; sources: string[] }>()
  for (const { label, certificates } of sources)
    for (const encoded of certificates) {
      const key = keyOf(encoded)
      const known = merged.get(key)
      if (known === undefined) merged.set(key, { encoded, sources: [label] })
      else if (!known.sources.includes(label)) known.sources.push(label)
    }
  return [...merged.values()].map((entry) => ({ ...entry, certificate: summaryOf(entry.encoded) }))
}

/** windows-1252 maps octets to characters one to one, and is the fastest way to a text of the same content. */
const octets = new TextDecoder('windows-1252')

/** A text that is equal for equal bytes; the engine hashes it with a secret, so collisions cannot be crafted. */
export const keyOf = (encoded: Uint8Array): string => octets.decode(encoded)

function summaryOf(encoded: Uint8Array): CertificateSummary | undefined {
  try {
    return summarise(parseCertificate(encoded))
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function summarise(certificate: Certificate): CertificateSummary {
  const { subject, issuer, serialHex, notBefore, notAfter } = certificate
  return {
    country: countryOf(subject),
    subject: describeName(subject),
    issuer: describeName(issuer),
    serialHex,
    notBefore,
    notAfter,
    keyIdentifier: keyIdentifierOf(certificate),
    selfIssued: sameName(subject, issuer),
  }
}

function keyIdentifierOf(certificate: Certificate): string | undefined {
  try {
    const keyIdentifier = subjectKeyIdentifier(certificate)
    return keyIdentifier && hex(keyIdentifier)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
