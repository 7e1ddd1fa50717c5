/**
 * A log that nobody can rewrite, its owner included: a tree of commitments that tell nobody anything, in tiles that
 * anyone can copy, under checkpoints that are signed, stored outside the database and cosigned by other authorities
 * (P19). The formats are those of C2SP (tlog-tiles, signed-note, tlog-checkpoint, tlog-cosignature, tlog-witness).
 *
 * What an entry goes through: `enter` writes a salted commitment in the transaction of the event → `sequence` gives it a
 * place, by compare and set → its tiles are made durable → the root is computed again from the tiles on disk → the
 * checkpoint is signed → it becomes the newest of the checkpoint store → it is published. Killed in between, `openLog`
 * goes on from there. It refuses, and nothing is served, where the database is not what was signed:
 *
 * - `log.database-older`: it has fewer entries than the newest checkpoint; somebody put back an older copy
 * - `log.forked`: as many or more, but not the same
 * - `log.checkpoint-missing`: no checkpoint in the store, and the log is not new
 * - `log.checkpoint-wrong`: a note, checkpoint, cosignature or key that is malformed or does not stand
 * - `log.tile-differs`: a public file is not what it must be; a whole tile is never overwritten
 * - `log.lost-race`: another process moved the log on; nothing is lost, and asking again goes on
 * - `log.out-of-reach`: a folder of it cannot be read or written
 * - `log.witness-refuses`: what a witness says no to, with the reason
 *
 * `verifyLog` is for everyone else: from the public files alone it says which of them are wrong. `openWitness` is for
 * other authorities, `verifyCheckpoint` for those who believe a checkpoint only with a quorum of them.
 */
export { type Checkpoint, encodeCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
export { type CheckpointStore, openCheckpointStore, type StoredCheckpoint } from './checkpoint-store.ts'
export { commitmentTo } from './commitment.ts'
export { leafHash } from './hash.ts'
export { type InclusionProof, type Log, type LogOptions, type LogStep, openLog } from './log.ts'
export { enterEvents, type LoggedEvent } from './log-rows.ts'
export { type LogProblem, type LogProblemCode, type LogReport, verifyLog } from './monitor.ts'
export { type Note, parseNote } from './note.ts'
export { verifyConsistency, verifyInclusion } from './proof.ts'
export { RightEdge } from './right-edge.ts'
export { encodeVerifierKey, parseVerifierKey, type VerifierKey, verifierKey } from './verifier-key.ts'
export { addCosignature, type CosignedCheckpoint, verifyCheckpoint } from './verify-checkpoint.ts'
export { type CosignRequest, openWitness, type Seen, type Witness, type WitnessOptions } from './witness.ts'
export { type WitnessReason, WitnessRefusal } from './witness-refusal.ts'
