import * as node from 'node:crypto'
import { type PublicKey, parsePublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'

/** What specimens are signed with. */
export const SPECIMEN_ALGORITHM: SignatureAlgorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' }

/** A key pair of a state that does not exist, in memory only and gone with the process. */
export interface SpecimenKey {
  readonly publicKey: PublicKey
  /** SHA-1 of the key's octets. [RFC5280 §4.2.1.2] */
  readonly keyIdentifier: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
}

export function makeSpecimenKey(): SpecimenKey {
  const { publicKey, privateKey } = node.generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const parsed = parsePublicKey(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })))
  const octets = parsed.kind === 'ec' ? parsed.point : parsed.encoded
  return {
    publicKey: parsed,
    keyIdentifier: sha1(octets),
    sign: (bytes) => new Uint8Array(node.sign('sha256', bytes, privateKey)),
  }
}

const sha1 = (bytes: Uint8Array): Uint8Array => new Uint8Array(node.createHash('sha1').update(bytes).digest())

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(node.createHash('sha256').update(bytes).digest())
