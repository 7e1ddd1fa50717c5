import { createHash } from 'node:crypto'
import * as der from '@nansen/formats/der'
import { curveByName, encodeEcPublicKey, encodeRsaPublicKey } from '@nansen/formats/pki'
import { readOnly } from '@nansen/formats/tlv'
import type { KeyAlgorithm } from '../signing.ts'
import { DeviceFault } from './device-fault.ts'
import { CKA, CKG_MGF1_SHA256, CKM } from './pkcs11-numbers.ts'
import type { Token } from './pkcs11-token.ts'
import type { Attribute, Handle, Mechanism } from './pkcs11js-types.ts'

/** How a token makes, names and uses keys of one algorithm. */
export interface TokenAlgorithm {
  readonly generate: Mechanism
  /** What the template of the public key says of the key to be made. */
  readonly domain: readonly Attribute[]
  /** SubjectPublicKeyInfo from the token's public key object. @throws DeviceFault device.key-missing */
  publicKey(token: Token, object: Handle): Uint8Array
  sign(token: Token, key: Handle, toBeSigned: Uint8Array): Uint8Array
}

export const TOKEN_ALGORITHMS: Readonly<Record<KeyAlgorithm, TokenAlgorithm>> = {
  'P-256': ecdsa('P-256', 'sha256'),
  'P-384': ecdsa('P-384', 'sha384'),
  brainpoolP256r1: ecdsa('brainpoolP256r1', 'sha256'),
  brainpoolP384r1: ecdsa('brainpoolP384r1', 'sha384'),
  'RSA-PSS-3072': rsaPss(3072),
  Ed25519: ed25519(),
}

function ecdsa(
  name: 'P-256' | 'P-384' | 'brainpoolP256r1' | 'brainpoolP384r1',
  hash: 'sha256' | 'sha384',
): TokenAlgorithm {
  const curve = curveByName(name)
  return {
    generate: { mechanism: CKM.EC_KEY_PAIR_GEN },
    domain: [{ type: CKA.EC_PARAMS, value: Buffer.from(der.write.oid(curve.oid)) }],
    publicKey: (token, object) =>
      encodeEcPublicKey(curve, pointOf(token, object, 1 + 2 * curve.size), 'named'),
    sign(token, key, toBeSigned) {
      const digest = createHash(hash).update(toBeSigned).digest()
      const both = token.sign({ mechanism: CKM.ECDSA }, key, digest, 2 * curve.size)
      return encodeSignature(both)
    },
  }
}

/** A token gives r and s, of equal length, one behind the other. `SEQUENCE { r INTEGER, s INTEGER }` [RFC5480 §A] */
function encodeSignature(both: Uint8Array): Uint8Array {
  const half = both.length / 2
  return der.write.sequence(
    der.write.unsigned(both.subarray(0, half)),
    der.write.unsigned(both.subarray(half)),
  )
}

/** The salt as long as the hash, SHA-256 throughout. [RFC8017 §8.1] */
function rsaPss(bits: number): TokenAlgorithm {
  return {
    generate: { mechanism: CKM.RSA_PKCS_KEY_PAIR_GEN },
    domain: [
      { type: CKA.MODULUS_BITS, value: bits },
      { type: CKA.PUBLIC_EXPONENT, value: Buffer.of(1, 0, 1) },
    ],
    publicKey: (token, object) =>
      encodeRsaPublicKey(
        demand(token.read(object, CKA.MODULUS)),
        demand(token.read(object, CKA.PUBLIC_EXPONENT)),
      ),
    sign(token, key, toBeSigned) {
      const digest = createHash('sha256').update(toBeSigned).digest()
      const parameter = { type: token.parameters.pss, hashAlg: CKM.SHA256, mgf: CKG_MGF1_SHA256, saltLen: 32 }
      return token.sign({ mechanism: CKM.RSA_PKCS_PSS, parameter }, key, digest, bits / 8)
    },
  }
}

const ED25519_OID = '1.3.101.112'

function ed25519(): TokenAlgorithm {
  return {
    generate: { mechanism: CKM.EC_EDWARDS_KEY_PAIR_GEN },
    // Edwards curves are named by a string where others are named by an object identifier.
    domain: [{ type: CKA.EC_PARAMS, value: Buffer.from(der.write.printableString('edwards25519')) }],
    publicKey: (token, object) =>
      der.write.sequence(
        der.write.sequence(der.write.oid(ED25519_OID)),
        der.write.bitString(pointOf(token, object, 32)),
      ),
    sign: (token, key, toBeSigned) => token.sign({ mechanism: CKM.EDDSA }, key, toBeSigned, 64),
  }
}

/** Most tokens wrap the point into an OCTET STRING, some give it as it is; the length tells which. */
export function pointOf(token: Token, object: Handle, octets: number): Uint8Array {
  const value = demand(token.read(object, CKA.EC_POINT))
  if (value.length === octets) return value
  const element = readOnly(value)
  if (element.tag !== der.tags.OCTET_STRING || element.length !== octets) throw unreadable()
  return element.content.slice()
}

function demand(value: Uint8Array | undefined): Uint8Array {
  if (value === undefined) throw unreadable()
  return value
}

const unreadable = (): DeviceFault =>
  new DeviceFault('device.key-missing', 'The token does not give out the public side of a key of ours.')
