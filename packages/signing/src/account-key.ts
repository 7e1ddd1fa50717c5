import { createECDH } from 'node:crypto'
import { hpkeRecipient, hpkeSender } from './hpke.ts'
import { SigningRefusal } from './signing.ts'

const INFO = Buffer.from('nansen account 1', 'latin1')
const POINT = 65

/** To which letters to one account are sealed: P-256. */
export interface AccountKey {
  /** A point, uncompressed: 65 octets. */
  readonly publicKey: Uint8Array
  /** 32 octets: stands in the account under the applicant's passphrase, and nowhere else. */
  readonly privateKey: Uint8Array
}

export function makeAccountKey(): AccountKey {
  const key = createECDH('prime256v1')
  key.generateKeys()
  // A scalar with zeros in front comes out shorter.
  const scalar = key.getPrivateKey()
  const privateKey = new Uint8Array(32)
  privateKey.set(scalar, 32 - scalar.length)
  return { publicKey: new Uint8Array(key.getPublicKey()), privateKey }
}

/**
 * For the account's holder alone: 81 octets longer than `bytes`.
 * @param context what it belongs to: opened for anything else it does not open
 */
export function sealToAccount(publicKey: Uint8Array, context: Uint8Array, bytes: Uint8Array): Uint8Array {
  const { enc, seal } = hpkeSender(publicKey, INFO)
  return new Uint8Array(Buffer.concat([enc, seal(context, bytes)]))
}

/** @throws SigningRefusal sealed.altered */
export function openAtAccount(
  { publicKey, privateKey }: AccountKey,
  context: Uint8Array,
  sealed: Uint8Array,
): Uint8Array {
  if (sealed.length < POINT) throw new SigningRefusal('sealed.altered')
  const key = createECDH('prime256v1')
  key.setPrivateKey(privateKey)
  const agree = (point: Uint8Array) => new Uint8Array(key.computeSecret(point))
  return hpkeRecipient(agree, publicKey, INFO, sealed.slice(0, POINT)).open(
    0,
    context,
    sealed.subarray(POINT),
  )
}
