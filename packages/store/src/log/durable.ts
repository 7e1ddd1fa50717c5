import { link, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where files are before they are whole. In the folder itself, so that a rename stays on one disk. */
const UNFINISHED = '.new'

export interface NewFile {
  /** Inside the folder. */
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * Files that are there whole or not at all, and stay there through a power cut: each is written aside, synced, given its
 * name, and then the folders that got a name are synced.
 */
export class DurableFolder {
  readonly root: string
  readonly #random: (octets: number) => Uint8Array

  /** @param random for the names of unfinished files, so that two processes never write to one */
  constructor(root: string, random: (octets: number) => Uint8Array) {
    this.root = root
    this.#random = random
  }

  /** Writes files over whatever has their names; they are durable once this returns. */
  async write(files: readonly NewFile[]): Promise<void> {
    const folders = await this.#folders(files.map(({ path }) => dirname(path)))
    const aside = await inParallel(files, ({ bytes }) => this.#aside(bytes))
    await inParallel(files, ({ path }, i) => rename(aside[i]!, join(this.root, path)))
    await inParallel([...folders], syncFolder)
  }

  /** Writes a file where none has its name; `false`, and nothing is changed, where one has. */
  async create({ path, bytes }: NewFile): Promise<boolean> {
    const folders = await this.#folders([dirname(path)])
    const aside = await this.#aside(bytes)
    try {
      // link(2) refuses a name that is taken, on network file systems too, where O_EXCL does not always.
      await link(aside, join(this.root, path))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    } finally {
      await unlink(aside)
    }
    await inParallel([...folders], syncFolder)
    return true
  }

  /** Removes what a crash has left unfinished. Only where no other process can be writing. */
  async sweep(): Promise<void> {
    const folder = join(this.root, UNFINISHED)
    const names = await readdir(folder).catch(() => [])
    await inParallel(names, (name) => rm(join(folder, name), { force: true }))
  }

  async #aside(bytes: Uint8Array): Promise<string> {
    const path = join(this.root, UNFINISHED, Buffer.from(this.#random(16)).toString('hex'))
    const file = await open(path, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    return path
  }

  /**
   * Makes the folders, and gives those to sync: them and all above them in here, because a process that was killed may
   * have made one and not synced it.
   */
  async #folders(paths: readonly string[]): Promise<Set<string>> {
    const folders = new Set<string>()
    for (const path of new Set([UNFINISHED, ...paths])) {
      const folder = join(this.root, path)
      const made = await mkdir(folder, { recursive: true })
      const top = made === undefined || made.length > this.root.length ? this.root : dirname(made)
      for (let above = folder; above.length >= top.length; above = dirname(above)) folders.add(above)
    }
    return folders
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** As many at once as Node has threads for files; more only wait with open files. */
const AT_ONCE = 8

export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  let next = 0
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!, i)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
  return results
}
