import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { KEY_ALGORITHMS } from '../algorithms.ts'
import { writeDurably } from '../durable-file.ts'
import type { SigningKey } from '../signing.ts'
import { DeviceFault } from './device-fault.ts'
import type { FolderKey } from './passphrase.ts'

/** Octets; a file of an RSA key takes about 3,500. */
const MOST_OCTETS = 16_384

export const KEY_SUFFIX = '.key'

/** What stands beside a secret, readable and bound to it: whoever changes a word of it makes the file unreadable. */
export interface KeyFileMetadata extends Omit<SigningKey, 'purpose' | 'algorithm'> {
  readonly purpose: SigningKey['purpose'] | 'wrapping' | 'index'
  readonly algorithm: SigningKey['algorithm'] | 'secret'
}

/** As JSON, in this order; `sealed` is base64 of nonce, ciphertext and tag. */
interface KeyFile {
  readonly version: 1
  readonly id: string
  readonly purpose: string
  readonly algorithm: string
  readonly state: string
  readonly notBefore: string
  readonly notAfter: string
  readonly most: number
  readonly publicKey: string
  readonly sealed: string
}

const associated = ({
  version,
  id,
  purpose,
  algorithm,
  state,
  notBefore,
  notAfter,
  most,
  publicKey,
}: KeyFile) =>
  JSON.stringify(['nansen key', version, id, purpose, algorithm, state, notBefore, notAfter, most, publicKey])

/** Writes a secret and what belongs to it, durably. */
export function writeKeyFile(
  path: string,
  folderKey: FolderKey,
  metadata: KeyFileMetadata,
  secret: Uint8Array,
): void {
  const file: KeyFile = {
    version: 1,
    id: metadata.id,
    purpose: metadata.purpose,
    algorithm: metadata.algorithm,
    state: metadata.state,
    notBefore: metadata.notBefore.toISOString(),
    notAfter: metadata.notAfter.toISOString(),
    most: metadata.most,
    publicKey: Buffer.from(metadata.publicKey).toString('base64'),
    sealed: '',
  }
  const sealed = folderKey.seal(associated(file), secret).toString('base64')
  writeDurably(path, Buffer.from(`${JSON.stringify({ ...file, sealed }, undefined, 2)}\n`))
}

/**
 * @returns the secret, for the caller to wipe, and what belongs to it
 * @throws DeviceFault device.limits-altered: changed, or the file of another key under this name
 */
export function readKeyFile(
  path: string,
  folderKey: FolderKey,
): { readonly metadata: KeyFileMetadata; readonly secret: Buffer } {
  if (statSync(path).size > MOST_OCTETS) throw altered()
  const file = parsed(readFileSync(path, 'utf8'))
  const secret = folderKey.open(associated(file), Buffer.from(String(file.sealed), 'base64'))
  // From here on the file is as this device wrote it, and needs no further look.
  if (secret === undefined || `${file.id}${KEY_SUFFIX}` !== basename(path)) throw altered()
  const metadata: KeyFileMetadata = {
    id: file.id,
    purpose: file.purpose as KeyFileMetadata['purpose'],
    algorithm: file.algorithm as KeyFileMetadata['algorithm'],
    state: file.state,
    notBefore: new Date(file.notBefore),
    notAfter: new Date(file.notAfter),
    most: file.most,
    publicKey: new Uint8Array(Buffer.from(file.publicKey, 'base64')),
  }
  return { metadata, secret }
}

function parsed(text: string): KeyFile {
  try {
    const file = JSON.parse(text) as KeyFile | null
    if (file !== null && typeof file === 'object') return file
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw altered()
}

export const isSigningKey = (metadata: KeyFileMetadata): metadata is KeyFileMetadata & SigningKey =>
  (KEY_ALGORITHMS as readonly string[]).includes(metadata.algorithm) &&
  metadata.purpose !== 'wrapping' &&
  metadata.purpose !== 'index'

export const altered = (): DeviceFault =>
  new DeviceFault(
    'device.limits-altered',
    'A file in the folder of keys is not as it was written, or stands under the name of another: put it back from a backup, and find out who changed it.',
  )
