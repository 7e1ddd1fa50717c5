import { StoreError } from '../errors.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { encodeNote, type Note, parseNote, parseSignatureLine, type Signer, signersOf } from './note.ts'
import { hex } from './octets.ts'
import type { VerifierKey } from './verifier-key.ts'

/** A checkpoint with the witnesses that have seen it. */
export interface CosignedCheckpoint extends Checkpoint {
  readonly witnesses: readonly Signer[]
}

/**
 * Accepts a checkpoint only if its log has signed it and `quorum` witnesses have cosigned it. A witness counts once
 * however many names its key has, and the log's own key counts as none: the operator is no witness of itself (P19).
 * @throws StoreError log.checkpoint-wrong
 */
export function verifyCheckpoint(
  note: Uint8Array,
  logKey: VerifierKey,
  witnessKeys: readonly VerifierKey[],
  quorum: number,
): CosignedCheckpoint {
  if (!Number.isSafeInteger(quorum) || quorum < 0) throw new RangeError('a quorum is a whole number')
  const checkpoint = openCheckpoint(note, logKey)
  const witnesses = cosigners(parseNote(note), logKey, witnessKeys)
  if (witnesses.length < quorum) throw new StoreError('log.checkpoint-wrong')
  return { ...checkpoint, witnesses }
}

function cosigners(note: Note, logKey: VerifierKey, keys: readonly VerifierKey[]): readonly Signer[] {
  const others = keys.filter(({ type, publicKey }) => type === 'cosignature/v1' && differs(publicKey, logKey))
  const byKey = new Map(signersOf(note, others).map((signer) => [hex(signer.key.publicKey), signer]))
  return [...byKey.values()]
}

function differs(publicKey: Uint8Array, { publicKey: other }: VerifierKey): boolean {
  return hex(publicKey) !== hex(other)
}

/**
 * A note with a witness's line put under it, once the line has been checked; an older one of the same key gives way.
 * @param line with or without its newline
 * @throws StoreError log.checkpoint-wrong where the line does not stand
 */
export function addCosignature(note: Uint8Array, line: string, witnessKey: VerifierKey): Uint8Array {
  const { text, signatures } = parseNote(note)
  const signature = parseSignatureLine(line.replace(/\n$/, ''))
  if (signersOf({ text, signatures: [signature] }, [witnessKey]).length !== 1)
    throw new StoreError('log.checkpoint-wrong')
  const others = signatures.filter(({ name, id }) => name !== signature.name || id !== signature.id)
  const cosigned = encodeNote({ text, signatures: [...others, signature] })
  // It must be readable by those whom it is for: not larger, and not with more lines, than a note may be.
  parseNote(cosigned)
  return cosigned
}
