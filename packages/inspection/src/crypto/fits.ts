import type { PublicKey, SignatureAlgorithm } from '@nansen/formats/pki'
import { compareBytes } from '@nansen/formats/tlv'

/**
 * Whether a key and a signature may go with an algorithm at all. Both adapters ask this first, so that what
 * one platform's library lets pass and another's does not is answered alike: OpenSSL, for one, takes an
 * RSA-PSS signature whose leading zeros were left out.
 * A key restricted to PSS parameters goes only with those. [RFC4055 §3.3] An RSA signature has as many octets
 * as the modulus, and the exponent is smaller than it. [RFC8017 §3.1, §8.1.2, §8.2.2]
 */
export function fits(algorithm: SignatureAlgorithm, key: PublicKey, signature: Uint8Array): boolean {
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
      return key.kind === 'rsa' && key.pss === undefined && fitsModulus(key, signature)
    case 'rsa-pss':
      return (
        key.kind === 'rsa' &&
        (key.pss === undefined ||
          (key.pss.hash === algorithm.hash &&
            key.pss.mgfHash === algorithm.mgfHash &&
            key.pss.saltLength <= algorithm.saltLength)) &&
        fitsModulus(key, signature)
      )
    case 'ecdsa':
      return key.kind === 'ec'
    case 'dsa':
      return key.kind === 'dsa'
  }
}

type RsaKey = Extract<PublicKey, { kind: 'rsa' }>

function fitsModulus({ modulus, exponent }: RsaKey, signature: Uint8Array): boolean {
  if (signature.length !== modulus.length) return false
  return (
    exponent.length < modulus.length ||
    (exponent.length === modulus.length && compareBytes(exponent, modulus) < 0)
  )
}

/**
 * Whether the arithmetic of this key is done at all. A modulus over 3,072 bits with an exponent over 64 bits
 * costs more than any real key, and OpenSSL refuses it; no adapter answers for it.
 */
export function withinReach(key: PublicKey): boolean {
  return key.kind !== 'rsa' || key.bits <= 3072 || key.exponent.length <= 8
}
