import { hash } from 'node:crypto'
import { hex, sameBytes } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import { wrapCaseKeys } from './case-keys.ts'
import { sealUnder } from './sealed.ts'
import {
  type CaseKey,
  type IntentId,
  type IntentRequest,
  SigningRefusal,
  type VoidReason,
} from './signing.ts'

/** What of an intent its sealed bytes are bound to: none of it can be exchanged behind the office's back. */
export interface IntentIdentity {
  readonly id: Uint8Array
  readonly key_id: string
  readonly decision: Uint8Array
  readonly once: Uint8Array
}

/** Where the bytes of an intent are sealed. */
export const placeOfIntent = ({ id, key_id, decision, once }: IntentIdentity) => ({
  column: 'intent.bytes',
  row: Buffer.concat([id, decision, once, Buffer.from(key_id, 'utf8')]),
})

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'))

/** The half of this room that writes down what is to be signed, and can sign nothing. P2 */
export class Ledger {
  readonly #wrappingPoint: Uint8Array
  readonly #random: (octets: number) => Uint8Array

  /**
   * @param wrappingPoint of the key service
   * @param random for the ids of intents
   */
  constructor(wrappingPoint: Uint8Array, random: (octets: number) => Uint8Array) {
    this.#wrappingPoint = wrappingPoint
    this.#random = random
  }

  /** As `Signing.record`. @throws SigningRefusal intent.differs, key.unknown */
  async record(tx: Tx, requests: readonly IntentRequest[]): Promise<readonly IntentId[]> {
    for (const { decision, once } of requests)
      if (decision.length !== 32 || once.length !== 32) throw new RangeError('decision, once: 32 octets')
    if (requests.length === 0) return []
    const purposes = await purposesOf(tx, requests)
    const digests = requests.map(({ toBeSigned }) => sha256(toBeSigned))
    const known = new Map<string, Known>()
    const rows: Row[] = []
    for (const [i, request] of requests.entries()) {
      if (known.has(hex(request.once))) continue
      const row = this.#row(request, digests[i]!, purposes.get(request.key))
      rows.push(row)
      known.set(hex(request.once), row)
    }
    const fresh = new Set((await tx.insertNew<Uint8Array>('intent', rows, 'once')).map(hex))
    const before = rows.filter(({ once }) => !fresh.has(hex(once)))
    if (before.length > 0) for (const row of await existing(tx, before)) known.set(hex(row.once), row)
    return requests.map((request, i) => {
      const { id, ...recorded } = known.get(hex(request.once))!
      if (!isAlike(recorded, request, digests[i]!)) throw new SigningRefusal('intent.differs')
      return id
    })
  }

  #row(request: IntentRequest, digest: Uint8Array, purpose: string | undefined): Row {
    if (purpose === undefined) throw new SigningRefusal('key.unknown')
    const { key, toBeSigned, caseKey, decision, once } = request
    const identity = { id: this.#random(16), key_id: key, decision, once }
    const bytes = caseKey === undefined ? toBeSigned : sealUnder(caseKey, placeOfIntent(identity), toBeSigned)
    return {
      ...identity,
      purpose,
      case_id: caseKey?.caseId ?? null,
      bytes,
      digest,
      approval_id: request.approval ?? null,
    }
  }

  /** As `Signing.void`. @throws SigningRefusal intent.unknown */
  async void(tx: Tx, intent: IntentId, reason: VoidReason): Promise<void> {
    const found = await tx.query('select 1 as one from intent where id = $1', [intent])
    if (found.length === 0) throw new SigningRefusal('intent.unknown')
    await tx.query('insert into voided (intent_id, reason) values ($1, $2) on conflict do nothing', [
      intent,
      reason,
    ])
  }

  /** As `Signing.newCase`. */
  async newCase(tx: Tx, caseKeys: readonly CaseKey[]): Promise<void> {
    for (const { caseId, key } of caseKeys)
      if (caseId.length !== 16 || key.length !== 32) throw new RangeError('a case: 16 octets, its key: 32')
    if (caseKeys.length === 0) return
    const wrapped = wrapCaseKeys(this.#wrappingPoint, caseKeys)
    await tx.insert(
      'case_key',
      caseKeys.map(({ caseId }, i) => ({ case_id: caseId, wrapped: wrapped[i]! })),
    )
  }
}

/**
 * The digests of what was recorded, for a comparison with what came of it: SHA-256, in the order of the intents. P3
 * @throws SigningRefusal intent.unknown
 */
export async function recordedDigests(tx: Tx, intents: readonly IntentId[]): Promise<readonly Uint8Array[]> {
  const rows = await tx.query<{ id: Uint8Array; digest: Uint8Array }>(
    'select id, digest from intent where id = any($1::bytea[])',
    [intents],
  )
  const digests = new Map(rows.map(({ id, digest }) => [hex(id), digest]))
  return intents.map((id) => {
    const digest = digests.get(hex(id))
    if (digest === undefined) throw new SigningRefusal('intent.unknown')
    return digest
  })
}

interface Known {
  readonly id: Uint8Array
  readonly key_id: string
  readonly case_id: Uint8Array | null
  readonly digest: Uint8Array
}

type Row = IntentIdentity &
  Known & { readonly purpose: string; readonly bytes: Uint8Array } & Readonly<
    Record<string, Uint8Array | string | null>
  >

async function purposesOf(tx: Tx, requests: readonly IntentRequest[]): Promise<ReadonlyMap<string, string>> {
  const keys = await tx.query<{ id: string; purpose: string }>(
    'select id, purpose from signing_key where id = any($1::text[])',
    [[...new Set(requests.map(({ key }) => key))]],
  )
  return new Map(keys.map(({ id, purpose }) => [id, purpose]))
}

const existing = (
  tx: Tx,
  rows: readonly Row[],
): Promise<readonly (Known & Readonly<Record<'once', Uint8Array>>)[]> =>
  tx.query<Known & { once: Uint8Array } & Readonly<Record<string, unknown>>>(
    'select id, key_id, case_id, digest, once from intent where once = any($1::bytea[])',
    [rows.map(({ once }) => once)],
  )

function isAlike(before: Omit<Known, 'id'>, { key, caseKey }: IntentRequest, digest: Uint8Array): boolean {
  const sameCase =
    before.case_id === null
      ? caseKey === undefined
      : caseKey !== undefined && sameBytes(before.case_id, caseKey.caseId)
  return before.key_id === key && sameCase && sameBytes(before.digest, digest)
}
