import { timingSafeEqual } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hex } from '@nansen/formats/tlv'
import { writeDurably } from '../durable-file.ts'
import type { KeyAlgorithm, Purpose, SigningKey } from '../signing.ts'
import { DeviceFault } from './device-fault.ts'

/** A MAC under a secret that does not leave the device: 32 octets. */
export type Seal = (bytes: Uint8Array) => Uint8Array

/** Octets of the largest limits file read; the largest public key takes about 900. */
const MOST_OCTETS = 8192
const SUFFIX = '.json'

/** A key's id is also the name of its file and its label on the token, so it is kept to what is harmless in all three. */
const ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/
export const isKeyId = (id: string): boolean => ID.test(id) && !id.startsWith('nansen-')

interface LimitsFile {
  readonly id: string
  readonly purpose: Purpose
  readonly algorithm: KeyAlgorithm
  readonly state: string
  readonly publicKey: string
  readonly notBefore: string
  readonly notAfter: string
  readonly most: number
  readonly seal: string
}

/** What is sealed: every field in a fixed order, the public key too, so that limits cannot be moved to another key. */
function sealed(file: Omit<LimitsFile, 'seal'>): Uint8Array {
  const { id, purpose, algorithm, state, publicKey, notBefore, notAfter, most } = file
  const fields = [id, purpose, algorithm, state, publicKey, notBefore, notAfter, most]
  return new TextEncoder().encode(`nansen: what a key may do, 1\n${JSON.stringify(fields)}`)
}

/** Writes what a key may do, durably, in one step: there is never half a file. */
export function writeLimits(folder: string, key: SigningKey, seal: Seal): void {
  const file = {
    id: key.id,
    purpose: key.purpose,
    algorithm: key.algorithm,
    state: key.state,
    publicKey: hex(key.publicKey),
    notBefore: key.notBefore.toISOString(),
    notAfter: key.notAfter.toISOString(),
    most: key.most,
  }
  const text = `${JSON.stringify({ ...file, seal: hex(seal(sealed(file))) }, undefined, 2)}\n`
  writeDurably(join(folder, key.id + SUFFIX), Buffer.from(text))
}

/** Whether any key has limits here. */
export const hasLimits = (folder: string): boolean => limitsFiles(folder).length > 0

const limitsFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()

/**
 * What each key may do, as it was written when the key was made.
 * @throws DeviceFault device.limits-altered
 */
export function readLimits(folder: string, seal: Seal): ReadonlyMap<string, SigningKey> {
  const keys = new Map<string, SigningKey>()
  for (const name of limitsFiles(folder)) {
    const key = parseLimits(join(folder, name), seal)
    if (key === undefined || `${key.id}${SUFFIX}` !== name) throw altered()
    keys.set(key.id, key)
  }
  return keys
}

function parseLimits(path: string, seal: Seal): SigningKey | undefined {
  if (statSync(path).size > MOST_OCTETS) return undefined
  let file: LimitsFile
  let same: boolean
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as LimitsFile
    same = typeof file.seal === 'string' && same32(seal(sealed(file)), unhex(file.seal))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
  // From here on the file is as this device wrote it, and needs no further look.
  if (!same || !isKeyId(file.id)) return undefined
  return {
    id: file.id,
    purpose: file.purpose,
    algorithm: file.algorithm,
    state: file.state,
    publicKey: unhex(file.publicKey),
    notBefore: new Date(file.notBefore),
    notAfter: new Date(file.notAfter),
    most: file.most,
  }
}

const altered = (): DeviceFault =>
  new DeviceFault(
    'device.limits-altered',
    'A file that says what a key may do is not the one this device wrote: put it back from a backup, and find out who changed it.',
  )

const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const same32 = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
