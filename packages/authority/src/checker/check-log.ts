import { createHash } from 'node:crypto'
import { hex, sameBytes } from '@nansen/formats/tlv'
import { type Store, StoreError, type Tx } from '@nansen/store'
import {
  type Checkpoint,
  type CheckpointStore,
  commitmentTo,
  openCheckpoint,
  RightEdge,
  verifierKey,
  verifyLog,
} from '@nansen/store/log'
import type { Problem, ProblemCode } from './problem.ts'

export interface LogToCheck {
  /** The public folder. */
  readonly folder: string
  readonly checkpoints: CheckpointStore
  readonly origin: string
}

/**
 * Invariant 6: each leaf is the commitment to its event, the tree of all of them is what was signed last, every earlier
 * checkpoint is the beginning of it, each was recorded before it was signed, and the public files say the same. P19
 */
export async function checkLog(store: Store, log: LogToCheck): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const report = (code: ProblemCode, where: string) => problems.push({ invariant: 6, code, where })
  const { leaves, key, head, texts, wrong } = await store.transaction(readLog)
  for (const where of wrong) report('log.commitment-differs', where)
  if (key === undefined) {
    if (leaves.length > 0 || head !== undefined) report('log.checkpoint-differs', 'no key of the log')
    return problems
  }
  if (leaves.some(({ position }, i) => position !== i)) report('log.positions', 'log_entry')
  const history = await log.checkpoints.history()
  const shown = await verifyLog(log.folder, key, log.origin)
  // Its key is made in the ceremony, and it begins with the first paper: till then it has nothing to show, anywhere.
  const notShown = shown.problems.every(({ code }) => code === 'checkpoint.missing')
  if (leaves.length === 0 && head === undefined && texts.size === 0 && history.length === 0 && notShown)
    return problems

  const root = rootsOf(leaves)
  const size = head?.size ?? 0
  if (size !== leaves.length || (head !== undefined && !sameBytes(head.root, root(size))))
    report('log.head-differs', 'log_head')

  const opened = verifierKey(log.origin, key, 'ed25519')
  let before: Checkpoint | undefined
  for (const { number, note } of history) {
    const checkpoint = readNote(note, opened)
    if (checkpoint === undefined || checkpoint.size > leaves.length) {
      report(checkpoint === undefined ? 'log.checkpoint-differs' : 'log.root-differs', `checkpoint ${number}`)
      continue
    }
    if (!sameBytes(root(checkpoint.size), checkpoint.root)) report('log.root-differs', `checkpoint ${number}`)
    if (before !== undefined && before.size >= checkpoint.size) report('log.history', `checkpoint ${number}`)
    if (!texts.has(textDigest(checkpoint))) report('log.checkpoint-no-intent', `checkpoint ${number}`)
    before = checkpoint
  }
  if (before === undefined || before.size !== size) report('log.checkpoint-older', 'checkpoints')
  // A checkpoint that was signed and is not among those kept is one that was taken away.
  const newest = before?.size ?? 0
  for (const [, signed] of texts) if (signed > newest) report('log.checkpoint-older', `signed for ${signed}`)

  for (const { code, path } of shown.problems) report('log.public', `${path} ${code}`)
  if (shown.checkpoint !== undefined && shown.checkpoint.size !== newest)
    report('log.public', 'checkpoint older')
  return problems
}

/** The root at a size; asked for from small to large it costs each leaf once. */
function rootsOf(leaves: readonly Leaf[]): (size: number) => Uint8Array {
  let edge = new RightEdge()
  return (size) => {
    if (size < edge.size) edge = new RightEdge()
    for (const { commitment } of leaves.slice(edge.size, size)) edge.append(commitment)
    return edge.root()
  }
}

interface Leaf {
  readonly position: number
  readonly commitment: Uint8Array
}

async function readLog(tx: Tx) {
  const entries = await tx.query<{
    commitment: Uint8Array
    salt: Uint8Array
    stream: string
    seq: number
    position: number | null
    hash: Uint8Array | null
  }>(
    `select commitment, salt, log_entry.stream, log_entry.seq, position, event.hash from log_entry
       left join event on event.stream = log_entry.stream and event.seq = log_entry.seq order by position`,
  )
  const wrong = entries
    .filter(({ commitment, salt, hash }) => hash === null || !sameBytes(commitmentTo(hash, salt), commitment))
    .map(({ stream, seq }) => `${stream} ${seq}`)
  const leaves = entries.filter((entry): entry is typeof entry & Leaf => entry.position !== null)
  const [head] = await tx.query<{ size: number; root: Uint8Array }>('select size, root from log_head')
  const [key] = await tx.query<{ publicKey: Uint8Array }>(
    `select public_key as "publicKey" from signing_key where purpose = 'log' order by id limit 1`,
  )
  const signed = await tx.query<{ digest: Uint8Array; bytes: Uint8Array }>(
    `select digest, bytes from intent join signature on signature.intent_id = intent.id where purpose = 'log'`,
  )
  const texts = new Map(signed.map(({ digest, bytes }) => [hex(digest), sizeIn(bytes)]))
  return { leaves, head, wrong, key: key?.publicKey.subarray(-32), texts }
}

const sizeIn = (text: Uint8Array): number => Number(Buffer.from(text).toString('latin1').split('\n')[1])

function textDigest({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
  return createHash('sha256').update(text).digest('hex')
}

function readNote(note: Uint8Array, key: ReturnType<typeof verifierKey>): Checkpoint | undefined {
  try {
    return openCheckpoint(note, key)
  } catch (error) {
    if (error instanceof StoreError) return undefined
    throw error
  }
}
