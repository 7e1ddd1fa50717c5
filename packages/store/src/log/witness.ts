import { StoreError } from '../errors.ts'
import type { Store, Tx } from '../store.ts'
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { cosignedMessage, encodeCosignature } from './cosignature.ts'
import { EMPTY_ROOT } from './hash.ts'
import { parseNote, signatureLine } from './note.ts'
import { consistencyProof, verifyConsistency } from './proof.ts'
import { readPublicCheckpoint } from './public-checkpoint.ts'
import { nodesOf } from './tile-folder.ts'
import { type VerifierKey, verifyEd25519 } from './verifier-key.ts'
import { WitnessRefusal } from './witness-refusal.ts'

export interface WitnessOptions<Id> {
  readonly store: Store
  /** The witness's own, of type `cosignature/v1`. */
  readonly key: VerifierKey
  /** The logs that it watches, each by its key; the key's name is the origin. */
  readonly logs: readonly VerifierKey[]
  /** Writes down what is to be signed, in the transaction that says what has been seen. */
  readonly record: (tx: Tx, toBeSigned: Uint8Array) => Promise<Id>
  /** Signs what was recorded and committed: Ed25519, 64 octets. */
  readonly finish: (id: Id) => Promise<Uint8Array>
}

export interface CosignRequest {
  /** A log's checkpoint as a signed note. */
  readonly note: Uint8Array
  /** The size that the log believes this witness has cosigned last; 0 if none. */
  readonly oldSize: number
  /** From there to the checkpoint's. */
  readonly proof: readonly Uint8Array[]
  readonly at: Date
}

/** What has been cosigned last of a log; that of nothing where it has never been. */
export type Seen = Pick<Checkpoint, 'size' | 'root'>

/** One authority as the witness of the logs of others: of each it cosigns one history, and never a second. P19 */
export interface Witness {
  /**
   * Cosigns a checkpoint that follows from the last one it cosigned; the same one again is cosigned again.
   * @returns the line for under the note
   * @throws WitnessRefusal; StoreError log.checkpoint-wrong where the signature it got is not its own
   */
  cosign(request: CosignRequest): Promise<string>
  /** As `cosign`, for the public files of a log, or a mirror of them: the proof is made from its tiles, and is checked. */
  cosignFromFolder(folder: string, at: Date): Promise<string>
  /** @throws WitnessRefusal unknown-log */
  seen(origin: string): Promise<Seen>
}

/** Opens a witness; what it has seen is in its database. */
export function openWitness<Id>({ store, key, logs, record, finish }: WitnessOptions<Id>): Witness {
  if (key.type !== 'cosignature/v1') throw new StoreError('log.checkpoint-wrong')

  async function cosign({ note, oldSize, proof, at }: CosignRequest): Promise<string> {
    const checkpoint = open(note, logs)
    if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > checkpoint.size)
      throw new WitnessRefusal('malformed')
    const message = cosignedMessage(parseNote(note).text, at)
    // Seen, proved, written and recorded in one transaction: no second request can come in between, and a signature is
    // only ever made for what is already remembered.
    const id = await store.transaction(async (tx) => {
      const before = await readSeen(tx, checkpoint.origin)
      if (before.size !== oldSize) throw new WitnessRefusal('other-size', before.size)
      if (!verifyConsistency(before.size, before.root, checkpoint.size, checkpoint.root, proof))
        throw new WitnessRefusal('not-consistent')
      await writeSeen(tx, checkpoint)
      return record(tx, message)
    })
    const signature = await finish(id)
    if (!verifyEd25519(key.publicKey, message, signature)) throw new StoreError('log.checkpoint-wrong')
    return signatureLine({ name: key.name, id: key.id, value: encodeCosignature({ at, signature }) })
  }

  return {
    cosign,

    async cosignFromFolder(folder, at) {
      const note = await readPublicCheckpoint(folder)
      if (note === undefined) throw new WitnessRefusal('malformed')
      const { origin, size } = open(note, logs)
      const before = await store.transaction((tx) => readSeen(tx, origin))
      if (before.size > size) throw new WitnessRefusal('other-size', before.size)
      const proof = await consistencyProof(nodesOf(folder, size), before.size, size).catch(
        (cause: unknown) => {
          throw cause instanceof StoreError
            ? new WitnessRefusal('not-consistent', undefined, { cause })
            : cause
        },
      )
      return cosign({ note, oldSize: before.size, proof, at })
    },

    async seen(origin) {
      if (!logs.some(({ name }) => name === origin)) throw new WitnessRefusal('unknown-log')
      return store.transaction((tx) => readSeen(tx, origin))
    },
  }
}

/** @throws WitnessRefusal malformed, unknown-log, not-signed */
function open(note: Uint8Array, logs: readonly VerifierKey[]): Checkpoint {
  const { origin } = orRefuse('malformed', () => parseCheckpoint(parseNote(note).text))
  const log = logs.find(({ name }) => name === origin)
  if (log === undefined) throw new WitnessRefusal('unknown-log')
  return orRefuse('not-signed', () => openCheckpoint(note, log))
}

function orRefuse<T>(reason: 'malformed' | 'not-signed', work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw cause instanceof StoreError ? new WitnessRefusal(reason, undefined, { cause }) : cause
  }
}

async function readSeen(tx: Tx, origin: string): Promise<Seen> {
  const [row] = await tx.query<{ size: number; root: Uint8Array }>(
    'select size, root from witnessed where origin = $1',
    [origin],
  )
  return row ?? { size: 0, root: EMPTY_ROOT }
}

async function writeSeen(tx: Tx, { origin, size, root }: Checkpoint): Promise<void> {
  await tx.query(
    `insert into witnessed (origin, size, root) values ($1, $2, $3)
     on conflict (origin) do update set size = excluded.size, root = excluded.root`,
    [origin, size, root],
  )
}
