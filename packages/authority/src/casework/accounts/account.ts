import { hex } from '@nansen/formats/tlv'
import { makeAccountKey } from '@nansen/signing'
import { isUniqueViolation, type Tx } from '@nansen/store'
import { blindIndex } from '../../registry/blind-index.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import type { Door } from './door.ts'
import { ALL_SCOPES, type DoorRow, openSecrets, sealSecrets } from './door-secrets.ts'
import { forgetDrafts } from './forget-drafts.ts'
import { keysOfPassphrase } from './keys-of-passphrase.ts'
import { normalisePassphrase } from './passphrase.ts'

/**
 * A new account for a passphrase that was drawn; asked again with the same one, the same account. Nothing says whose it
 * is, and nothing can bring the passphrase back.
 * @throws CaseRefusal passphrase.shape, door.closed where it is the passphrase of a helper who was revoked
 */
export async function openAccount(office: CaseOffice, passphrase: string): Promise<Door> {
  const normal = normalisePassphrase(passphrase)
  if (normal === undefined) throw new CaseRefusal('passphrase.shape')
  const keys = await keysOfPassphrase(normal)
  const index = await loginIndex(office, keys.login)
  const secrets = { keys: makeAccountKey(), draftKey: office.random(32) }
  const door = {
    id: office.random(16),
    accountId: office.random(16),
    kind: 'holder' as const,
    scopes: ALL_SCOPES,
  }
  const row = { ...door, secrets: sealSecrets(keys.sealing, door, secrets) }
  // As good a moment as any; by itself, so that it is in nobody's way.
  await office.store.transaction((tx) => forgetDrafts(tx, office.clock()))
  const made = await office.store
    .transaction(async (tx) => {
      // A door that is there is not made again; of two at the same moment, the database lets one in.
      const [there] = await tx.query('select 1 from door where login_index = $1', [index])
      if (there !== undefined) return false
      await tx.insert('account', [{ id: door.accountId, public_key: secrets.keys.publicKey }])
      await insertDoor(tx, row, index, null)
      return true
    })
    .catch((error: unknown) => {
      if (isUniqueViolation(error)) return false
      throw error
    })
  const opened = made ? openSecrets(keys.sealing, row) : await find(office, index, keys.sealing)
  if (opened === undefined) throw new CaseRefusal('door.closed')
  return opened
}

/** Of nobody: what is looked for in vain is opened too, and takes as long as what is found. P11 */
const NOBODY = {
  id: new Uint8Array(16),
  accountId: new Uint8Array(16),
  kind: 'holder' as const,
  scopes: ALL_SCOPES,
}
const NOBODYS_KEY = new Uint8Array(32)
let nobodysRow: OpenRow | undefined
type OpenRow = DoorRow & { readonly secrets: Uint8Array }

/**
 * The way in. Words that are none, words that open nothing, and the words of a helper who was revoked are all the same,
 * and take as long as those that open an account. P11
 * @returns undefined where there is no such open door
 */
export async function enter(office: CaseOffice, passphrase: string): Promise<Door | undefined> {
  const normal = normalisePassphrase(passphrase)
  // What is no passphrase is looked for like one: nothing is at its place, as no passphrase is empty.
  const { login, sealing } = await keysOfPassphrase(normal ?? '')
  return find(office, await loginIndex(office, login), sealing)
}

async function find(office: CaseOffice, index: Uint8Array, sealing: Uint8Array): Promise<Door | undefined> {
  const [found] = await office.store.transaction((tx) =>
    tx.query<DoorRow & Record<string, unknown>>(
      'select id, account_id as "accountId", kind, scopes, secrets from door where login_index = $1',
      [index],
    ),
  )
  nobodysRow ??= {
    ...NOBODY,
    secrets: sealSecrets(NOBODYS_KEY, NOBODY, {
      keys: { publicKey: new Uint8Array(65), privateKey: new Uint8Array(32) },
      draftKey: new Uint8Array(32),
    }),
  }
  const open = isOpen(found)
  const door = open ? openSecrets(sealing, found) : openSecrets(NOBODYS_KEY, nobodysRow)
  return open ? door : undefined
}

const isOpen = (row: DoorRow | undefined): row is OpenRow => row !== undefined && row.secrets !== null

/** Under what a door is found: of no use without the key of the key service. P7 */
export const loginIndex = async (office: CaseOffice, login: Uint8Array): Promise<Uint8Array> =>
  blindIndex(await office.signing.indexKey(), 'login', hex(login))

export const insertDoor = (
  tx: Tx,
  { id, accountId, kind, scopes, secrets }: DoorRow,
  index: Uint8Array,
  name: Uint8Array | null,
): Promise<void> =>
  tx.insert('door', [{ id, account_id: accountId, login_index: index, kind, scopes, name, secrets }])
