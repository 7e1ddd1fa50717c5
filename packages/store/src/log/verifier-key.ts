import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { StoreError } from '../errors.ts'
import { sha256 } from './hash.ts'
import { base64, concat, hex, parseBase64, utf8 } from './octets.ts'

/** How a key signs notes: plainly, as a log does, or with a time, as a witness does. C2SP signed-note, tlog-cosignature. */
export type NoteSignatureType = 'ed25519' | 'cosignature/v1'

const TYPES: readonly [NoteSignatureType, number][] = [
  ['ed25519', 1],
  ['cosignature/v1', 4],
]

/** A key that signs notes, as those know it who check them. */
export interface VerifierKey {
  readonly name: string
  /** 8 hexadecimal digits, of name, type and key. */
  readonly id: string
  readonly type: NoteSignatureType
  /** 32 octets. */
  readonly publicKey: Uint8Array
}

/**
 * @param publicKey Ed25519, 32 octets
 * @throws StoreError log.checkpoint-wrong where that is no name or no key
 */
export function verifierKey(name: string, publicKey: Uint8Array, type: NoteSignatureType): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== 32) throw new StoreError('log.checkpoint-wrong')
  const material = encodeKey(publicKey, type)
  const id = hex(sha256(concat(utf8(`${name}\n`), material)).subarray(0, 4))
  return { name, id, type, publicKey }
}

/** `name+id+base64(type ‖ key)`. C2SP signed-note. */
export function encodeVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${base64(encodeKey(publicKey, type))}`
}

/** @throws StoreError log.checkpoint-wrong, also for a type that is not known here */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]{1,512})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,64})$/.exec(text) ?? []
  const material = encoded === undefined ? undefined : parseBase64(encoded)
  const type = TYPES.find(([, octet]) => octet === material?.[0])?.[0]
  if (name === undefined || material === undefined || type === undefined)
    throw new StoreError('log.checkpoint-wrong')
  const key = verifierKey(name, material.subarray(1), type)
  if (key.id !== id) throw new StoreError('log.checkpoint-wrong')
  return key
}

/** Not empty, without spaces of any script and without a plus. C2SP signed-note. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 512 && !/[\p{White_Space}+\u0000-\u001f]/u.test(name)
}

/** Whether an Ed25519 signature of 64 octets stands; a key that is no point of the curve makes none stand. [RFC8032 §5.1.7] */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = keyObject(publicKey)
  try {
    return signature.length === 64 && key !== undefined && verify(null, message, key, signature)
  } catch {
    return false
  }
}

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 octets. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** A log is opened with the same few keys again and again, and to read one costs ten times a signature. */
const keys = new Map<string, KeyObject>()
const MOST_KEYS = 100

function keyObject(publicKey: Uint8Array): KeyObject | undefined {
  if (publicKey.length !== 32) return undefined
  const octets = Buffer.from(publicKey)
  const name = octets.toString('latin1')
  let key = keys.get(name)
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([SPKI, octets]), format: 'der', type: 'spki' })
    if (keys.size < MOST_KEYS) keys.set(name, key)
  }
  return key
}

function encodeKey(publicKey: Uint8Array, type: NoteSignatureType): Uint8Array {
  const octet = TYPES.find(([name]) => name === type)![1]
  return Uint8Array.of(octet, ...publicKey)
}
