import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../errors.ts'
import { DurableFolder, inParallel } from './durable.ts'

/** A signed checkpoint with its place in the row of all there have been. */
export interface StoredCheckpoint {
  /** From 1. */
  readonly number: number
  /** The signed note. */
  readonly note: Uint8Array
}

/**
 * Where the newest signed checkpoint stands, outside the database and out of reach of whoever restores it: the truth
 * about how far the log has been signed. It goes forward by compare and set, and never back.
 */
export interface CheckpointStore {
  /** The newest; `undefined` where there has never been one. */
  latest(): Promise<StoredCheckpoint | undefined>
  /**
   * Puts a checkpoint after `previous`, durable once it returns.
   * @param previous as `latest` gave it
   * @throws StoreError log.lost-race where another came first; nothing has been put there then
   */
  advance(previous: StoredCheckpoint | undefined, note: Uint8Array): Promise<StoredCheckpoint>
  /** Those that are kept, the oldest first. */
  history(): Promise<readonly StoredCheckpoint[]>
}

/** Checkpoints kept; far more than there can be processes that still believe an old one. */
const KEPT = 1_000

/**
 * A folder of numbered files, of which a number is taken once. It belongs on another disk than the database, or at least
 * in another backup: whoever restores both to yesterday has rolled the log back.
 * @param random for the names of files that are not finished
 */
export function openCheckpointStore(folder: string, random: (octets: number) => Uint8Array): CheckpointStore {
  const files = new DurableFolder(folder, random)

  async function numbers(): Promise<number[]> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const numbered = names.filter((name) => /^\d{12}$/.test(name))
    return numbered.map(Number).sort((a, b) => a - b)
  }

  async function read(number: number): Promise<StoredCheckpoint> {
    return { number, note: Uint8Array.from(await readFile(join(folder, nameOf(number)))) }
  }

  return {
    async latest() {
      const newest = (await numbers()).at(-1)
      return newest === undefined ? undefined : read(newest)
    },

    async advance(previous, note) {
      const number = (previous?.number ?? 0) + 1
      if (!(await files.create({ path: nameOf(number), bytes: note }))) throw new StoreError('log.lost-race')
      const there = await numbers()
      if (there.at(-1) !== number) {
        // A number so old that its file was no longer kept: somebody is far ahead of this process.
        await rm(join(folder, nameOf(number)))
        throw new StoreError('log.lost-race')
      }
      await inParallel(there.slice(0, -KEPT), (old) => rm(join(folder, nameOf(old)), { force: true }))
      return { number, note }
    },

    async history() {
      return inParallel(await numbers(), read)
    },
  }
}

function nameOf(number: number): string {
  return String(number).padStart(12, '0')
}
