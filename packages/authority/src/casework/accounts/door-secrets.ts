import { type AccountKey, openUnder, sealUnder } from '@nansen/signing'
import { type Door, HELPER_SCOPES, type HelperScope, scopesText } from './door.ts'

/** What a passphrase opens in the row of a door. */
export interface DoorRow {
  readonly id: Uint8Array
  readonly accountId: Uint8Array
  readonly kind: 'holder' | 'helper'
  readonly scopes: string
  readonly secrets: Uint8Array | null
}

const [POINT, KEY] = [65, 32]
const SECRETS = POINT + KEY + KEY

/**
 * The secrets of an account as far as this door opens them, for the passphrase alone. They are bound to what the door
 * is: whoever writes `holder` into the row of a helper has spoilt it.
 */
export function sealSecrets(
  sealing: Uint8Array,
  door: Pick<DoorRow, 'id' | 'accountId' | 'kind' | 'scopes'>,
  { keys, draftKey }: { readonly keys: AccountKey; readonly draftKey: Uint8Array },
): Uint8Array {
  const scopes = door.kind === 'holder' ? HELPER_SCOPES : (door.scopes.split(' ') as HelperScope[])
  const secrets = new Uint8Array(SECRETS)
  secrets.set(keys.publicKey)
  if (scopes.includes('status') || scopes.includes('answer')) secrets.set(keys.privateKey, POINT)
  if (scopes.includes('draft')) secrets.set(draftKey, POINT + KEY)
  const sealed = sealUnder({ caseId: door.accountId, key: sealing }, placeOf(door), secrets)
  secrets.fill(0)
  return sealed
}

/** @throws SigningRefusal sealed.altered */
export function openSecrets(sealing: Uint8Array, row: DoorRow & { readonly secrets: Uint8Array }): Door {
  const secrets = openUnder({ caseId: row.accountId, key: sealing }, placeOf(row), row.secrets)
  const scopes = row.kind === 'holder' ? HELPER_SCOPES : (row.scopes.split(' ') as HelperScope[])
  return {
    accountId: row.accountId,
    doorId: row.id,
    as: row.kind,
    scopes,
    keys: { publicKey: secrets.slice(0, POINT), privateKey: secrets.slice(POINT, POINT + KEY) },
    draftKey: secrets.slice(POINT + KEY),
  }
}

const placeOf = ({ id, kind, scopes }: Pick<DoorRow, 'id' | 'kind' | 'scopes'>) => ({
  column: 'door.secrets',
  row: Buffer.concat([id, Buffer.from(`${kind} ${scopes}`, 'utf8')]),
})

export const ALL_SCOPES = scopesText(HELPER_SCOPES)
