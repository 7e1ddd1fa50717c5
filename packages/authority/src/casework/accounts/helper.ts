import { hex } from '@nansen/formats/tlv'
import { openUnder, sealUnder } from '@nansen/signing'
import { append, readStream } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { streamOfAccount } from '../record/account-stream.ts'
import { idOf } from '../record/octets.ts'
import { insertDoor, loginIndex } from './account.ts'
import { actorOf, areScopes, type Door, demandDoor, type HelperScope, scopesText } from './door.ts'
import { sealSecrets } from './door-secrets.ts'
import { keysOfPassphrase } from './keys-of-passphrase.ts'
import { drawPassphrase, type Script } from './passphrase.ts'

/** Somebody whom the applicant lets act for them, within limits. */
export interface Helper {
  /** 32 hexadecimal digits. */
  readonly doorId: string
  /** As the applicant calls them. */
  readonly name: string
  readonly scopes: readonly HelperScope[]
  /** The day on which they were let in. */
  readonly since: Date
  /** Not revoked. */
  readonly open: boolean
}

const MOST_HELPERS = 10
/** Characters. */
const LONGEST_NAME = 60
/** Octets: how long a name is, the database does not tell. */
const NAME_BLOCK = 256

const streamOf = ({ accountId }: Door): string => streamOfAccount(accountId)

/**
 * A way in for a helper, with words of their own that open no more than the scopes say.
 * @returns the words, which are shown once and are nowhere
 * @throws CaseRefusal door.*, helper.name, helper.scopes, helper.too-many
 */
export async function makeHelper(
  office: CaseOffice,
  door: Door,
  helper: { readonly name: string; readonly scopes: readonly HelperScope[]; readonly script: Script },
): Promise<readonly string[]> {
  const name = helper.name.normalize('NFC').trim()
  if (name === '' || [...name].length > LONGEST_NAME || /[\p{Cc}\p{Cs}]/u.test(name))
    throw new CaseRefusal('helper.name', { field: 'name' })
  if (!areScopes(helper.scopes) || helper.scopes.length === 0)
    throw new CaseRefusal('helper.scopes', { field: 'scopes' })

  const words = drawPassphrase(office.random, helper.script)
  const { login, sealing } = await keysOfPassphrase(words.join(' '))
  const index = await loginIndex(office, login)
  const made = {
    id: office.random(16),
    accountId: door.accountId,
    kind: 'helper' as const,
    scopes: scopesText(helper.scopes),
  }
  const row = { ...made, secrets: sealSecrets(sealing, made, door) }
  const sealedName = sealUnder(keyOf(door), placeOf(made.id), paddedName(name))
  const at = startOfDay(office.clock())
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    const [there] = await tx.query<{ open: number }>(
      `select count(*) as open from door where account_id = $1 and kind = 'helper' and secrets is not null`,
      [door.accountId],
    )
    if (there!.open >= MOST_HELPERS) throw new CaseRefusal('helper.too-many')
    await insertDoor(tx, row, index, sealedName)
    const body = { actor: actorOf(door), door: hex(made.id), scopes: made.scopes }
    await append(tx, [{ stream: streamOf(door), kind: 'helper.made', at, body }])
  })
  return words
}

/** Those who were let in, the first one first, with those who were shown out again. @throws CaseRefusal door.* */
export async function helpersOf(office: CaseOffice, door: Door): Promise<readonly Helper[]> {
  return office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    const made = (await readStream(tx, streamOf(door))).filter(({ kind }) => kind === 'helper.made')
    const rows = await tx.query<{ id: Uint8Array; scopes: string; name: Uint8Array; open: boolean }>(
      `select id, scopes, name, secrets is not null as open from door where account_id = $1 and kind = 'helper'`,
      [door.accountId],
    )
    const byId = new Map(rows.map((row) => [hex(row.id), row]))
    return made.flatMap(({ at, body }): readonly Helper[] => {
      const doorId = String(body.door)
      const row = byId.get(doorId)
      if (row === undefined) return []
      const name = Buffer.from(openUnder(keyOf(door), placeOf(row.id), row.name))
        .toString('utf8')
        .trimEnd()
      return [{ doorId, name, scopes: row.scopes.split(' ') as HelperScope[], since: at, open: row.open }]
    })
  })
}

/**
 * Shows a helper out, at once and everywhere: what their words opened is deleted, and each act asks for it. What they
 * have seen, they have seen.
 * @param doorId 32 hexadecimal digits
 * @throws CaseRefusal door.*, helper.unknown
 */
export async function revokeHelper(office: CaseOffice, door: Door, doorId: string): Promise<void> {
  const id = idOf(doorId)
  const at = startOfDay(office.clock())
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    const [row] = await tx.query<{ open: boolean }>(
      `select secrets is not null as open from door where id = $1 and account_id = $2 and kind = 'helper'`,
      [id ?? new Uint8Array(16), door.accountId],
    )
    if (row === undefined) throw new CaseRefusal('helper.unknown')
    // Asked again, it is done already.
    if (!row.open) return
    await tx.query('update door set secrets = null where id = $1', [id!])
    const body = { actor: actorOf(door), door: doorId }
    await append(tx, [{ stream: streamOf(door), kind: 'helper.revoked', at, body }])
  })
}

const keyOf = ({ accountId, draftKey }: Door) => ({ caseId: accountId, key: draftKey })
const placeOf = (id: Uint8Array) => ({ column: 'door.name', row: id })

function paddedName(name: string): Uint8Array {
  const bytes = Buffer.from(name, 'utf8')
  const padded = new Uint8Array(NAME_BLOCK).fill(0x20)
  padded.set(bytes)
  return padded
}
