import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import { checkPublicKey, fingerprintOf } from './key-checks/index.ts'
import { SigningRefusal } from './signing.ts'

/** A public key that comes in from outside, and whose it is: `chip/…`, `wallet/…`, by a random id. */
export interface HolderKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  readonly owner: string
}

/** RSA keys of chips: shorter than ours may be, and no shorter. */
const CHIP_KEYS = { leastRsaBits: 2048 } as const

/**
 * Checks a key at the door and remembers it, in the caller's transaction: no key serves two owners. Offered again for
 * the same owner, it is the same key. P6
 * @throws SigningRefusal key.weak, key.not-on-curve, key.known-compromised, key.of-another
 */
export const registerKey = (tx: Tx, spki: Uint8Array, owner: string): Promise<void> =>
  registerKeys(tx, [{ spki, owner }])

/** As {@link registerKey}, for many at once. */
export const registerKeys = (tx: Tx, keys: readonly HolderKey[]): Promise<void> =>
  registerCheckedKeys(
    tx,
    keys.map(({ spki, owner }) => ({ fingerprint: checkHolderKey(spki), owner })),
  )

/**
 * The half of {@link registerKeys} that needs no database.
 * @returns the fingerprint of the key
 * @throws SigningRefusal key.weak, key.not-on-curve, key.known-compromised
 */
export function checkHolderKey(spki: Uint8Array): Uint8Array {
  const refused = checkPublicKey(spki, CHIP_KEYS)
  if (refused !== undefined) throw new SigningRefusal(refused)
  return fingerprintOf(spki)
}

/** The other half: no two owners of one key. @throws SigningRefusal key.of-another */
export async function registerCheckedKeys(
  tx: Tx,
  keys: readonly { readonly fingerprint: Uint8Array; readonly owner: string }[],
): Promise<void> {
  const offered = new Map<string, { readonly fingerprint: Uint8Array; readonly owner: string }>()
  for (const { fingerprint, owner } of keys) {
    const before = offered.get(hex(fingerprint))
    if (before !== undefined && before.owner !== owner) throw new SigningRefusal('key.of-another')
    offered.set(hex(fingerprint), { fingerprint, owner })
  }
  await takeFingerprints(tx, [...offered.values()])
}

/** The same for keys that are checked already, such as our own. @throws SigningRefusal key.of-another */
export async function takeFingerprints(
  tx: Tx,
  keys: readonly { readonly fingerprint: Uint8Array; readonly owner: string }[],
): Promise<void> {
  if (keys.length === 0) return
  const rows = keys.map(({ fingerprint, owner }) => ({ fingerprint, owner }))
  const taken = new Set((await tx.insertNew<Uint8Array>('key_register', rows, 'fingerprint')).map(hex))
  const before = keys.filter(({ fingerprint }) => !taken.has(hex(fingerprint)))
  if (before.length === 0) return
  const known = await tx.query<{ fingerprint: Uint8Array; owner: string }>(
    'select fingerprint, owner from key_register where fingerprint = any($1::bytea[])',
    [before.map(({ fingerprint }) => fingerprint)],
  )
  const owners = new Map(known.map(({ fingerprint, owner }) => [hex(fingerprint), owner]))
  if (before.some(({ fingerprint, owner }) => owners.get(hex(fingerprint)) !== owner))
    throw new SigningRefusal('key.of-another')
}
