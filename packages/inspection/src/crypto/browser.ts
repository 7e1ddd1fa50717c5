import type { Curve, HashName, PublicKey, SignatureAlgorithm } from '@nansen/formats/pki'
import { sha224 } from '@noble/hashes/sha2.js'
import { verifyEcdsa } from './browser-curves.ts'
import type { Crypto } from './crypto.ts'
import { readDsaKey, verifyDsa } from './dsa-public.ts'
import { fits, withinReach } from './fits.ts'
import { toOctets } from './integers.ts'
import { verifyRsa } from './rsa-public.ts'
import { pairFromDer, pairFromPlain } from './signature-pair.ts'
import { platformOf } from './subtle.ts'

/**
 * The adapter on WebCrypto: `webCrypto(crypto.subtle)`; a page has it in a secure context only.
 * What WebCrypto does not know (brainpool and small curves, SHA-224, DSA) or refuses (an odd RSA key, a
 * second hash inside MGF1) is worked out in JavaScript. Nothing here is secret, so its time may tell all.
 */
export function webCrypto(subtle: SubtleCrypto): Crypto {
  const platform = platformOf(subtle)

  const digest = async (hash: HashName, bytes: Uint8Array): Promise<Uint8Array> =>
    platform.digest(hash, bytes) ?? sha224(bytes)

  async function verifies(
    algorithm: SignatureAlgorithm,
    key: PublicKey,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    if (key.kind === 'rsa' && (algorithm.scheme === 'rsa-pkcs1' || algorithm.scheme === 'rsa-pss'))
      return (
        (await platform.verify(algorithm, key, message, signature)) ??
        (await verifyRsa(algorithm, key, message, signature, digest))
      )
    if (key.kind === 'ec' && algorithm.scheme === 'ecdsa') {
      const order = orderOf(key.curve)
      const pair =
        algorithm.encoding === 'der' ? pairFromDer(signature, order) : pairFromPlain(signature, order)
      if (pair === undefined) return false
      return (
        (await platform.verify(algorithm, key, message, pair)) ??
        verifyEcdsa(key.curve, key.point, await digest(algorithm.hash, message), pair)
      )
    }
    if (key.kind === 'dsa' && algorithm.scheme === 'dsa') {
      const read = readDsaKey(key.encoded)
      const pair = read && pairFromDer(signature, read.order)
      return pair !== undefined && verifyDsa(read!, await digest(algorithm.hash, message), pair)
    }
    return false
  }

  return {
    digest,
    async verify(algorithm, key, message, signature) {
      if (!fits(algorithm, key, signature)) return 'invalid'
      if (!withinReach(key)) return 'unsupported'
      return (await verifies(algorithm, key, message, signature)) ? 'valid' : 'invalid'
    },
  }
}

function orderOf({ n }: Curve): Uint8Array {
  return toOctets(BigInt(`0x${n}`), n.length / 2)!
}
