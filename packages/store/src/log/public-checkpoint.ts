import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckpointStore } from './checkpoint-store.ts'
import type { DurableFolder } from './durable.ts'
import { MAX_NOTE, parseNote, signersOf } from './note.ts'
import { sameBytes } from './octets.ts'
import type { VerifierKey } from './verifier-key.ts'

/** Name of the newest checkpoint in a log's public folder. C2SP tlog-tiles. */
export const CHECKPOINT = 'checkpoint'

/** The note as it stands in a public folder; `undefined` where there is none, or one that is too large to be read. */
export async function readPublicCheckpoint(folder: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(join(folder, CHECKPOINT)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return bytes === undefined || bytes.length > MAX_NOTE ? undefined : Uint8Array.from(bytes)
}

/**
 * Puts the newest checkpoint into the public folder, and looks again whether it still is the newest: of two that publish
 * at once, the last word is the newer one's. What witnesses have put under it already stays.
 */
export async function publishNewest(
  folder: DurableFolder,
  checkpoints: CheckpointStore,
  key: VerifierKey,
): Promise<void> {
  for (let done: number | undefined; ; ) {
    const newest = await checkpoints.latest()
    if (newest === undefined || newest.number === done) return
    const there = await readPublicCheckpoint(folder.root)
    if (there === undefined || !isOf(there, newest.note, key))
      await folder.write([{ path: CHECKPOINT, bytes: newest.note }])
    done = newest.number
  }
}

/** Whether a note is of this checkpoint and signed by its log, whatever else stands under it. */
function isOf(note: Uint8Array, checkpoint: Uint8Array, key: VerifierKey): boolean {
  try {
    const parsed = parseNote(note)
    return sameBytes(parsed.text, parseNote(checkpoint).text) && signersOf(parsed, [key]).length === 1
  } catch {
    return false
  }
}
