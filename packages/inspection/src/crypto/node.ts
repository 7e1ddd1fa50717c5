import { write as der } from '@nansen/formats/der'
import {
  encodeEcPublicKey,
  encodePssParameters,
  encodeRsaPublicKey,
  OIDS,
  type PublicKey,
  type SignatureAlgorithm,
} from '@nansen/formats/pki'
import { Fields, readOnly } from '@nansen/formats/tlv'
import type { Crypto, SignatureAnswer } from './crypto.ts'

/** What is used of node:crypto. The module is handed in, so that this room imports nothing from `node:`. */
export interface NodeCryptoModule {
  createHash(algorithm: string): { update(data: Uint8Array): { digest(): Uint8Array } }
  createPublicKey(key: { key: unknown; format: 'der'; type: 'spki' }): object
  verify(algorithm: string, data: Uint8Array, key: unknown, signature: Uint8Array): boolean
  hash?(algorithm: string, data: Uint8Array, encoding: 'buffer'): Uint8Array
  readonly constants: { readonly RSA_PKCS1_PADDING: number; readonly RSA_PKCS1_PSS_PADDING: number }
}

/**
 * The adapter on node:crypto (OpenSSL): `nodeCrypto(await import('node:crypto'))`.
 * EC keys are imported by curve name: {@link PublicKey} has already compared explicit parameters with the
 * known curve, and OpenSSL is slower on explicit ones and refuses them in some builds.
 */
export function nodeCrypto(node: NodeCryptoModule): Crypto {
  // An import costs about as much as a P-256 verification, and thousands of documents share a signer.
  const keys = new WeakMap<PublicKey, Map<string, object | null>>()

  function keyFor(key: PublicKey, algorithm: SignatureAlgorithm): object | null {
    let forms = keys.get(key)
    if (forms === undefined) {
      forms = new Map()
      keys.set(key, forms)
    }
    const form = algorithm.scheme === 'rsa-pss' ? `${algorithm.hash}/${algorithm.mgfHash}` : ''
    let imported = forms.get(form)
    if (imported === undefined) {
      try {
        imported = node.createPublicKey({ key: keyBytes(key, algorithm), format: 'der', type: 'spki' })
      } catch {
        imported = null
      }
      forms.set(form, imported)
    }
    return imported
  }

  return {
    digest: node.hash
      ? (hash, bytes) => node.hash!(hash, bytes, 'buffer')
      : (hash, bytes) => node.createHash(hash).update(bytes).digest(),

    verify(algorithm, key, message, signature): SignatureAnswer {
      if (!fits(algorithm, key)) return 'invalid'
      const imported = keyFor(key, algorithm)
      if (imported === null) return 'invalid'
      try {
        return node.verify(algorithm.hash, message, options(algorithm, imported, node), signature)
          ? 'valid'
          : 'invalid'
      } catch {
        return 'invalid'
      }
    },
  }
}

/** Whether a key may be used with an algorithm; a key restricted to PSS parameters only with those. [RFC4055 §3.3] */
export function fits(algorithm: SignatureAlgorithm, key: PublicKey): boolean {
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
      return key.kind === 'rsa' && key.pss === undefined
    case 'rsa-pss':
      return (
        key.kind === 'rsa' &&
        (key.pss === undefined ||
          (key.pss.hash === algorithm.hash &&
            key.pss.mgfHash === algorithm.mgfHash &&
            key.pss.saltLength <= algorithm.saltLength))
      )
    case 'ecdsa':
      return key.kind === 'ec'
    case 'dsa':
      return key.kind === 'dsa'
  }
}

function keyBytes(key: PublicKey, algorithm: SignatureAlgorithm): Uint8Array {
  if (key.kind === 'ec') return encodeEcPublicKey(key.curve, key.point, 'named')
  if (key.kind !== 'rsa') return key.encoded
  const plain = encodeRsaPublicKey(key.modulus, key.exponent)
  if (algorithm.scheme !== 'rsa-pss' || algorithm.hash === algorithm.mgfHash) return plain
  // node:crypto has no option for the hash inside MGF1, but OpenSSL takes it from a key that carries PSS
  // parameters. The salt length in the key is a minimum; the exact one is asked for at verification.
  const bits = new Fields(readOnly(plain), 'RFC5280 §4.1.2.7')
  bits.any()
  const parameters = encodePssParameters({ ...algorithm, saltLength: 0 })
  return der.sequence(der.sequence(der.oid(OIDS.rsaPss), parameters), bits.any().encoded)
}

function options(algorithm: SignatureAlgorithm, key: object, node: NodeCryptoModule): unknown {
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
      return { key, padding: node.constants.RSA_PKCS1_PADDING }
    case 'rsa-pss':
      return { key, padding: node.constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
    case 'ecdsa':
      return { key, dsaEncoding: algorithm.encoding === 'der' ? 'der' : 'ieee-p1363' }
    case 'dsa':
      return { key, dsaEncoding: 'der' }
  }
}
