import { createCipheriv, createDecipheriv, createECDH, createHmac } from 'node:crypto'
import { SigningRefusal } from './signing.ts'

/**
 * Hybrid public key encryption, base mode, one message: whoever has the public point can write, and only the device
 * behind it can read. DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. [RFC9180 §4.1, §5.1, §6.1]
 */
export interface HpkeContext {
  /** What this use of the key is for; both sides say the same. */
  readonly info: Uint8Array
  /** What the message belongs to; it is not in the output. */
  readonly aad: Uint8Array
}

/** Octets of the ephemeral public point in front of the ciphertext. */
const POINT = 65
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

/**
 * @param recipient a point of P-256, uncompressed: 65 octets
 * @returns the ephemeral point, then ciphertext and tag: 81 octets more than `plaintext`
 */
export function hpkeSeal(
  recipient: Uint8Array,
  context: HpkeContext,
  plaintext: Uint8Array,
  suite = OURS,
): Uint8Array {
  const ephemeral = createECDH('prime256v1')
  if (suite.ephemeral === undefined) ephemeral.generateKeys()
  else ephemeral.setPrivateKey(suite.ephemeral)
  const enc = ephemeral.getPublicKey()
  const { key, nonce } = keySchedule(
    sharedSecret(ephemeral.computeSecret(recipient), enc, recipient),
    context.info,
    suite,
  )
  const cipher = createCipheriv(suite.aead, key, nonce)
  cipher.setAAD(context.aad)
  return new Uint8Array(Buffer.concat([enc, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]))
}

/**
 * @param agree the x-coordinate of the shared point; it refuses what is no point of the curve
 * @param recipient the public point of the device
 * @throws SigningRefusal sealed.altered
 */
export function hpkeOpen(
  agree: (point: Uint8Array) => Uint8Array,
  recipient: Uint8Array,
  context: HpkeContext,
  sealed: Uint8Array,
  suite = OURS,
): Uint8Array {
  if (sealed.length < POINT + TAG) throw new SigningRefusal('sealed.altered')
  const enc = sealed.subarray(0, POINT)
  try {
    const secret = sharedSecret(agree(enc), enc, recipient)
    const { key, nonce } = keySchedule(secret, context.info, suite)
    const decipher = createDecipheriv(suite.aead, key, nonce)
    decipher.setAAD(context.aad)
    decipher.setAuthTag(sealed.subarray(-TAG))
    const plain = Buffer.concat([decipher.update(sealed.subarray(POINT, -TAG)), decipher.final()])
    return new Uint8Array(plain)
  } catch (error) {
    throw new SigningRefusal('sealed.altered', { cause: error })
  }
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
