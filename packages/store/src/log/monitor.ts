import { StoreError } from '../errors.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { sameBytes } from './octets.ts'

import { consistencyProof, verifyConsistency } from './proof.ts'
import { CHECKPOINT, readPublicCheckpoint } from './public-checkpoint.ts'
import { type LogFiles, readLogFiles } from './read-log-files.ts'
import { suspectFiles } from './suspect-files.ts'
import { nodesOf } from './tile-folder.ts'
import { verifierKey } from './verifier-key.ts'

export type LogProblemCode =
  | 'checkpoint.missing'
  /** Malformed, of another log, or not signed by its key. */
  | 'checkpoint.wrong'
  /** Signed over another tree than the entries and tiles make. */
  | 'checkpoint.root-differs'
  /** Smaller than the one seen before: entries were taken back. */
  | 'checkpoint.shrunk'
  /** Does not begin with the one seen before: a second history. */
  | 'checkpoint.forked'
  /** Not there, or not of its width. */
  | 'tile.missing'
  | 'tile.differs'

export interface LogProblem {
  readonly code: LogProblemCode
  /** In the folder. */
  readonly path: string
}

export interface LogReport {
  /** Where the log has signed one. */
  readonly checkpoint: Checkpoint | undefined
  /** None: every file is what the signed root says. */
  readonly problems: readonly LogProblem[]
}

/**
 * Reads the public files of a log, and nothing else, and recomputes all of them: from the entries up to the signed root,
 * and down again where they disagree, to find which file it is. It trusts nothing it reads and throws for nothing in it.
 * @param publicKey of the log: Ed25519, 32 octets
 * @param previous the checkpoint seen before, of which this one must be a continuation
 */
export async function verifyLog(
  folder: string,
  publicKey: Uint8Array,
  origin: string,
  previous?: Pick<Checkpoint, 'size' | 'root'>,
): Promise<LogReport> {
  const note = await readPublicCheckpoint(folder)
  if (note === undefined) return failed('checkpoint.missing')
  const checkpoint = opened(note, publicKey, origin)
  if (checkpoint === undefined) return failed('checkpoint.wrong')
  const files = await readLogFiles(folder, checkpoint.size, previous?.size ?? 0)
  const problems: LogProblem[] = [...(await suspectFiles(folder, files, checkpoint))]
  // What is signed is neither the entries nor the tiles, and yet no file can be told to be wrong.
  if (problems.length === 0 && !(files.root && sameBytes(files.root, checkpoint.root)))
    problems.push({ code: 'checkpoint.root-differs', path: CHECKPOINT })
  const broken = previous && (await brokenPromise(folder, files, previous, checkpoint))
  if (broken !== undefined) problems.push({ code: broken, path: CHECKPOINT })
  return { checkpoint, problems }
}

function failed(code: LogProblemCode): LogReport {
  return { checkpoint: undefined, problems: [{ code, path: CHECKPOINT }] }
}

function opened(note: Uint8Array, publicKey: Uint8Array, origin: string): Checkpoint | undefined {
  try {
    return openCheckpoint(note, verifierKey(origin, publicKey, 'ed25519'))
  } catch (error) {
    if (error instanceof StoreError) return undefined
    throw error
  }
}

/** What a log promises is that nothing it has ever signed is taken back. [RFC6962 §2.1.2] */
async function brokenPromise(
  folder: string,
  { rootBefore }: LogFiles,
  previous: Pick<Checkpoint, 'size' | 'root'>,
  now: Checkpoint,
): Promise<LogProblemCode | undefined> {
  if (previous.size > now.size) return 'checkpoint.shrunk'
  if (rootBefore !== undefined && sameBytes(rootBefore, previous.root)) return undefined
  // An entry may be what is broken, and not the promise: the tiles can prove it by themselves.
  return (await proved(folder, previous, now)) ? undefined : 'checkpoint.forked'
}

async function proved(
  folder: string,
  old: Pick<Checkpoint, 'size' | 'root'>,
  now: Checkpoint,
): Promise<boolean> {
  try {
    const proof = await consistencyProof(nodesOf(folder, now.size), old.size, now.size)
    return verifyConsistency(old.size, old.root, now.size, now.root, proof)
  } catch (error) {
    if (error instanceof StoreError) return false
    throw error
  }
}
