import { constants, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { SignatureAlgorithm } from '@nansen/formats/pki'
import type { KeyAlgorithm } from './signing.ts'

interface Facts {
  /** As node:crypto names it; none for Ed25519, which hashes by itself. */
  readonly hash: 'sha256' | 'sha384' | undefined
  readonly written: SignatureAlgorithm | undefined
}

const ecdsa = (hash: 'sha256' | 'sha384'): Facts => ({
  hash,
  written: { scheme: 'ecdsa', hash, encoding: 'der' },
})

const FACTS: Readonly<Record<KeyAlgorithm, Facts>> = {
  'P-256': ecdsa('sha256'),
  'P-384': ecdsa('sha384'),
  brainpoolP256r1: ecdsa('sha256'),
  brainpoolP384r1: ecdsa('sha384'),
  'RSA-PSS-3072': {
    hash: 'sha256',
    written: { scheme: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 },
  },
  Ed25519: { hash: undefined, written: undefined },
}

export const KEY_ALGORITHMS = Object.keys(FACTS) as readonly KeyAlgorithm[]

/**
 * What a certificate or a signed message says of a signature by such a key; none for Ed25519, which signs the log
 * and no travel document.
 */
export const signatureAlgorithmFor = (algorithm: KeyAlgorithm): SignatureAlgorithm | undefined =>
  FACTS[algorithm].written

/** The raw operation with a key in memory, as `Device.sign` describes it. */
export function signWith(privateKey: KeyObject, algorithm: KeyAlgorithm, bytes: Uint8Array): Uint8Array {
  return sign(FACTS[algorithm].hash ?? null, bytes, options(privateKey, algorithm))
}

/** Whether a signature stands, made as `Device.sign` describes it. */
export function signatureStands(
  publicKey: KeyObject,
  algorithm: KeyAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify(FACTS[algorithm].hash ?? null, bytes, options(publicKey, algorithm), signature)
}

function options(key: KeyObject, algorithm: KeyAlgorithm) {
  if (algorithm !== 'RSA-PSS-3072') return { key }
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
}

/** A public key from its SubjectPublicKeyInfo. */
export const importPublicKey = (spki: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

/** Whether a stored signature is one of this key, for whoever checks what is stored. */
export const verifySignature = (
  { algorithm, publicKey }: { readonly algorithm: string; readonly publicKey: Uint8Array },
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean =>
  Object.hasOwn(FACTS, algorithm) &&
  signatureStands(importPublicKey(publicKey), algorithm as KeyAlgorithm, bytes, signature)
