import * as node from 'node:crypto'
import { type PublicKey, parsePublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'

/** The kinds of key that real documents are signed with most. */
export type KeyKind = 'P-256' | 'brainpoolP384r1' | 'RSA' | 'RSA-PSS'

/** A key pair of a state that does not exist, in memory only and gone with the process. */
export interface SpecimenKey {
  readonly publicKey: PublicKey
  /** SHA-1 of the key's octets. [RFC5280 §4.2.1.2] */
  readonly keyIdentifier: Uint8Array
  readonly algorithm: SignatureAlgorithm
  sign(bytes: Uint8Array): Uint8Array
}

const ALGORITHMS: Readonly<Record<KeyKind, SignatureAlgorithm>> = {
  'P-256': { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' },
  brainpoolP384r1: { scheme: 'ecdsa', hash: 'sha384', encoding: 'der' },
  RSA: { scheme: 'rsa-pkcs1', hash: 'sha256' },
  'RSA-PSS': { scheme: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 },
}

export function makeSpecimenKey(kind: KeyKind = 'P-256'): SpecimenKey {
  const algorithm = ALGORITHMS[kind]
  const { publicKey, privateKey } =
    kind === 'RSA' || kind === 'RSA-PSS'
      ? node.generateKeyPairSync('rsa', { modulusLength: 2048 })
      : node.generateKeyPairSync('ec', { namedCurve: kind })
  const parsed = parsePublicKey(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })))
  const padding =
    algorithm.scheme === 'rsa-pss'
      ? { padding: node.constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
      : {}
  return {
    publicKey: parsed,
    keyIdentifier: digest('sha1', parsed.kind === 'ec' ? parsed.point : parsed.encoded),
    algorithm,
    sign: (bytes) => new Uint8Array(node.sign(algorithm.hash, bytes, { key: privateKey, ...padding })),
  }
}

export const digest = (hash: string, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(node.createHash(hash).update(bytes).digest())
