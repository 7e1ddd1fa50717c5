import type { AccountKey } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import { CaseRefusal } from '../case-refusal.ts'
import { fromBase64url, toBase64url } from '../record/octets.ts'

/** What a helper may do for the holder. What is missing here is the holder's alone: handing in, appealing, taking back. */
export type HelperScope =
  /** Reads and writes what is not handed in yet. */
  | 'draft'
  /** Sees what the office asks for, and answers it. */
  | 'answer'
  /** Sees where the cases are, and reads the letters. */
  | 'status'

export const HELPER_SCOPES: readonly HelperScope[] = ['draft', 'answer', 'status']

/** An open way into an account, with what it opens. It is worth as much as the passphrase: it stands in sealed sessions only. */
export interface Door {
  /** 16 octets. */
  readonly accountId: Uint8Array
  /** 16 octets. */
  readonly doorId: Uint8Array
  readonly as: 'holder' | 'helper'
  /** Of a helper; of the holder, all. */
  readonly scopes: readonly HelperScope[]
  /** Opens letters; zeros in the door of a helper who may read none. */
  readonly keys: AccountKey
  /** 32 octets: opens the draft; zeros in the door of a helper who may not. */
  readonly draftKey: Uint8Array
}

/** For the content of a session. */
export const encodeDoor = (door: Door): object => ({
  accountId: toBase64url(door.accountId),
  doorId: toBase64url(door.doorId),
  as: door.as,
  scopes: [...door.scopes],
  publicKey: toBase64url(door.keys.publicKey),
  privateKey: toBase64url(door.keys.privateKey),
  draftKey: toBase64url(door.draftKey),
})

/** @throws CaseRefusal door.closed for what is no door */
export function parseDoor(content: object): Door {
  const { as, scopes, ...octets } = content as Readonly<Record<string, unknown>>
  const [accountId, doorId] = [fromBase64url(octets.accountId, 16), fromBase64url(octets.doorId, 16)]
  const publicKey = fromBase64url(octets.publicKey, 65)
  const [privateKey, draftKey] = [fromBase64url(octets.privateKey, 32), fromBase64url(octets.draftKey, 32)]
  const whole = accountId && doorId && publicKey && privateKey && draftKey
  if (!whole || (as !== 'holder' && as !== 'helper') || !areScopes(scopes))
    throw new CaseRefusal('door.closed')
  return { accountId, doorId, as, scopes, keys: { publicKey, privateKey }, draftKey }
}

export const areScopes = (scopes: unknown): scopes is readonly HelperScope[] =>
  Array.isArray(scopes) &&
  new Set(scopes).size === scopes.length &&
  scopes.every((scope) => HELPER_SCOPES.includes(scope as HelperScope))

/** Of the row: as the text that stands in it. */
export const scopesText = (scopes: readonly HelperScope[]): string =>
  HELPER_SCOPES.filter((scope) => scopes.includes(scope)).join(' ')

/**
 * Whether the door is open still, and opens this: asked in the transaction of every act, so that a helper is out at once
 * and everywhere. It is the row that counts, not what a session remembers.
 * @param needs one of these scopes, or that it is the holder
 * @throws CaseRefusal door.closed, door.scope
 */
export async function demandDoor(
  tx: Tx,
  door: Door,
  needs: 'holder' | readonly HelperScope[],
): Promise<{ readonly as: 'holder' | 'helper'; readonly scopes: readonly HelperScope[] }> {
  const [row] = await tx.query<{ kind: 'holder' | 'helper'; scopes: string }>(
    'select kind, scopes from door where id = $1 and account_id = $2 and secrets is not null',
    [door.doorId, door.accountId],
  )
  if (row === undefined) throw new CaseRefusal('door.closed')
  if (row.kind === 'holder') return { as: 'holder', scopes: HELPER_SCOPES }
  const scopes = HELPER_SCOPES.filter((scope) => row.scopes.split(' ').includes(scope))
  if (needs === 'holder' || !needs.some((scope) => scopes.includes(scope)))
    throw new CaseRefusal('door.scope')
  return { as: 'helper', scopes }
}

/** Who did it, as an event says it. */
export const actorOf = (door: Door): string =>
  door.as === 'holder' ? 'applicant' : `helper:${Buffer.from(door.doorId).toString('hex')}`
