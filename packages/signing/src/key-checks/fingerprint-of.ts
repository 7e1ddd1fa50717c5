import { ECDH, hash } from 'node:crypto'
import { readBitStringOctets, tags, write } from '@nansen/formats/der'
import {
  type CurveName,
  encodeEcPublicKey,
  encodeRsaPublicKey,
  type PublicKey,
  parsePublicKey,
} from '@nansen/formats/pki'
import { Fields, readOnly } from '@nansen/formats/tlv'

export const ED25519 = '1.3.101.112'

/**
 * SHA-256 of the key as SubjectPublicKeyInfo in one form: EC with a named curve and both coordinates, RSA without PSS
 * restrictions. The same key written with explicit parameters, compressed or restricted has the same fingerprint, so
 * `key_register` knows it again. P6
 * @param spki SubjectPublicKeyInfo, DER
 * @returns 32 octets
 * @throws FormatError for what is no key; RangeError for a compressed point that is not on its curve
 */
export function fingerprintOf(spki: Uint8Array): Uint8Array {
  return fingerprintOfKey(parsePublicKey(spki))
}

export const fingerprintOfKey = (key: PublicKey): Uint8Array =>
  new Uint8Array(hash('sha256', inOneForm(key), 'buffer'))

function inOneForm(key: PublicKey): Uint8Array {
  switch (key.kind) {
    case 'ec':
      return encodeEcPublicKey(key.curve, uncompressed(key.point, key.curve.name), 'named')
    case 'rsa':
      return encodeRsaPublicKey(key.modulus, key.exponent)
    case 'unknown': {
      if (key.oid !== ED25519) return key.encoded
      return write.sequence(write.sequence(write.oid(ED25519)), write.bitString(keyOctets(key.encoded)))
    }
    case 'dsa':
      return key.encoded
  }
}

/** The octets of the BIT STRING. */
export function keyOctets(spki: Uint8Array): Uint8Array {
  const fields = new Fields(readOnly(spki), 'RFC5280 §4.1.2.7')
  fields.take(tags.SEQUENCE)
  return readBitStringOctets(fields.take(tags.BIT_STRING))
}

/** Names of OpenSSL, where they differ. */
const OPENSSL: Partial<Record<CurveName, string>> = {
  'P-192': 'prime192v1',
  'P-224': 'secp224r1',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

function uncompressed(point: Uint8Array, curve: CurveName): Uint8Array {
  if (point[0] === 4) return point
  try {
    const whole = ECDH.convertKey(point, OPENSSL[curve] ?? curve, undefined, undefined, 'uncompressed')
    return new Uint8Array(whole as Buffer)
  } catch (error) {
    throw new RangeError('the point is not on its curve', { cause: error })
  }
}
