import type { Store, Tx } from '../store.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import type { LoggedEvent } from './log-rows.ts'
import { enterEvents, readEntry } from './log-rows.ts'
import { consistencyProof, inclusionProof } from './proof.ts'
import { Sequencer } from './sequencer.ts'
import { nodesOf } from './tile-folder.ts'
import type { VerifierKey } from './verifier-key.ts'
import { verifierKey } from './verifier-key.ts'

export type LogStep =
  /** Entries have places in the tree, committed. */
  | 'log.positions'
  /** The tiles are durable, and were read back. */
  | 'log.tiles'
  | 'log.signed'
  /** The checkpoint is the newest, outside the database. */
  | 'log.checkpointed'
  | 'log.published'

export interface LogOptions {
  readonly store: Store
  /** Public: the tiles and the newest checkpoint. Served as it is, it is a log of C2SP tlog-tiles. */
  readonly folder: string
  readonly checkpoints: CheckpointStore
  /** The log's name, such as `utopia.example/log`. It is its key's name as well. */
  readonly origin: string
  /** Ed25519, 32 octets. */
  readonly verifierKey: Uint8Array
  /** Signs the text of a checkpoint: Ed25519, 64 octets. Asked again for one text, it may give the same signature again. */
  readonly signCheckpoint: (text: Uint8Array) => Promise<Uint8Array>
  readonly random: (octets: number) => Uint8Array
  /** A log begins: allowed where nothing was ever signed. It signs the empty tree, so that the next opening knows. */
  readonly create?: boolean
  /** Entries in one checkpoint at the most; 10,000 unless said otherwise. */
  readonly most?: number
  readonly step?: (name: LogStep) => void
}

/** That an event stands in the log, for whoever is given it. */
export interface InclusionProof {
  readonly index: number
  readonly salt: Uint8Array
  readonly checkpoint: Checkpoint
  /** Of `checkpoint.size` leaves. */
  readonly proof: readonly Uint8Array[]
}

/** The log of one authority: what its journal holds, as commitments in a tree of which nothing can be taken back. P19 */
export interface Log {
  readonly key: VerifierKey
  /** The newest checkpoint that this process knows. */
  readonly checkpoint: Checkpoint
  /** Its signed note, without cosignatures. */
  readonly note: Uint8Array
  /** Events into the log, in the transaction in which they happen. */
  enter(tx: Tx, events: readonly LoggedEvent[]): Promise<void>
  /**
   * Gives places to entries that wait, makes their tiles durable, has the new checkpoint signed and publishes it. What
   * an earlier call or another process has left half done is finished first. Calls run one after another.
   * @returns the new checkpoint; `undefined` where nothing waits
   * @throws StoreError log.lost-race (another process was first: nothing is lost, ask again), log.database-older,
   *   log.forked, log.tile-differs, log.checkpoint-wrong, log.out-of-reach; what `signCheckpoint` throws
   */
  sequence(): Promise<Checkpoint | undefined>
  /** `undefined` where the event is not in the newest checkpoint. @throws StoreError log.tile-differs */
  inclusionProof(stream: string, seq: number): Promise<InclusionProof | undefined>
  /** Between two sizes up to the newest checkpoint's. @throws RangeError; StoreError log.tile-differs */
  consistencyProof(from: number, to: number): Promise<readonly Uint8Array[]>
  /**
   * Puts a witness's line under the public checkpoint.
   * @throws StoreError log.checkpoint-wrong where it is not of the newest checkpoint
   */
  addCosignature(line: string, witnessKey: VerifierKey): Promise<void>
}

/**
 * Opens a log, or refuses: where the newest signed checkpoint is not what the database holds, somebody has put the
 * database back or changed it, and to go on would show two histories. What a crash left half done is finished. Reads
 * every leaf, which takes about ten seconds a million.
 * @throws StoreError log.database-older, log.forked, log.checkpoint-missing (none was ever signed and `create` is not
 *   said, or they were lost), log.checkpoint-wrong (not signed by this key), log.tile-differs, log.lost-race,
 *   log.out-of-reach (a folder cannot be read or written)
 */
export async function openLog(options: LogOptions): Promise<Log> {
  const key = verifierKey(options.origin, options.verifierKey, 'ed25519')
  const sequencer = new Sequencer(options, key)
  await sequencer.open()
  const { store, folder, random } = options
  return {
    key,
    get checkpoint() {
      return sequencer.checkpoint
    },
    get note() {
      return sequencer.note
    },
    enter: (tx, events) => enterEvents(tx, events, random),
    sequence: () => sequencer.sequence(),
    async inclusionProof(stream, seq) {
      const { checkpoint } = sequencer
      const entry = await store.transaction((tx) => readEntry(tx, stream, seq))
      const index = entry?.position
      if (entry === undefined || index === undefined || index >= checkpoint.size) return undefined
      const proof = await inclusionProof(nodesOf(folder, checkpoint.size), index, checkpoint.size)
      return { index, salt: entry.salt, checkpoint, proof }
    },
    async consistencyProof(from, to) {
      if (to > sequencer.checkpoint.size) throw new RangeError('no such tree yet')
      return consistencyProof(nodesOf(folder, sequencer.checkpoint.size), from, to)
    },
    addCosignature: (line, witnessKey) => sequencer.addCosignature(line, witnessKey),
  }
}
