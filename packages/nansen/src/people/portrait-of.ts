import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, sep, win32 } from 'node:path'
import { PortraitError } from '../pictures/index.ts'
import { readAtMost } from '../read-file.ts'
import type { RowCode } from './problems.ts'

/** One more than the largest picture that is looked at, so that a larger one is seen to be too large. */
const MOST_OCTETS = 10 * 1024 * 1024 + 1
const LONGEST_PATH = 1_000

/** A path in a list of people that leads where it may not. */
export class PathRefused extends Error {
  readonly code: Extract<RowCode, 'portrait.path' | 'portrait.outside'>
  constructor(code: PathRefused['code']) {
    super(code)
    this.code = code
  }
}

/**
 * The octets of a picture that a row names. Whoever writes the list chooses the path, and what it leads to goes onto a
 * paper: so it is one inside the list's own folder, by its words and by where its links lead.
 * @param folder of the list, all links followed
 * @throws PathRefused; PortraitError portrait.unreadable
 */
export async function readPortrait(folder: string, path: string): Promise<Uint8Array> {
  if (!staysInside(path)) throw new PathRefused('portrait.path')
  const unreadable = () => new PortraitError('portrait.unreadable')
  const target = await realpath(join(folder, path)).catch(() => {
    throw unreadable()
  })
  if (!target.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    throw new PathRefused('portrait.outside')
  // A pipe or a device may never end.
  const found = await stat(target).catch(() => undefined)
  if (!found?.isFile()) throw unreadable()
  return readAtMost(target, MOST_OCTETS).catch(() => {
    throw unreadable()
  })
}

/** Relative, on every system that the list may be read on, and never upwards. */
function staysInside(path: string): boolean {
  if (path.length > LONGEST_PATH || /\p{Cc}/u.test(path)) return false
  if (isAbsolute(path) || win32.isAbsolute(path) || /^[A-Za-z]:/.test(path)) return false
  return !path.split(/[/\\]/u).includes('..')
}
