import { write as der } from '@nansen/formats/der'
import {
  type Curve,
  encodeEcPublicKey,
  encodePssParameters,
  encodeRsaPublicKey,
  OIDS,
  type PublicKey,
  type SignatureAlgorithm,
} from '@nansen/formats/pki'
import { Fields, readOnly } from '@nansen/formats/tlv'
import type { Crypto, SignatureAnswer } from './crypto.ts'
import { readDsaKey } from './dsa-public.ts'
import { fits, withinReach } from './fits.ts'
import { toOctets } from './integers.ts'

/** What is used of node:crypto. The module is handed in, so that this room imports nothing from `node:`. */
export interface NodeCryptoModule {
  createHash(algorithm: string): { update(data: Uint8Array): { digest(): Uint8Array } }
  createPublicKey(key: unknown): object
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
  const keys = new WeakMap<PublicKey, Map<string, object | 'invalid' | 'unsupported'>>()

  function keyFor(key: PublicKey, algorithm: SignatureAlgorithm): object | 'invalid' | 'unsupported' {
    let forms = keys.get(key)
    if (forms === undefined) {
      forms = new Map()
      keys.set(key, forms)
    }
    const form = algorithm.scheme === 'rsa-pss' ? `${algorithm.hash}/${algorithm.mgfHash}` : ''
    let imported = forms.get(form)
    if (imported === undefined) {
      imported = importKey(keyBytes(key, algorithm)) ?? (hasCurve(key) ? 'invalid' : 'unsupported')
      forms.set(form, imported)
    }
    return imported
  }

  function importKey(bytes: Uint8Array | undefined): object | undefined {
    try {
      return bytes && node.createPublicKey({ key: bytes, format: 'der', type: 'spki' })
    } catch {
      return undefined
    }
  }

  /** Some builds leave out brainpool or the small curves; even the base point is then no key. */
  function hasCurve(key: PublicKey): boolean {
    if (key.kind !== 'ec') return true
    const { curve } = key
    return importKey(encodeEcPublicKey(curve, basePoint(curve), 'named')) !== undefined
  }

  return {
    digest: node.hash
      ? (hash, bytes) => node.hash!(hash, bytes, 'buffer')
      : (hash, bytes) => node.createHash(hash).update(bytes).digest(),

    verify(algorithm, key, message, signature): SignatureAnswer {
      if (!fits(algorithm, key, signature)) return 'invalid'
      if (!withinReach(key)) return 'unsupported'
      const imported = keyFor(key, algorithm)
      if (typeof imported === 'string') return imported
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

function keyBytes(key: PublicKey, algorithm: SignatureAlgorithm): Uint8Array | undefined {
  if (key.kind === 'ec') return encodeEcPublicKey(key.curve, key.point, 'named')
  if (key.kind === 'dsa') return readDsaKey(key.encoded) && key.encoded
  if (key.kind !== 'rsa') return undefined
  const plain = encodeRsaPublicKey(key.modulus, key.exponent)
  if (algorithm.scheme !== 'rsa-pss' || algorithm.hash === algorithm.mgfHash) return plain
  // node:crypto has no option for the hash inside MGF1, but OpenSSL takes it from a key that carries PSS
  // parameters. The salt length in the key is a minimum; the exact one is asked for at verification.
  const bits = new Fields(readOnly(plain), 'RFC5280 §4.1.2.7')
  bits.any()
  const parameters = encodePssParameters({ ...algorithm, saltLength: 0 })
  return der.sequence(der.sequence(der.oid(OIDS.rsaPss), parameters), bits.any().encoded)
}

function basePoint({ x, y, size }: Curve): Uint8Array {
  return Uint8Array.of(4, ...toOctets(BigInt(`0x${x}${y}`), 2 * size)!)
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
