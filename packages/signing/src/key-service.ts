import type { KeyObject } from 'node:crypto'
import { hex, sameBytes } from '@nansen/formats/tlv'
import type { Store } from '@nansen/store'
import { importPublicKey, signatureStands } from './algorithms.ts'
import { caseKeyUnwrapper, type Unwrap } from './case-keys.ts'
import type { Device, KeySpec } from './device/device.ts'
import {
  countSignatures,
  demandIds,
  type IntentRow,
  readCases,
  readIntents,
  storeSignatures,
} from './intent-rows.ts'
import { KeyJournal } from './key-journal.ts'
import { placeOfIntent, sha256 } from './ledger.ts'
import { makeKey } from './make-key.ts'
import { mustNotSign } from './may-sign.ts'
import { type ApprovedOrder, OfficerDesk } from './officers/officer-desk.ts'
import { officersFiles } from './officers/officers-files.ts'
import { orderBehind } from './paper-basis.ts'
import { answerOfficerCall, type OfficerCall } from './process/officer-wire.ts'
import { openUnder } from './sealed.ts'
import { type CaseKey, type IntentId, type SigningKey, SigningOutage, SigningRefusal } from './signing.ts'

export interface KeyServiceParts {
  /** A connection of its own: what it sees is committed. */
  readonly store: Store
  readonly device: Device
  /** The file of its own journal; see key-journal.ts. What it knows of officers lies beside it. */
  readonly journalPath: string
  readonly clock: () => Date
  /** Called after key.read, key.signed, key.journalled, key.stored. */
  readonly step?: ((name: string) => void) | undefined
}

/** What became of one intent. */
export type Outcome = { readonly signature: Uint8Array } | { readonly error: SigningRefusal | SigningOutage }

/**
 * The half of this room that holds the keys. It is asked for ids and nothing else, reads for itself what is committed
 * under them, and signs that, if the key may. It believes neither the office nor the database about a key. P2, P5
 */
export class KeyService {
  readonly #parts: KeyServiceParts
  readonly #journal: KeyJournal
  readonly #restsOnOrders: boolean
  readonly #publicKeys = new Map<string, KeyObject>()
  /** Officers, as this service knows them. */
  readonly officers: OfficerDesk

  private constructor(parts: KeyServiceParts, journal: KeyJournal, restsOnOrders: boolean) {
    this.#parts = parts
    this.#journal = journal
    this.#restsOnOrders = restsOnOrders
    const { store, device, clock, journalPath } = parts
    this.officers = new OfficerDesk({ store, device, clock, ...officersFiles(journalPath) })
  }

  /**
   * @throws SigningRefusal journal.in-use; journal.broken: changed, or not the one of this store: of a key there are
   *   more signatures stored than it tells of
   */
  static open(parts: KeyServiceParts): Promise<KeyService> {
    return KeyService.#open(parts, true)
  }

  /**
   * Signs documents that rest on no order: for tests of how it signs, and not to be had through the door of this room.
   * What such a service signs are specimens all the same.
   */
  static openWithoutOrders(parts: KeyServiceParts): Promise<KeyService> {
    return KeyService.#open(parts, false)
  }

  static async #open(parts: KeyServiceParts, restsOnOrders: boolean): Promise<KeyService> {
    const journal = new KeyJournal(parts.journalPath)
    try {
      const stored = await parts.store.transaction(countSignatures)
      // A journal that was lost or set back would let a key sign more often than it may.
      if (stored.some(({ key_id, count }) => count > journal.countOf(key_id)))
        throw new SigningRefusal('journal.broken')
    } catch (error) {
      journal.close()
      throw error
    }
    return new KeyService(parts, journal, restsOnOrders)
  }

  /** As `Signing.keys`: those of the device, which alone knows what they may do. */
  async keys(): Promise<ReadonlyMap<string, SigningKey>> {
    return new Map(this.#parts.device.keys)
  }

  /** To which the keys of cases are wrapped. */
  get wrappingPoint(): Uint8Array {
    return this.#parts.device.wrappingPoint
  }

  /** As `Signing.indexKey`. */
  async indexKey(): Promise<Uint8Array> {
    return this.#parts.device.indexKey.slice()
  }

  /** How often a key has signed. */
  timesUsed(key: string): number {
    return this.#journal.countOf(key)
  }

  /** As `Signing.finish`: what could be signed is signed and stored, whatever is wrong with the rest. */
  async finish(ids: readonly IntentId[]): Promise<readonly Uint8Array[]> {
    return (await this.outcomes(ids)).map((outcome) => {
      if ('error' in outcome) throw outcome.error
      return outcome.signature
    })
  }

  /** As {@link finish}, one by one. @throws SigningOutage, SigningRefusal journal.broken, StoreError where none can be told */
  async outcomes(ids: readonly IntentId[]): Promise<readonly Outcome[]> {
    demandIds(ids)
    if (ids.length === 0) return []
    const { store, step } = this.#parts
    // 1. What is committed, and what has become of it already.
    const rows = await readIntents(store, ids)
    step?.('key.read')
    const outcomes = new Map<string, Outcome>()
    const toSign: IntentRow[] = []
    for (const id of new Set(ids.map(hex))) {
      const row = rows.get(id)
      const known = row === undefined ? refused('intent.unknown') : alreadyKnown(row)
      if (known !== undefined) outcomes.set(id, known)
      else if (row !== undefined) toSign.push(row)
    }
    // 2. Of documents: that two officers approved the order, and that this is what it says.
    const unwrap = caseKeyUnwrapper(this.#parts.device)
    const ready = this.#restsOnOrders ? await this.#approved(toSign, unwrap, outcomes) : toSign
    // 3. Sign, and write that down. Nothing else runs in between, so that no two calls count the same signature.
    const signed = this.#sign(ready, unwrap, outcomes)
    step?.('key.signed')
    this.#journal.append(
      signed.map(({ row, value }) => ({
        key: row.key_id,
        intent: hex(row.id),
        digest: hex(row.digest),
        stored: hex(sha256(row.bytes)),
        signature: hex(sha256(value)),
      })),
    )
    step?.('key.journalled')
    // 4. Store; where another was first, that one counts.
    if (signed.length > 0) {
      const stored = await storeSignatures(
        store,
        signed.map(({ row, value }) => ({ id: row.id, value })),
      )
      for (const [id, row] of stored)
        outcomes.set(id, alreadyKnown(row) ?? { error: new SigningOutage('a signature is not there') })
    }
    step?.('key.stored')
    return ids.map((id) => outcomes.get(hex(id)) ?? refused('intent.unknown'))
  }

  /** Leaves out what no two officers approved, and says so: whoever recorded it, and whatever the office believes. P1 */
  async #approved(
    rows: readonly IntentRow[],
    unwrap: Unwrap,
    outcomes: Map<string, Outcome>,
  ): Promise<readonly IntentRow[]> {
    const orders = new Map<IntentRow, ApprovedOrder>()
    const refuse = (row: IntentRow, error: SigningRefusal) => void outcomes.set(hex(row.id), { error })
    for (const row of rows) {
      try {
        const key = this.#keyOf(row)
        if (key.purpose === 'document-signer') orders.set(row, this.#orderOf(row, key, unwrap))
      } catch (error) {
        if (!(error instanceof SigningRefusal)) throw error
        refuse(row, error)
      }
    }
    let refusals: readonly (SigningRefusal | undefined)[]
    try {
      refusals = await this.officers.refusalsOf([...orders.values()])
    } catch (error) {
      if (!(error instanceof SigningRefusal)) throw error
      refusals = [...orders].map(() => error)
    }
    for (const [i, row] of [...orders.keys()].entries()) {
      const refusal = refusals[i]
      if (refusal !== undefined) refuse(row, refusal)
    }
    return rows.filter((row) => !outcomes.has(hex(row.id)))
  }

  #orderOf(row: IntentRow, key: SigningKey, unwrap: Unwrap): ApprovedOrder {
    const { approval_id: approvalId, paper_id: paperId, content, case_id: caseId, wrapped } = row
    const bytes = this.#bytesOf(row, unwrap)
    const refusal = mustNotSign(key, bytes)
    if (refusal !== undefined) throw new SigningRefusal(refusal)
    if (approvalId === null) throw new SigningRefusal('approval.missing')
    if (paperId === null || content === null || caseId === null || wrapped === null)
      throw new SigningRefusal('intent.not-the-order')
    const opened = openUnder(unwrap(caseId, wrapped), { column: 'paper.content', row: paperId }, content)
    return { approvalId, order: orderBehind(key, bytes, opened) }
  }

  #keyOf(row: IntentRow): SigningKey {
    const key = this.#parts.device.keys.get(row.key_id)
    if (key === undefined) throw new SigningRefusal('key.unknown')
    if (row.purpose !== key.purpose) throw new SigningRefusal('key.foreign-purpose')
    return key
  }

  /** Signs what may be signed, and says of the rest why not. */
  #sign(rows: readonly IntentRow[], unwrap: Unwrap, outcomes: Map<string, Outcome>): readonly Signed[] {
    const at = this.#parts.clock()
    const now = new Map<string, number>()
    return rows.flatMap((row) => {
      try {
        const value = this.#signOne(row, at, now.get(row.key_id) ?? 0, unwrap)
        now.set(row.key_id, (now.get(row.key_id) ?? 0) + 1)
        return [{ row, value }]
      } catch (error) {
        if (!(error instanceof SigningRefusal || error instanceof SigningOutage)) throw error
        outcomes.set(hex(row.id), { error })
        return []
      }
    })
  }

  #signOne(row: IntentRow, at: Date, usedNow: number, unwrap: Unwrap): Uint8Array {
    const { device } = this.#parts
    const key = this.#keyOf(row)
    if (at.getTime() < key.notBefore.getTime()) throw new SigningRefusal('key.not-yet')
    if (!(at.getTime() < key.notAfter.getTime())) throw new SigningRefusal('key.expired')
    if (this.#journal.countOf(key.id) + usedNow >= key.most) throw new SigningRefusal('key.used-up')
    const bytes = this.#bytesOf(row, unwrap)
    const refusal = mustNotSign(key, bytes)
    if (refusal !== undefined) throw new SigningRefusal(refusal)
    const value = signedBy(device, key.id, bytes)
    // A faulty device gives the key away with a wrong signature, or says nothing of use.
    if (!this.#stands(key, bytes, value)) throw new SigningOutage('the device made a wrong signature')
    return value
  }

  /** The bytes that were recorded, and no others. */
  #bytesOf(row: IntentRow, unwrap: Unwrap): Uint8Array {
    let bytes = row.bytes
    if (row.case_id !== null) {
      if (row.wrapped === null) throw new SigningRefusal('case.unknown')
      try {
        const caseKey = unwrap(row.case_id, row.wrapped)
        bytes = openUnder(caseKey, placeOfIntent(row), row.bytes)
      } catch (error) {
        if (!(error instanceof SigningRefusal)) throw error
        throw new SigningRefusal('intent.altered', { cause: error })
      }
    }
    if (!sameBytes(sha256(bytes), row.digest)) throw new SigningRefusal('intent.altered')
    return bytes
  }

  #stands(key: SigningKey, bytes: Uint8Array, value: Uint8Array): boolean {
    let publicKey = this.#publicKeys.get(key.id)
    if (publicKey === undefined) {
      publicKey = importPublicKey(key.publicKey)
      this.#publicKeys.set(key.id, publicKey)
    }
    return signatureStands(publicKey, key.algorithm, bytes, value)
  }

  /** As `Signing.openCases`. @throws SigningRefusal intent.unknown, case.unknown, case.closed, sealed.altered */
  async openCases(ids: readonly IntentId[]): Promise<readonly CaseKey[]> {
    demandIds(ids)
    if (ids.length === 0) return []
    const rows = await this.#parts.store.transaction((tx) => readCases(tx, ids))
    const byId = new Map(rows.map((row) => [hex(row.id), row]))
    const unwrap = caseKeyUnwrapper(this.#parts.device)
    return ids.map((id) => {
      const row = byId.get(hex(id))
      if (row === undefined) throw new SigningRefusal('intent.unknown')
      if (row.case_id === null || row.wrapped === null) throw new SigningRefusal('case.unknown')
      if (row.stage !== 'recorded' && row.stage !== 'released') throw new SigningRefusal('case.closed')
      return unwrap(row.case_id, row.wrapped)
    })
  }

  /** As `CeremonySigning.makeKey`. */
  makeKey(spec: KeySpec): Promise<SigningKey> {
    return makeKey(this.#parts.store, this.#parts.device, spec)
  }

  /** For a wire: see process/officer-wire.ts. */
  answerOfficers(call: OfficerCall): Promise<unknown> {
    return answerOfficerCall(this.officers, call)
  }

  /** As `Signing.demandApproved`. */
  demandApproved(orders: readonly ApprovedOrder[]): Promise<void> {
    return this.officers.demandApproved(orders)
  }

  /** Lets go of the journals and of the device; the store stays open. */
  close(): void {
    this.officers.close()
    this.#journal.close()
    this.#parts.device.close()
  }
}

interface Signed {
  readonly row: IntentRow
  readonly value: Uint8Array
}

const refused = (code: SigningRefusal['code']): Outcome => ({ error: new SigningRefusal(code) })

/** What is voided stays so, signed or not; what is signed is not signed again. P4 */
function alreadyKnown({ voided, signature }: Pick<IntentRow, 'voided' | 'signature'>): Outcome | undefined {
  if (voided !== null) return refused('intent.voided')
  return signature === null ? undefined : { signature }
}

function signedBy(device: Device, id: string, bytes: Uint8Array): Uint8Array {
  try {
    return device.sign(id, bytes)
  } catch (error) {
    throw new SigningOutage('the device did not sign', { cause: error })
  }
}
