import { sameBytes } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import { Ledger } from '../ledger.ts'
import type { Officers } from '../officers/officer.ts'
import type { ApprovedOrder } from '../officers/officer-desk.ts'
import {
  type CaseKey,
  type CeremonySigning,
  type IntentId,
  type IntentRequest,
  type SigningKey,
  SigningOutage,
  type VoidReason,
} from '../signing.ts'
import type { Connect } from './connect.ts'
import { KeyClient } from './key-client.ts'
import { encodeApproved, MOST_ORDERS, readDone } from './officer-wire.ts'
import { remoteOfficers } from './remote-officers.ts'
import {
  type KeySpec,
  type KeysAnswer,
  MOST_INTENTS,
  parseCases,
  parseIndexKey,
  parseKey,
  parseKeys,
  parseSignatures,
} from './wire.ts'

export interface RemoteSigningOptions {
  readonly connect: Connect
  /** Milliseconds to wait for an answer; half a minute where it is not given. */
  readonly timeout?: number
  /** For the ids of intents. */
  readonly random: (octets: number) => Uint8Array
}

const HALF_A_MINUTE = 30_000

/**
 * The keys in a process of their own. What is to be signed is written down here, in the office's transaction; signed
 * it is there, from what the key process finds in the database itself. P5
 * @throws SigningOutage; SigningRefusal as the key process does not open: passphrase.wrong, journal.*
 */
export async function openRemoteSigning(options: RemoteSigningOptions): Promise<CeremonySigning> {
  const { connect, timeout = HALF_A_MINUTE, random } = options
  const client = new KeyClient(connect, timeout)
  try {
    // Asked once and before any transaction: within one there is nothing but SQL.
    const { wrappingPoint } = await askKeys(client)
    return new RemoteSigning(client, wrappingPoint, new Ledger(wrappingPoint, random))
  } catch (error) {
    await client.close()
    throw error
  }
}

const askKeys = (client: KeyClient): Promise<KeysAnswer> => client.ask({ verb: 'keys' }, parseKeys)

class RemoteSigning implements CeremonySigning {
  readonly #client: KeyClient
  readonly wrappingPoint: Uint8Array
  readonly #ledger: Ledger
  readonly officers: Officers
  #indexKey: Uint8Array | undefined

  constructor(client: KeyClient, wrappingPoint: Uint8Array, ledger: Ledger) {
    this.#client = client
    this.wrappingPoint = wrappingPoint
    this.#ledger = ledger
    this.officers = remoteOfficers((call, read) => client.ask({ verb: 'officers', call }, read))
  }

  async demandApproved(orders: readonly ApprovedOrder[]): Promise<void> {
    for (let from = 0; from < orders.length; from += MOST_ORDERS) {
      const call = encodeApproved(orders.slice(from, from + MOST_ORDERS))
      await this.#client.ask({ verb: 'officers', call }, readDone)
    }
  }

  async keys(): Promise<ReadonlyMap<string, SigningKey>> {
    const { keys, wrappingPoint } = await askKeys(this.#client)
    // Cases that are wrapped to another key could not be read back there.
    if (!sameBytes(wrappingPoint, this.wrappingPoint))
      throw new SigningOutage('key process: another device than at the beginning')
    return new Map(keys.map((key) => [key.id, key]))
  }

  record(tx: Tx, requests: readonly IntentRequest[]): Promise<readonly IntentId[]> {
    return this.#ledger.record(tx, requests)
  }

  void(tx: Tx, intent: IntentId, reason: VoidReason): Promise<void> {
    return this.#ledger.void(tx, intent, reason)
  }

  newCase(tx: Tx, caseKeys: readonly CaseKey[]): Promise<void> {
    return this.#ledger.newCase(tx, caseKeys)
  }

  async finish(intents: readonly IntentId[]): Promise<readonly Uint8Array[]> {
    return this.#inParts(intents, (part) =>
      this.#client.ask({ verb: 'finish', intents: part }, (answer) => parseSignatures(answer, part.length)),
    )
  }

  async openCases(intents: readonly IntentId[]): Promise<readonly CaseKey[]> {
    return this.#inParts(intents, (part) =>
      this.#client.ask({ verb: 'open', intents: part }, (answer) => parseCases(answer, part.length)),
    )
  }

  async indexKey(): Promise<Uint8Array> {
    this.#indexKey ??= await this.#client.ask({ verb: 'index' }, parseIndexKey)
    return this.#indexKey
  }

  makeKey(spec: KeySpec): Promise<SigningKey> {
    return this.#client.ask({ verb: 'make', spec }, parseKey)
  }

  async close(): Promise<void> {
    this.#indexKey?.fill(0)
    this.#indexKey = undefined
    await this.#client.close()
  }

  async #inParts<T>(
    intents: readonly IntentId[],
    ask: (part: readonly IntentId[]) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    const all: T[] = []
    for (let from = 0; from < intents.length; from += MOST_INTENTS)
      all.push(...(await ask(intents.slice(from, from + MOST_INTENTS))))
    return all
  }
}
