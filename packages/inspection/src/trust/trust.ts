import { type Certificate, parseCertificate } from '@nansen/formats/pki'
import { latin1, sameBytes } from '@nansen/formats/tlv'
import type { Crypto } from '../crypto/crypto.ts'
import type { Anchors } from './anchors.ts'
import { certify, type Standing } from './certify.ts'
import type { Purpose } from './purpose.ts'
import type { RevocationLists } from './revocation.ts'

/** Signers remembered; far more than one post meets in a day. */
const MOST_SIGNERS = 4096
/** Octets of them; a real certificate has one or two thousand, a crafted one 65,536. */
const MOST_OCTETS = 16 * 1024 * 1024

interface Remembered {
  readonly bytes: Uint8Array
  readonly certificate: Certificate
  readonly standings: Map<Purpose, Promise<Standing> | Standing>
}

/**
 * What a receiver trusts: anchors with their provenance, and the revocation lists that those anchors signed.
 * It remembers the signers it has judged, because thousands of documents share one; it never changes what it
 * trusts after it was opened.
 */
export class Trust {
  readonly anchors: Anchors
  readonly revocationLists: RevocationLists
  readonly #signers = new Map<string, Remembered>()
  #octets = 0

  constructor(anchors: Anchors, revocationLists: RevocationLists) {
    this.anchors = anchors
    this.revocationLists = revocationLists
  }

  /** A certificate read once for all documents that carry it. @throws FormatError as parseCertificate */
  readCertificate = (bytes: Uint8Array): Certificate => this.#remember(bytes).certificate

  /** How a signer's certificate stands towards the anchors. */
  certify(signer: Certificate, purpose: Purpose, crypto: Crypto): Promise<Standing> | Standing {
    const { standings } = this.#remember(signer.encoded)
    const known = standings.get(purpose)
    if (known !== undefined) return known
    const standing = certify(signer, purpose, this.anchors, crypto).then(
      (answer) => {
        standings.set(purpose, answer)
        return answer
      },
      (error: unknown) => {
        // An outage of the cryptography is no answer, and the next question may get one.
        standings.delete(purpose)
        throw error
      },
    )
    standings.set(purpose, standing)
    return standing
  }

  #remember(bytes: Uint8Array): Remembered {
    // The last octets are part of the signature, so they tell certificates apart; the comparison decides.
    const key = latin1(bytes.subarray(Math.max(0, bytes.length - 16)))
    const known = this.#signers.get(key)
    if (known !== undefined && sameBytes(known.bytes, bytes)) return known
    const own = bytes.slice()
    const remembered = { bytes: own, certificate: parseCertificate(own), standings: new Map() }
    this.#forget(key)
    this.#signers.set(key, remembered)
    this.#octets += own.length
    for (const oldest of this.#signers.keys()) {
      if (this.#signers.size <= MOST_SIGNERS && this.#octets <= MOST_OCTETS) break
      this.#forget(oldest)
    }
    return remembered
  }

  #forget(key: string): void {
    this.#octets -= this.#signers.get(key)?.bytes.length ?? 0
    this.#signers.delete(key)
  }
}
