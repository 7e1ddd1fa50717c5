import { createCipheriv, createDecipheriv, createECDH, createHmac } from 'node:crypto'
import { SigningRefusal } from './signing.ts'

/*
 * Hybrid public key encryption, base mode: whoever has the public point can write, and only the device behind it can
 * read. DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. `info` says what this use of the key is for, and both sides
 * say the same; `aad` is what a message belongs to, and is not in the output. [RFC9180 §4.1, §5.1, §5.2]
 */

const TAG = 16

/** Varied by the vectors of the standard alone. */
export interface HpkeSuite {
  readonly aead: 'aes-128-gcm' | 'aes-256-gcm'
  /** Instead of a fresh one: the private scalar of the ephemeral key. */
  readonly ephemeral?: Uint8Array
}

const OURS: HpkeSuite = { aead: 'aes-256-gcm' }
const KEY_OCTETS = { 'aes-128-gcm': 16, 'aes-256-gcm': 32 } as const
const AEAD_ID = { 'aes-128-gcm': 1, 'aes-256-gcm': 2 } as const

/** One encapsulation for several messages, in order. [RFC9180 §5.2] */
export interface HpkeSender {
  /** The ephemeral point: 65 octets. */
  readonly enc: Uint8Array
  /** @returns ciphertext and tag of the next message: 16 octets more than `plaintext` */
  seal(aad: Uint8Array, plaintext: Uint8Array): Uint8Array
}

/** @param recipient a point of P-256, uncompressed: 65 octets */
export function hpkeSender(recipient: Uint8Array, info: Uint8Array, suite = OURS): HpkeSender {
  const ephemeral = createECDH('prime256v1')
  if (suite.ephemeral === undefined) ephemeral.generateKeys()
  else ephemeral.setPrivateKey(suite.ephemeral)
  const enc = new Uint8Array(ephemeral.getPublicKey())
  const secret = sharedSecret(ephemeral.computeSecret(recipient), enc, recipient)
  const { key, nonce } = keySchedule(secret, info, suite)
  let sequence = 0
  return {
    enc,
    seal(aad, plaintext) {
      const cipher = createCipheriv(suite.aead, key, nonceOf(nonce, sequence++))
      cipher.setAAD(aad)
      return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]))
    },
  }
}

export interface HpkeRecipient {
  /** @param sequence of the message, from 0 @throws SigningRefusal sealed.altered */
  open(sequence: number, aad: Uint8Array, sealed: Uint8Array): Uint8Array
}

/**
 * @param agree the x-coordinate of the shared point; it refuses what is no point of the curve
 * @param recipient the public point of the device
 * @throws SigningRefusal sealed.altered
 */
export function hpkeRecipient(
  agree: (point: Uint8Array) => Uint8Array,
  recipient: Uint8Array,
  info: Uint8Array,
  enc: Uint8Array,
  suite = OURS,
): HpkeRecipient {
  const { key, nonce } = orAltered(() => keySchedule(sharedSecret(agree(enc), enc, recipient), info, suite))
  return {
    open: (sequence, aad, sealed) =>
      orAltered(() => {
        if (sealed.length < TAG) throw new RangeError('shorter than its tag')
        const decipher = createDecipheriv(suite.aead, key, nonceOf(nonce, sequence))
        decipher.setAAD(aad)
        decipher.setAuthTag(sealed.subarray(-TAG))
        return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]))
      }),
  }
}

function orAltered<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new SigningRefusal('sealed.altered', { cause: error })
  }
}

/** The base nonce with the number of the message in its last octets. [RFC9180 §5.2] */
function nonceOf(base: Uint8Array, sequence: number): Buffer {
  const nonce = Buffer.from(base)
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8)
  return nonce
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const NOTHING = Buffer.alloc(0)
const VERSION = latin1('HPKE-v1')
const KEM_SUITE = Buffer.concat([latin1('KEM'), Buffer.from([0x00, 0x10])])

const hpkeSuiteId = (aead: HpkeSuite['aead']): Buffer =>
  Buffer.concat([latin1('HPKE'), Buffer.from([0x00, 0x10, 0x00, 0x01, 0x00, AEAD_ID[aead]])])

/** [RFC9180 §4] */
function labeledExtract(salt: Uint8Array, suiteId: Buffer, label: string, material: Uint8Array): Buffer {
  return createHmac('sha256', salt)
    .update(VERSION)
    .update(suiteId)
    .update(label, 'latin1')
    .update(material)
    .digest()
}

/** At most 32 octets: one block of HKDF-Expand. [RFC9180 §4] */
function labeledExpand(
  secret: Buffer,
  suiteId: Buffer,
  label: string,
  info: Uint8Array,
  octets: number,
): Buffer {
  return createHmac('sha256', secret)
    .update(Uint8Array.of(0, octets))
    .update(VERSION)
    .update(suiteId)
    .update(label, 'latin1')
    .update(info)
    .update(Uint8Array.of(1))
    .digest()
    .subarray(0, octets)
}

/** [RFC9180 §4.1] */
export function sharedSecret(agreed: Uint8Array, enc: Uint8Array, recipient: Uint8Array): Buffer {
  const prk = labeledExtract(NOTHING, KEM_SUITE, 'eae_prk', agreed)
  return labeledExpand(prk, KEM_SUITE, 'shared_secret', Buffer.concat([enc, recipient]), 32)
}

/** Base mode: no pre-shared key. [RFC9180 §5.1] */
export function keySchedule(
  shared: Uint8Array,
  info: Uint8Array,
  { aead }: HpkeSuite,
): { readonly key: Buffer; readonly nonce: Buffer } {
  const suiteId = hpkeSuiteId(aead)
  const context = Buffer.concat([
    Uint8Array.of(0),
    labeledExtract(NOTHING, suiteId, 'psk_id_hash', NOTHING),
    labeledExtract(NOTHING, suiteId, 'info_hash', info),
  ])
  const secret = labeledExtract(shared, suiteId, 'secret', NOTHING)
  return {
    key: labeledExpand(secret, suiteId, 'key', context, KEY_OCTETS[aead]),
    nonce: labeledExpand(secret, suiteId, 'base_nonce', context, 12),
  }
}
