import { lstat, open, stat } from 'node:fs/promises'

/** Octets of the largest thing that is looked at, a master list, and one more, so that a larger one is seen to be too large. */
export const MOST_OCTETS = 16 * 1024 * 1024 + 1

/**
 * A file's octets, at most so many of them: also of one that grows while it is read, or says nothing of its size.
 * @throws Error where it cannot be opened or read
 */
export async function readAtMost(path: string, most = MOST_OCTETS): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const parts: Uint8Array[] = []
    for (let total = 0; total < most; ) {
      // One more than is left of it, so that the end is met in the second reading at the latest.
      const part = new Uint8Array(Math.min(most - total, Math.max(size - total, 0) + 65_536))
      const { bytesRead } = await handle.read(part)
      if (bytesRead === 0) break
      parts.push(part.subarray(0, bytesRead))
      total += bytesRead
    }
    return parts.length === 1 ? parts[0]! : new Uint8Array(Buffer.concat(parts))
  } finally {
    await handle.close()
  }
}

/** What may stand behind a path. */
export type PathKind = 'file' | 'folder' | 'other'

/** Pipes that a shell has opened for this process; any other may never be written to, and would be waited for. */
const OPENED = /^\/(?:dev|proc\/self)\/fd\/\d+$/

/** What a path is that a person named: links are followed. `undefined`: nothing. */
export async function kindNamed(path: string): Promise<PathKind | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (found.isDirectory()) return 'folder'
  return found.isFile() || OPENED.test(path) ? 'file' : 'other'
}

/**
 * What a path in a folder is. Links to files are followed; one to a folder is not, because it may lead round in a
 * circle or out of what was named, and a device or pipe is never opened.
 */
export async function kindInFolder(path: string): Promise<PathKind> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isDirectory()) return 'folder'
  const target = found?.isSymbolicLink() ? await stat(path).catch(() => undefined) : found
  return target?.isFile() ? 'file' : 'other'
}
