import type { HashName, PublicKey, SignatureAlgorithm } from '@nansen/formats/pki'

/** `unsupported`: this platform cannot say; it is never read as either of the others. */
export type SignatureAnswer = 'valid' | 'invalid' | 'unsupported'

/**
 * The cryptography that inspection needs, handed in by the caller, so that the same inspection runs on
 * node:crypto and in a browser. Both adapters pass the same suite of vectors.
 */
export interface Crypto {
  digest(hash: HashName, bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
  /**
   * Whether `signature` over `message` verifies under `key`. Never throws for bad keys or signatures: a key
   * that is no key, or of another kind than the algorithm, makes the answer `invalid`.
   */
  verify(
    algorithm: SignatureAlgorithm,
    key: PublicKey,
    message: Uint8Array,
    signature: Uint8Array,
  ): SignatureAnswer | Promise<SignatureAnswer>
}
