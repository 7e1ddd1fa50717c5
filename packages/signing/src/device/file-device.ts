import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  type ECDH,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { curveByName, encodeEcPublicKey } from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import { signWith } from '../algorithms.ts'
import { syncFolder, writeDurably } from '../durable-file.ts'
import { freshOctets } from '../fresh-octets.ts'
import type { KeyAlgorithm, SigningKey } from '../signing.ts'
import { demandSpecimenState } from '../states.ts'
import type { Device, KeySpec } from './device.ts'
import { DeviceFault } from './device-fault.ts'
import {
  altered,
  isSigningKey,
  KEY_SUFFIX,
  type KeyFileMetadata,
  readKeyFile,
  writeKeyFile,
} from './key-file.ts'
import { isKeyId } from './key-limits.ts'
import { type FolderKey, newFolderKey, openFolderKey, type PassphraseFile } from './passphrase.ts'

export interface FileDeviceOptions {
  readonly folder: string
  readonly passphrase: string
  /** Lays out an empty folder. Without it a folder that is gone is not taken for a new one. */
  readonly create?: boolean
  /** Tests alone: less work than 2^17 for scrypt, so that they need not wait. */
  readonly weakScryptN?: number
}

const PASSPHRASE = 'passphrase.json'
const P256_OF_OPENSSL = 'prime256v1'
const WRAPPING = 'wrapping'
const INDEX = 'index'
const ALWAYS = { state: '', notBefore: new Date(0), notAfter: new Date(0), most: 0 } as const

/**
 * Keys in files of one folder, each sealed under one passphrase with what it may do; for specimens and for tests. In
 * memory private keys are handles of node:crypto, which hold them outside the heap of JavaScript.
 * @throws SigningRefusal passphrase.wrong; DeviceFault device.empty, device.limits-altered
 */
export function openFileDevice(options: FileDeviceOptions): Device {
  const { folder, create = false } = options
  if (!existsSync(join(folder, PASSPHRASE))) {
    if (!create)
      throw new DeviceFault(
        'device.empty',
        'There are no keys in this folder: give the right one, or make them.',
      )
    layOut(options)
  }
  return new FileDevice(options)
}

/** The file with the passphrase's parameters comes last: a folder without it was never finished, and is begun anew. */
function layOut({ folder, passphrase, weakScryptN }: FileDeviceOptions): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  syncFolder(dirname(folder))
  const strangers = readdirSync(folder).filter((name) => name.endsWith(KEY_SUFFIX) && !isOurs(name))
  if (strangers.length > 0)
    throw new DeviceFault(
      'device.limits-altered',
      'This folder has keys and not the file to open them: put passphrase.json back from a backup.',
    )
  const { key, file } = newFolderKey(passphrase, weakScryptN)
  const wrapping = createECDH(P256_OF_OPENSSL)
  const publicKey = spkiOfPoint(new Uint8Array(wrapping.generateKeys()))
  const write = (
    id: typeof WRAPPING | typeof INDEX,
    more: Pick<KeyFileMetadata, 'algorithm' | 'publicKey'>,
    secret: Buffer,
  ) => writeSecret(join(folder, id + KEY_SUFFIX), key, { ...ALWAYS, id, purpose: id, ...more }, secret)
  write(WRAPPING, { algorithm: 'P-256', publicKey }, wrapping.getPrivateKey())
  write(INDEX, { algorithm: 'secret', publicKey: new Uint8Array(0) }, freshOctets(32))
  writeDurably(join(folder, PASSPHRASE), Buffer.from(`${JSON.stringify(file, undefined, 2)}\n`))
}

const isOurs = (name: string): boolean => name === WRAPPING + KEY_SUFFIX || name === INDEX + KEY_SUFFIX

class FileDevice implements Device {
  readonly kind = 'files'
  readonly wrappingPoint: Uint8Array
  readonly indexKey: Uint8Array
  readonly #folder: string
  readonly #folderKey: FolderKey
  readonly #keys = new Map<string, SigningKey>()
  readonly #privateKeys = new Map<string, KeyObject>()
  /** Like a handle, and in half the time: making a handle of each point costs more than the agreement. */
  readonly #wrappingKey: ECDH = createECDH(P256_OF_OPENSSL)

  constructor({ folder, passphrase, weakScryptN }: FileDeviceOptions) {
    this.#folder = folder
    const folderKey = openFolderKey(passphrase, readPassphraseFile(folder), weakScryptN)
    if (folderKey === undefined) throw altered()
    this.#folderKey = folderKey
    const wrapping = this.#read(WRAPPING)
    this.#wrappingKey.setPrivateKey(wrapping.secret)
    wrapping.secret.fill(0)
    this.wrappingPoint = new Uint8Array(this.#wrappingKey.getPublicKey())
    if (!sameBytes(spkiOfPoint(this.wrappingPoint), wrapping.metadata.publicKey)) throw altered()
    const index = this.#read(INDEX)
    this.indexKey = new Uint8Array(index.secret)
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith(KEY_SUFFIX) || isOurs(name)) continue
      const { metadata, secret } = this.#read(name.slice(0, -KEY_SUFFIX.length))
      if (!isSigningKey(metadata)) throw altered()
      this.#keys.set(metadata.id, metadata)
      this.#privateKeys.set(metadata.id, importPrivateKey(secret, metadata))
    }
  }

  get keys(): ReadonlyMap<string, SigningKey> {
    return this.#keys
  }

  make(spec: KeySpec): SigningKey {
    demandSpecimenState(spec.state)
    if (!isKeyId(spec.id) || spec.id === WRAPPING || spec.id === INDEX)
      throw new RangeError('id: letters, digits and hyphens, and no name that is taken')
    const path = join(this.#folder, spec.id + KEY_SUFFIX)
    if (this.#keys.has(spec.id) || existsSync(path))
      throw new DeviceFault('device.key-exists', 'There is a key of this name already.')
    const { privateKey, publicKey } = generate(spec.algorithm)
    const { id, purpose, algorithm, state, notBefore, notAfter, most } = spec
    const key = { id, purpose, algorithm, state, publicKey: spkiOf(publicKey), notBefore, notAfter, most }
    writeSecret(path, this.#folderKey, key, pkcs8(privateKey))
    this.#keys.set(id, key)
    this.#privateKeys.set(id, privateKey)
    return key
  }

  sign(id: string, toBeSigned: Uint8Array): Uint8Array {
    const privateKey = this.#privateKeys.get(id)
    const key = this.#keys.get(id)
    if (privateKey === undefined || key === undefined)
      throw new DeviceFault('device.key-missing', 'There is no key of this name.')
    return signWith(privateKey, key.algorithm, toBeSigned)
  }

  /** OpenSSL refuses a point that is not on the curve. [SEC1 §3.2.2] */
  agree(point: Uint8Array): Uint8Array {
    return this.#wrappingKey.computeSecret(point)
  }

  close(): void {
    this.#privateKeys.clear()
    this.#keys.clear()
    this.indexKey.fill(0)
  }

  #read(id: string): { readonly metadata: KeyFileMetadata; readonly secret: Buffer } {
    return readKeyFile(join(this.#folder, id + KEY_SUFFIX), this.#folderKey)
  }
}

function readPassphraseFile(folder: string): PassphraseFile {
  try {
    return JSON.parse(readFileSync(join(folder, PASSPHRASE), 'utf8')) as PassphraseFile
  } catch (error) {
    if (error instanceof SyntaxError) throw altered()
    throw error
  }
}

function generate(algorithm: KeyAlgorithm): {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
} {
  if (algorithm === 'Ed25519') return generateKeyPairSync('ed25519')
  if (algorithm === 'RSA-PSS-3072') return generateKeyPairSync('rsa', { modulusLength: 3072 })
  return generateKeyPairSync('ec', { namedCurve: algorithm })
}

function writeSecret(path: string, key: FolderKey, metadata: KeyFileMetadata, secret: Buffer): void {
  writeKeyFile(path, key, metadata, secret)
  secret.fill(0)
}

/** The handle for a secret that is wiped; it must be the private half of the public key beside it. */
function importPrivateKey(secret: Buffer, { publicKey }: KeyFileMetadata): KeyObject {
  const privateKey = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' })
  secret.fill(0)
  if (!sameBytes(spkiOf(createPublicKey(privateKey)), publicKey)) throw altered()
  return privateKey
}

const spkiOfPoint = (point: Uint8Array) => encodeEcPublicKey(curveByName('P-256'), point, 'named')
const pkcs8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' })
const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }))
