import type { KeyAlgorithm, SigningKey } from '../signing.ts'

/**
 * Where private keys are: files under a passphrase, or a token behind PKCS#11. Everything is synchronous, because
 * several calls at once to one token have crashed it. Nothing outside this room ever holds a device.
 */
export interface Device {
  readonly kind: 'files' | 'pkcs11'
  /** The keys it holds, with what each may do; read when it is opened. */
  readonly keys: ReadonlyMap<string, SigningKey>
  /** Makes a key pair; the private key never leaves the device. Written durably before it returns. */
  make(spec: KeySpec): SigningKey
  /**
   * The raw operation over the bytes (hashed as the algorithm says: SHA-256, or SHA-384 for the 384-bit curves).
   * ECDSA comes back as DER, RSA-PSS with a salt as long as the hash, Ed25519 as 64 octets.
   */
  sign(id: string, toBeSigned: Uint8Array): Uint8Array
  /** Public point of the P-256 key to which case keys are wrapped: 65 octets. Made with the device. */
  readonly wrappingPoint: Uint8Array
  /** The x-coordinate of the shared point: 32 octets; half of an HPKE decapsulation. [RFC9180 §4.1] */
  agree(point: Uint8Array): Uint8Array
  /** 32 octets under which numbers are looked up. Made with the device. */
  readonly indexKey: Uint8Array
  close(): void
}

export interface KeySpec extends Omit<SigningKey, 'publicKey'> {
  readonly algorithm: KeyAlgorithm
}
