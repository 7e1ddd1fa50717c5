import { StoreError } from '../errors.ts'
import { rootFromTiles } from './check-tiles.ts'
import { type Checkpoint, encodeCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import type { StoredCheckpoint } from './checkpoint-store.ts'
import { DurableFolder } from './durable.ts'
import { type FilledTile, GrowingTree } from './growing-tree.ts'
import { EMPTY_ROOT } from './hash.ts'
import type { LogOptions } from './log.ts'
import { anyWaiting, type DatabaseHead, givePlaces, moveHead, readHead, readLeaves } from './log-rows.ts'
import { encodeNote, parseNote } from './note.ts'
import { sameBytes } from './octets.ts'
import { CHECKPOINT, publishNewest, readPublicCheckpoint } from './public-checkpoint.ts'
import { missingTiles, removePartial, writeTiles } from './tile-folder.ts'
import type { VerifierKey } from './verifier-key.ts'
import { addCosignature } from './verify-checkpoint.ts'

/** Entries of one checkpoint, and leaves read at a time. */
const MOST = 10_000

type OnWhole = (tiles: readonly FilledTile[]) => Promise<void>

/** A checkpoint of the checkpoint store, and the tree that gives it. */
interface Signed {
  readonly stored: StoredCheckpoint
  readonly checkpoint: Checkpoint
  readonly tree: GrowingTree
}

/**
 * Moves the log on. The order of its steps is what keeps it whole: places in the database, durable tiles, a root
 * recomputed from those, a signature, the checkpoint store, the public file. Whatever stops it in between, the next one
 * goes on from the newest stored checkpoint to where the database is, and comes to the same tree.
 */
export class Sequencer {
  readonly #options: LogOptions
  readonly #key: VerifierKey
  readonly #files: DurableFolder
  #signed: Signed | undefined
  #published: number | undefined
  /** Ends when the last call has. */
  #busy: Promise<unknown> = Promise.resolve()

  constructor(options: LogOptions, key: VerifierKey) {
    this.#options = options
    this.#key = key
    this.#files = new DurableFolder(options.folder, options.random)
  }

  get checkpoint(): Checkpoint {
    return this.#current().checkpoint
  }

  get note(): Uint8Array {
    return this.#current().stored.note
  }

  open(): Promise<void> {
    return this.#alone(async () => {
      // Elsewhere another process may be writing; the embedded store has only this one.
      if (this.#options.store.kind === 'embedded') await this.#files.sweep()
      if ((await this.#options.checkpoints.latest()) === undefined) await this.#create()
      let missing = false
      const head = await this.#catchUp(async (tiles) => {
        missing ||= (await missingTiles(this.#options.folder, tiles)).length > 0
      })
      await this.#mend(missing)
      await this.#publish()
      await this.#finishUpTo(head)
    })
  }

  sequence(): Promise<Checkpoint | undefined> {
    return this.#alone(async () => {
      const head = await this.#catchUp()
      await this.#publish()
      return (await this.#finishUpTo(head)) ?? this.#takeWaiting()
    })
  }

  addCosignature(line: string, witnessKey: VerifierKey): Promise<void> {
    return this.#alone(async () => {
      const { stored } = await this.#newest()
      const there = (await readPublicCheckpoint(this.#options.folder)) ?? stored.note
      const bytes = addCosignature(there, line, witnessKey)
      await this.#files.write([{ path: CHECKPOINT, bytes }])
      // Another process may have published a newer one meanwhile.
      await publishNewest(this.#files, this.#options.checkpoints, this.#key)
    })
  }

  /** Signs the empty tree, if nothing was ever signed: neither the database nor the public folder may know more. */
  async #create(): Promise<void> {
    const { store, checkpoints, create, folder, origin } = this.#options
    const { size } = await store.transaction(readHead)
    const published = await readPublicCheckpoint(folder)
    const known = published === undefined ? 0 : parseCheckpoint(parseNote(published).text).size
    if (create !== true || size > 0 || known > 0) throw new StoreError('log.checkpoint-missing')
    await checkpoints.advance(undefined, await this.#sign({ origin, size: 0, root: EMPTY_ROOT }))
  }

  /**
   * Takes in what other processes have signed meanwhile; at opening, everything. The database must hold exactly the
   * leaves of the newest checkpoint.
   * @param onWhole told of each tile that is whole, before it is known whether the root is right
   * @returns where the database is, at that checkpoint or beyond
   */
  async #catchUp(onWhole: OnWhole = async () => {}): Promise<DatabaseHead> {
    const { stored, checkpoint } = await this.#newest()
    const head = await this.#options.store.transaction(readHead)
    if (head.size < checkpoint.size) throw new StoreError('log.database-older')
    if (this.#signed?.stored.number !== stored.number) {
      const tree = new GrowingTree(this.#signed?.tree)
      if (tree.size > checkpoint.size) throw new StoreError('log.checkpoint-wrong')
      await this.#grow(tree, checkpoint.size, onWhole)
      if (!sameBytes(tree.root(), checkpoint.root)) throw new StoreError('log.forked')
      this.#signed = { stored, checkpoint, tree }
    }
    if (head.size === checkpoint.size && !sameBytes(head.root, checkpoint.root))
      throw new StoreError('log.forked')
    return head
  }

  async #newest(): Promise<Omit<Signed, 'tree'>> {
    const stored = await this.#options.checkpoints.latest()
    if (stored === undefined) throw new StoreError('log.checkpoint-missing')
    const before = this.#signed
    if (before?.stored.number === stored.number && sameBytes(before.stored.note, stored.note)) return before
    return { stored, checkpoint: openCheckpoint(stored.note, this.#key) }
  }

  /** Puts the tiles of the newest checkpoint into the public folder that are not there: a lost folder comes back. */
  async #mend(missing: boolean): Promise<void> {
    const { tree } = this.#current()
    if (missing)
      await this.#grow(new GrowingTree(), tree.size, async (tiles) =>
        writeTiles(this.#files, await missingTiles(this.#options.folder, tiles)),
      )
    await writeTiles(this.#files, tree.partial(0))
  }

  /** Brings a tree to `size` with leaves of the database. */
  async #grow(tree: GrowingTree, size: number, onWhole?: OnWhole): Promise<void> {
    while (tree.size < size) {
      const end = Math.min(size, tree.size + MOST)
      for (const leaf of await this.#options.store.transaction((tx) => readLeaves(tx, tree.size, end)))
        tree.append(leaf)
      if (onWhole !== undefined) await onWhole(tree.takeWhole())
    }
  }

  /** Signs what has places in the database and is in no checkpoint yet. */
  async #finishUpTo(head: DatabaseHead): Promise<Checkpoint | undefined> {
    if (head.size === this.checkpoint.size) return undefined
    const tree = new GrowingTree(this.#current().tree)
    await this.#grow(tree, head.size)
    if (!sameBytes(tree.root(), head.root)) throw new StoreError('log.forked')
    return this.#finish(tree)
  }

  async #takeWaiting(): Promise<Checkpoint | undefined> {
    const { tree: signed, checkpoint } = this.#current()
    const grown = await this.#options.store.transaction(async (tx) => {
      if (!(await anyWaiting(tx))) return undefined
      // The head first, unchanged: of two sequencers the second waits for it here, and then is told that it lost.
      await moveHead(tx, checkpoint, checkpoint)
      const leaves = await givePlaces(tx, checkpoint.size, this.#options.most ?? MOST)
      const tree = new GrowingTree(signed)
      for (const leaf of leaves) tree.append(leaf)
      await moveHead(tx, checkpoint, { size: tree.size, root: tree.root() })
      return tree
    })
    if (grown === undefined) return undefined
    this.#options.step?.('log.positions')
    return this.#finish(grown)
  }

  /** From places in the database to a published checkpoint. */
  async #finish(tree: GrowingTree): Promise<Checkpoint> {
    const { folder, checkpoints, origin, step } = this.#options
    const { stored, checkpoint: before } = this.#current()
    const whole = tree.takeWhole()
    await writeTiles(this.#files, [...whole, ...tree.partial(before.size)])
    const root = await rootFromTiles(folder, before.size, tree.size)
    if (!sameBytes(root, tree.root())) throw new StoreError('log.tile-differs')
    step?.('log.tiles')
    const checkpoint = { origin, size: tree.size, root }
    const note = await this.#sign(checkpoint)
    step?.('log.signed')
    this.#signed = { stored: await checkpoints.advance(stored, note), checkpoint, tree }
    step?.('log.checkpointed')
    await this.#publish()
    await removePartial(folder, whole)
    step?.('log.published')
    return checkpoint
  }

  /** Once for each checkpoint, and again where that was cut short. */
  async #publish(): Promise<void> {
    const { number } = this.#current().stored
    if (this.#published === number) return
    await publishNewest(this.#files, this.#options.checkpoints, this.#key)
    this.#published = number
  }

  /** @throws StoreError log.checkpoint-wrong where the signature does not stand */
  async #sign(checkpoint: Checkpoint): Promise<Uint8Array> {
    const text = encodeCheckpoint(checkpoint)
    const value = await this.#options.signCheckpoint(text)
    const note = encodeNote({ text, signatures: [{ name: this.#key.name, id: this.#key.id, value }] })
    openCheckpoint(note, this.#key)
    return note
  }

  #current(): Signed {
    if (this.#signed === undefined) throw new StoreError('log.checkpoint-missing')
    return this.#signed
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#busy.then(work).catch((error: unknown) => {
      throw isOfFiles(error) ? new StoreError('log.out-of-reach', { cause: error }) : error
    })
    this.#busy = result.catch(() => undefined)
    return result
  }
}

/** What the operating system says of a file or a folder. A database that is out of reach is a StoreError already. */
const isOfFiles = (error: unknown): boolean =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string'
