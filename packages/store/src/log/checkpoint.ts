import { StoreError } from '../errors.ts'
import { EMPTY_ROOT, HASH } from './hash.ts'
import { parseNote, signersOf } from './note.ts'
import { base64, parseBase64, sameBytes, utf8 } from './octets.ts'
import type { VerifierKey } from './verifier-key.ts'

/** The head of a log's tree. C2SP tlog-checkpoint. */
export interface Checkpoint {
  /** The name of the log. */
  readonly origin: string
  /** Leaves. */
  readonly size: number
  readonly root: Uint8Array
}

/** The text that a log signs. */
export function encodeCheckpoint({ origin, size, root }: Checkpoint): Uint8Array {
  return utf8(`${origin}\n${size}\n${base64(root)}\n`)
}

/**
 * Reads the text of a checkpoint. Lines after the third are not taken: no log of ours has them, and nobody could check
 * what they say.
 * @throws StoreError log.checkpoint-wrong
 */
export function parseCheckpoint(text: Uint8Array): Checkpoint {
  const [origin, size, encoded, end, ...more] = new TextDecoder().decode(text).split('\n')
  if (origin === undefined || origin === '' || end !== '' || more.length > 0) throw wrong()
  const root = encoded === undefined ? undefined : parseBase64(encoded)
  if (size === undefined || !/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw wrong()
  if (root?.length !== HASH || (size === '0' && !sameBytes(root, EMPTY_ROOT))) throw wrong()
  return { origin, size: Number(size), root }
}

/**
 * A checkpoint that its log has signed.
 * @throws StoreError log.checkpoint-wrong where it is malformed, of another log, or not signed by `key`
 */
export function openCheckpoint(note: Uint8Array, key: VerifierKey): Checkpoint {
  const parsed = parseNote(note)
  const checkpoint = parseCheckpoint(parsed.text)
  if (checkpoint.origin !== key.name || signersOf(parsed, [key]).length !== 1) throw wrong()
  return checkpoint
}

function wrong(): StoreError {
  return new StoreError('log.checkpoint-wrong')
}
