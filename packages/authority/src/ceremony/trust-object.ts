import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import type { IssuingState, Office } from '../office.ts'
import { sha256 } from './fingerprint.ts'

/** What an authority signs about itself. */
export type TrustKind =
  | 'csca'
  | 'csca-link'
  | 'document-signer'
  | 'master-list-signer'
  | 'crl'
  | 'master-list'

/** One act of signing: the third document signer, the revocation list number 7. */
export interface ActName {
  readonly kind: TrustKind
  /** From one; keys and certificates of one kind are counted, revocation lists are numbered by it. */
  readonly ordinal: number
}

/** What was signed, as it is kept and published. */
export interface TrustObject extends ActName {
  readonly bytes: Uint8Array
  readonly at: Date
}

/** An act as far as it has come. */
export interface Progress {
  /** Names it; another attempt has another name, because what is void is never signed. P4 */
  readonly once: Uint8Array
  readonly intent?: { readonly id: Uint8Array; readonly toBeSigned: Uint8Array }
  readonly sealed?: TrustObject
}

/** Attempts that came to nothing before somebody looks at why. */
const MOST_ATTEMPTS = 100

/**
 * Names an act by what it is, so that a ceremony that is taken up again means the same one. 32 octets. P4
 * @param attempt how many before it are void
 */
export function onceOf({ code2 }: IssuingState, { kind, ordinal }: ActName, attempt: number): Uint8Array {
  const text = `nansen ceremony act 1\n${code2}\n${kind}\n${ordinal}\n${attempt}\n`
  return sha256(text)
}

/** How far an act has come, passing over attempts that are void. */
export async function progressOf(tx: Tx, state: IssuingState, act: ActName): Promise<Progress> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const once = onceOf(state, act, attempt)
    const [row] = await tx.query<{
      id: Uint8Array
      bytes: Uint8Array
      reason: string | null
      sealed: Uint8Array | null
      at: Date | null
    }>(
      `select intent.id, intent.bytes, voided.reason, trust_object.bytes as sealed, trust_object.at
       from intent
       left join voided on voided.intent_id = intent.id
       left join trust_object on trust_object.intent_id = intent.id
       where intent.once = $1`,
      [once],
    )
    if (row === undefined) return { once }
    if (row.reason !== null) continue
    const intent = { id: row.id, toBeSigned: row.bytes }
    if (row.sealed === null || row.at === null) return { once, intent }
    return { once, intent, sealed: { ...act, bytes: row.sealed, at: row.at } }
  }
  throw new RangeError('every attempt at this act is void')
}

/** Everything that the state has signed about itself and that is not void, of each kind in the order of its numbers. */
export async function trustObjects({
  store,
  state,
}: Pick<Office, 'store' | 'state'>): Promise<TrustObject[]> {
  const { rows, attempts } = await store.transaction(async (tx) => {
    const rows = await tx.query<Row>(
      `select trust_object.kind, trust_object.bytes, trust_object.at, intent.once, voided.reason
       from trust_object join intent on intent.id = trust_object.intent_id
       left join voided on voided.intent_id = intent.id`,
    )
    const [voided] = await tx.query<{ count: number }>(
      `select count(*) as count from voided join intent on intent.id = voided.intent_id
       where intent.purpose in ('csca', 'master-list-signer')`,
    )
    return { rows, attempts: Math.min(voided!.count, MOST_ATTEMPTS) + 1 }
  })
  const names = namesOf(state, rows, attempts)
  return rows
    .flatMap(({ bytes, at, once, reason }) => {
      const name = names.get(hex(once))
      return name === undefined || reason !== null ? [] : [{ ...name, bytes, at }]
    })
    .sort((a, b) => a.ordinal - b.ordinal)
}

interface Row extends Readonly<Record<string, unknown>> {
  readonly kind: TrustKind
  readonly bytes: Uint8Array
  readonly at: Date
  readonly once: Uint8Array
  readonly reason: string | null
}

/** The names of all acts that these rows can be of: a database says what there is, and not what it is. */
function namesOf(state: IssuingState, rows: readonly Row[], attempts: number): ReadonlyMap<string, ActName> {
  const counts = new Map<TrustKind, number>()
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const names = new Map<string, ActName>()
  // A link has the number of the root that it leads to, so links are counted from two.
  for (const [kind, count] of counts)
    for (let ordinal = 1; ordinal <= count + 1; ordinal++)
      for (let attempt = 0; attempt < attempts; attempt++)
        names.set(hex(onceOf(state, { kind, ordinal }, attempt)), { kind, ordinal })
  return names
}
