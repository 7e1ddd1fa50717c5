import type { Store, Tx } from '@nansen/store'
import type { Device, KeySpec } from './device/device.ts'
import { checkPublicKey, fingerprintOf } from './key-checks/index.ts'
import { takeFingerprints } from './register-key.ts'
import { type SigningKey, SigningRefusal } from './signing.ts'
import { demandSpecimenState } from './states.ts'

/**
 * As `CeremonySigning.makeKey`. First in the device, then in the tables: a key that a crash left out of them is found in
 * the device and written down the next time.
 * @throws SigningRefusal key.real-state, key.of-another (the id is there, of another kind), and what a key check finds
 */
export async function makeKey(store: Store, device: Device, spec: KeySpec): Promise<SigningKey> {
  demandSpecimenState(spec.state)
  if (!(spec.notBefore.getTime() < spec.notAfter.getTime()))
    throw new RangeError('a period begins before it ends')
  if (!Number.isSafeInteger(spec.most) || spec.most < 1 || spec.most > MOST)
    throw new RangeError('most: a number of signatures')
  const before = device.keys.get(spec.id)
  if (before !== undefined && !isAlike(before, spec)) throw new SigningRefusal('key.of-another')
  const key = before ?? device.make(spec)
  const weakness = checkPublicKey(key.publicKey)
  if (weakness !== undefined) throw new SigningRefusal(weakness)
  await store.transaction((tx) => writeDown(tx, key))
  return key
}

/** An `integer` of the database holds no more. */
const MOST = 2 ** 31 - 1

const isAlike = (key: SigningKey, { purpose, algorithm, state }: KeySpec): boolean =>
  key.purpose === purpose && key.algorithm === algorithm && key.state === state

async function writeDown(tx: Tx, key: SigningKey): Promise<void> {
  const owner = `authority/${key.id}`
  await takeFingerprints(tx, [{ fingerprint: fingerprintOf(key.publicKey), owner }])
  await tx.query(
    `insert into signing_key (id, purpose, algorithm, state, public_key, not_before, not_after, most)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
    [key.id, key.purpose, key.algorithm, key.state, key.publicKey, key.notBefore, key.notAfter, key.most],
  )
}
