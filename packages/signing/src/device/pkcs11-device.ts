import { ECDH } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hex, sameBytes } from '@nansen/formats/tlv'
import { type KeyAlgorithm, type SigningKey, SigningOutage, SigningRefusal } from '../signing.ts'
import { demandSpecimenState } from '../states.ts'
import type { Device, KeySpec } from './device.ts'
import { DeviceFault } from './device-fault.ts'
import { hasLimits, isKeyId, readLimits, writeLimits } from './key-limits.ts'
import { pointOf, TOKEN_ALGORITHMS } from './pkcs11-algorithms.ts'
import { CKA, CKD_NULL, CKK, CKM, CKO, CKR } from './pkcs11-numbers.ts'
import { answerOf, identified, labelled, openToken, type Token } from './pkcs11-token.ts'
import type { Attribute, Handle } from './pkcs11js-types.ts'

export interface Pkcs11Settings {
  /** Path of the PKCS #11 module that came with the token. */
  readonly module: string
  /** Label of the token: it holds the keys of one authority and nothing else. */
  readonly tokenLabel: string
  readonly pin: string
  /** Folder, beside the token and not on it, with a file per key that says what the key may do. */
  readonly limits: string
  /** The token is new: lay on it what every device has. Without this, an empty token is refused as the wrong one. */
  readonly create?: boolean
  /**
   * Accept private keys that were not made on this token, and take one into use by `make` with its label as id. Such a
   * key has lain outside a token at least once; unset, it is refused. P6
   */
  readonly importedKeys?: 'allowed'
}

/** Labels of what every device has besides signing keys. */
const WRAPPING = 'nansen-wrapping'
const INDEX = 'nansen-index'
const SEALING = 'nansen-limits'
/** In front of the label of a key whose limits are not written yet: it has never signed. */
const MAKING = 'nansen-making:'

/**
 * Keys on a token behind PKCS #11: made there, and never given out. What each may do lies in a file beside the token,
 * sealed under a secret on the token, so that a changed file is noticed. P5
 * @throws DeviceFault, SigningRefusal passphrase.wrong
 */
export async function openPkcs11Device(settings: Pkcs11Settings): Promise<Device> {
  if (settings.create === true) mkdirSync(settings.limits, { recursive: true, mode: 0o700 })
  const token = await openToken(settings.module, settings.tokenLabel, settings.pin)
  try {
    return deviceOn(token, settings)
  } catch (error) {
    token.close()
    throw error
  }
}

function deviceOn(token: Token, settings: Pkcs11Settings): Device {
  const foundation = layFoundation(token, settings)
  refuseOpenKeys(token, settings)
  const seal = (bytes: Uint8Array) =>
    token.sign({ mechanism: CKM.SHA256_HMAC }, foundation.sealing, bytes, 32)
  const keys = new Map(readLimits(settings.limits, seal))
  finishMaking(token, keys)
  const handles = new Map<string, Handle>()
  for (const key of keys.values()) handles.set(key.id, privateKeyOf(token, key))

  return {
    kind: 'pkcs11',
    keys,
    wrappingPoint: foundation.wrappingPoint,
    indexKey: foundation.indexKey,
    make(spec) {
      demandSpecimenState(spec.state)
      if (!isKeyId(spec.id)) throw new RangeError('a key id is of letters, digits and hyphens, at most 63')
      if (keys.has(spec.id)) throw keyExists()
      const key = makeKey(token, spec, settings, seal)
      handles.set(key.id, privateKeyOf(token, key))
      keys.set(key.id, key)
      return key
    },
    sign(id, toBeSigned) {
      const key = keys.get(id)
      const handle = handles.get(id)
      if (key === undefined || handle === undefined) throw missing()
      return answering(() => TOKEN_ALGORITHMS[key.algorithm].sign(token, handle, toBeSigned))
    },
    agree: (point) => agree(token, foundation.wrapping, point),
    close() {
      foundation.indexKey.fill(0)
      token.close()
    },
  }
}

/** What every device has: the key that case keys are wrapped to, the secret of look-ups, and the one that seals limits. */
interface Foundation {
  readonly wrapping: Handle
  readonly wrappingPoint: Uint8Array
  readonly indexKey: Uint8Array
  readonly sealing: Handle
}

function layFoundation(token: Token, settings: Pkcs11Settings): Foundation {
  const lay = (object: string, make: () => void): Handle => {
    const cls = object === WRAPPING ? CKO.PRIVATE_KEY : CKO.SECRET_KEY
    const find = () => one(token.find([{ type: CKA.CLASS, value: cls }, labelled(object)]))
    const found = find()
    if (found !== undefined) return found
    // With keys in use, a new secret would hide that the old one is gone.
    if (settings.create !== true || hasLimits(settings.limits))
      throw new DeviceFault(
        'device.empty',
        'The token does not hold what this office once laid on it: is it the right token? A new one is prepared by a ceremony.',
      )
    make()
    return find()!
  }
  const wrapping = lay(WRAPPING, () =>
    generatePair(token, 'P-256', WRAPPING, WRAPPING, { sign: false, derive: true }),
  )
  const index = lay(INDEX, () => generateSecret(token, INDEX, { sealed: false }))
  const sealing = lay(SEALING, () => generateSecret(token, SEALING, { sealed: true }))
  const indexKey = token.read(index, CKA.VALUE)
  if (indexKey?.length !== 32)
    throw new DeviceFault('device.key-missing', 'The token does not give out the secret of look-ups.')
  return { wrapping, wrappingPoint: pointOf(token, publicObject(token, WRAPPING), 65), indexKey, sealing }
}

/** Every private key on the token, ours or not: one that may leave it makes the token no place for keys. P5 */
function refuseOpenKeys(token: Token, settings: Pkcs11Settings): void {
  for (const key of token.find([{ type: CKA.CLASS, value: CKO.PRIVATE_KEY }])) {
    if (token.is(key, CKA.EXTRACTABLE) || !token.is(key, CKA.SENSITIVE))
      throw new DeviceFault(
        'device.key-extractable',
        'A private key on the token can be read out: make it anew on the token, not extractable.',
      )
    if (!token.is(key, CKA.LOCAL) && settings.importedKeys !== 'allowed')
      throw new DeviceFault(
        'device.key-imported',
        'A private key on the token was not made there: make a new one on the token.',
      )
  }
}

/** Keys are made under a passing label; a cut before their limits were written leaves one that never signed. */
function finishMaking(token: Token, keys: ReadonlyMap<string, SigningKey>): void {
  for (const handle of token.find([{ type: CKA.CLASS, value: CKO.PRIVATE_KEY }])) {
    const label = new TextDecoder().decode(token.read(handle, CKA.LABEL))
    if (!label.startsWith(MAKING)) continue
    const id = label.slice(MAKING.length)
    const key = keys.get(id)
    const publicHandle = one(token.find([{ type: CKA.CLASS, value: CKO.PUBLIC_KEY }, labelled(label)]))
    const same =
      key !== undefined &&
      publicHandle !== undefined &&
      sameBytes(TOKEN_ALGORITHMS[key.algorithm].publicKey(token, publicHandle), key.publicKey)
    for (const object of [handle, ...(publicHandle ? [publicHandle] : [])])
      if (same) token.set(object, [labelled(id)])
      else token.destroy(object)
  }
}

function makeKey(
  token: Token,
  spec: KeySpec,
  settings: Pkcs11Settings,
  seal: (bytes: Uint8Array) => Uint8Array,
): SigningKey {
  const { publicKey } = TOKEN_ALGORITHMS[spec.algorithm]
  const there = one(token.find([{ type: CKA.CLASS, value: CKO.PRIVATE_KEY }, labelled(spec.id)]))
  // A key of this label without limits: whoever took its file away must not get new limits for it.
  if (there !== undefined && (settings.importedKeys !== 'allowed' || token.is(there, CKA.LOCAL)))
    throw keyExists()
  const pair =
    there === undefined
      ? generatePair(token, spec.algorithm, MAKING + spec.id, spec.id, { sign: true, derive: false })
      : { privateKey: there, publicKey: publicObject(token, spec.id) }
  const { id, purpose, algorithm, state, notBefore, notAfter, most } = spec
  const limits = { id, purpose, algorithm, state, notBefore, notAfter, most }
  const key: SigningKey = { ...limits, publicKey: publicKey(token, pair.publicKey) }
  writeLimits(settings.limits, key, seal)
  token.set(pair.privateKey, [labelled(id)])
  token.set(pair.publicKey, [labelled(id)])
  return key
}

function generatePair(
  token: Token,
  algorithm: KeyAlgorithm,
  label: string,
  id: string,
  may: { readonly sign: boolean; readonly derive: boolean },
): { readonly privateKey: Handle; readonly publicKey: Handle } {
  const { generate, domain } = TOKEN_ALGORITHMS[algorithm]
  const both: readonly Attribute[] = [{ type: CKA.TOKEN, value: true }, labelled(label), identified(id)]
  try {
    return token.generatePair(
      generate,
      [...both, ...domain, { type: CKA.VERIFY, value: may.sign }, { type: CKA.DERIVE, value: may.derive }],
      [
        ...both,
        { type: CKA.PRIVATE, value: true },
        { type: CKA.SENSITIVE, value: true },
        { type: CKA.EXTRACTABLE, value: false },
        { type: CKA.SIGN, value: may.sign },
        { type: CKA.DERIVE, value: may.derive },
      ],
    )
  } catch (cause) {
    if (!UNSUPPORTED.has(answerOf(cause) ?? -1)) throw cause
    throw new DeviceFault(
      'device.algorithm-unsupported',
      `The token makes no keys of the kind ${algorithm}.`,
      {
        cause,
      },
    )
  }
}

const UNSUPPORTED: ReadonlySet<number> = new Set([
  CKR.ATTRIBUTE_VALUE_INVALID,
  CKR.MECHANISM_INVALID,
  CKR.MECHANISM_PARAM_INVALID,
  CKR.TEMPLATE_INCONSISTENT,
  CKR.DOMAIN_PARAMS_INVALID,
  CKR.CURVE_NOT_SUPPORTED,
])

/** 32 octets by chance, from the token. Sealed, they never leave it. */
function generateSecret(token: Token, label: string, { sealed }: { readonly sealed: boolean }): void {
  token.generateSecret({ mechanism: CKM.GENERIC_SECRET_KEY_GEN }, [
    { type: CKA.CLASS, value: CKO.SECRET_KEY },
    { type: CKA.KEY_TYPE, value: CKK.GENERIC_SECRET },
    { type: CKA.VALUE_LEN, value: 32 },
    { type: CKA.TOKEN, value: true },
    { type: CKA.PRIVATE, value: true },
    { type: CKA.SENSITIVE, value: sealed },
    { type: CKA.EXTRACTABLE, value: !sealed },
    { type: CKA.SIGN, value: sealed },
    labelled(label),
  ])
}

/** [RFC9180 §4.1] @throws SigningRefusal key.not-on-curve */
function agree(token: Token, wrapping: Handle, point: Uint8Array): Uint8Array {
  // Not every token looks, and a point beside the curve draws the private key out bit by bit.
  try {
    if (point.length !== 65) throw new RangeError('a point has 65 octets')
    ECDH.convertKey(point, 'prime256v1')
  } catch {
    throw new SigningRefusal('key.not-on-curve')
  }
  return answering(() => {
    const parameter = { type: token.parameters.ecdh, kdf: CKD_NULL, publicData: Buffer.from(point) }
    const shared = token.derive({ mechanism: CKM.ECDH1_DERIVE, parameter }, wrapping, SHARED)
    try {
      const value = token.read(shared, CKA.VALUE)
      if (value?.length !== 32) throw new SigningOutage('the token gives no shared point')
      return value
    } finally {
      token.destroy(shared)
    }
  })
}

/** The shared point is the result and leaves the token; it stays on it only as long as it takes to read it. */
const SHARED: readonly Attribute[] = [
  { type: CKA.CLASS, value: CKO.SECRET_KEY },
  { type: CKA.KEY_TYPE, value: CKK.GENERIC_SECRET },
  { type: CKA.TOKEN, value: false },
  { type: CKA.SENSITIVE, value: false },
  { type: CKA.EXTRACTABLE, value: true },
  { type: CKA.VALUE_LEN, value: 32 },
]

function privateKeyOf(token: Token, key: SigningKey): Handle {
  const handle = one(token.find([{ type: CKA.CLASS, value: CKO.PRIVATE_KEY }, labelled(key.id)]))
  if (handle === undefined) throw missing()
  const publicKey = TOKEN_ALGORITHMS[key.algorithm].publicKey(token, publicObject(token, key.id))
  if (hex(publicKey) !== hex(key.publicKey)) throw missing()
  return handle
}

function publicObject(token: Token, label: string): Handle {
  const handle = one(token.find([{ type: CKA.CLASS, value: CKO.PUBLIC_KEY }, labelled(label)]))
  if (handle === undefined) throw missing()
  return handle
}

/** @throws DeviceFault where several objects have one label: which is meant cannot be known */
function one(found: readonly Handle[]): Handle | undefined {
  if (found.length > 1) throw keyExists()
  return found[0]
}

/** What a token answers in the middle of its work is an outage: nothing came of it. */
function answering<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (answerOf(cause) === undefined) throw cause
    throw new SigningOutage('the token does not answer as it must', { cause })
  }
}

const missing = (): DeviceFault =>
  new DeviceFault(
    'device.key-missing',
    'There is no key of this name, or the one on the token is not the one its limits were written for.',
  )

const keyExists = (): DeviceFault =>
  new DeviceFault('device.key-exists', 'The token has a key of this name already, without limits or twice.')
