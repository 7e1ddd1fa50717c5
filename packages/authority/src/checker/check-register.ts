import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import { streamOf } from '../registry/papers.ts'
import type { Invariant, Problem, ProblemCode } from './problem.ts'

interface Paper extends Readonly<Record<string, unknown>> {
  readonly id: Uint8Array
  readonly stage: string
  readonly orderDigest: Uint8Array
  readonly intentId: Uint8Array
  readonly numberIndex: Uint8Array
  readonly content: Uint8Array
  readonly sod: Uint8Array | null
  readonly signed: boolean
  readonly voided: boolean
  readonly wrapped: boolean
  readonly approvalId: Uint8Array | null
  readonly approved: boolean
}

interface PaperEvent extends Readonly<Record<string, unknown>> {
  readonly stream: string
  readonly kind: string
  readonly body: string
  readonly logged: boolean
  /** In the tree, not only waiting for a place there. */
  readonly placed: boolean
}

const PAPERS = `select paper.id, stage, order_digest as "orderDigest", paper.intent_id as "intentId",
    number_index as "numberIndex", sha256(content) as content, sha256(sod) as sod,
    signature.intent_id is not null as signed, voided.intent_id is not null as voided,
    case_key.case_id is not null as wrapped, intent.approval_id as "approvalId", approval.id is not null as approved
  from paper
  left join intent on intent.id = paper.intent_id
  left join approval on approval.id = intent.approval_id
  left join signature on signature.intent_id = paper.intent_id
  left join voided on voided.intent_id = paper.intent_id
  left join case_key on case_key.case_id = paper.case_id`

const EVENTS = `select event.stream, kind, body, log_entry.seq is not null as logged,
    log_entry.position is not null as placed
  from event
  left join log_entry on log_entry.stream = event.stream and log_entry.seq = event.seq
  where event.stream like 'paper/%' order by event.stream, event.seq`

/** What may be signed once, and what nobody else may have. P4 */
const ONCE: readonly (readonly [ProblemCode, string])[] = [
  ['number.twice', 'select number_index as id from paper group by number_index having count(*) > 1'],
  [
    'order.twice',
    "select order_digest as id from paper where stage <> 'void' group by order_digest, form having count(*) > 1",
  ],
  [
    'reference.twice',
    "select reference_index as id from paper where stage <> 'void' group by reference_index, form having count(*) > 1",
  ],
  ['intent.twice', 'select intent_id as id from paper group by intent_id having count(*) > 1'],
  [
    'serial.twice',
    'select serial as id from trust_object where serial is not null group by serial having count(*) > 1',
  ],
]

/** What can become of a paper, step by step. */
const LIVES: readonly string[] = [
  'paper.recorded',
  'paper.recorded paper.released',
  'paper.recorded paper.released paper.delivered',
  'paper.recorded paper.void',
]

/** Each kind of event of a paper: the stage it leads to, and whether the log must have it. */
const STAGES: Readonly<Record<string, { readonly stage: string; readonly logged: boolean }>> = {
  'paper.recorded': { stage: 'recorded', logged: false },
  'paper.released': { stage: 'released', logged: true },
  'paper.delivered': { stage: 'delivered', logged: false },
  'paper.void': { stage: 'void', logged: true },
}

/**
 * Invariants 3, 4, 7, 8 and 9 of papers: nothing is used twice; each paper is what the journal says became of it, with the
 * very contents; and what the journal tells of is there.
 */
export async function checkRegister(tx: Tx): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const [code, sql] of ONCE)
    for (const { id } of await tx.query<{ id: Uint8Array }>(sql))
      problems.push({ invariant: 3, code, where: hex(id) })

  const streams = new Map<string, PaperEvent[]>()
  for (const event of await tx.query<PaperEvent>(EVENTS))
    streams.set(event.stream, [...(streams.get(event.stream) ?? []), event])
  const papers = await tx.query<Paper>(PAPERS)
  for (const paper of papers) {
    const stream = streamOf(hex(paper.id))
    for (const [invariant, code] of faultsOf(paper, streams.get(stream) ?? []))
      problems.push({ invariant, code, where: hex(paper.id) })
    streams.delete(stream)
  }
  for (const stream of streams.keys()) problems.push({ invariant: 7, code: 'paper.missing', where: stream })
  return problems
}

function* faultsOf(paper: Paper, events: readonly PaperEvent[]): Generator<[Invariant, ProblemCode]> {
  const last = events.at(-1)
  if (last === undefined) {
    yield [9, 'paper.no-journal']
    return
  }
  if (!LIVES.includes(events.map(({ kind }) => kind).join(' '))) yield [9, 'paper.impossible-life']
  for (const { kind, logged, placed } of events) {
    const handedOver = kind === 'paper.released' && paper.stage === 'delivered'
    if (STAGES[kind]?.logged === true && !(handedOver ? placed : logged)) yield [6, 'paper.not-logged']
  }
  if (STAGES[last.kind]?.stage !== paper.stage) yield [7, 'paper.stage-differs']
  const recorded = bodyOf(events, 'paper.recorded')
  if (recorded?.content !== hex(paper.content)) yield [8, 'paper.content-differs']
  if (recorded?.order !== hex(paper.orderDigest)) yield [8, 'paper.order-differs']
  if (recorded?.intent !== hex(paper.intentId)) yield [8, 'paper.intent-differs']
  if (recorded?.number !== hex(paper.numberIndex)) yield [8, 'paper.number-differs']
  const released = bodyOf(events, 'paper.released')
  if (released?.sod !== (paper.sod === null ? undefined : hex(paper.sod))) yield [8, 'paper.sod-differs']
  const live = paper.stage === 'released' || paper.stage === 'delivered'
  if (live && !paper.signed) yield [8, 'paper.unsigned']
  if (paper.voided !== (paper.stage === 'void')) yield [2, 'void.signed-and-used']
  if (!paper.approved && paper.stage !== 'void') yield [4, 'paper.approval-missing']
  const approval = paper.approvalId === null ? undefined : hex(paper.approvalId)
  if (recorded !== undefined && recorded.approval !== approval) yield [4, 'paper.approval-differs']
  if (!paper.wrapped) yield [7, 'paper.case-missing']
}

/** Of the one event of its kind; one that is there twice or not at all says nothing. */
function bodyOf(events: readonly PaperEvent[], kind: string): Record<string, unknown> | undefined {
  const of = events.filter((event) => event.kind === kind)
  if (of.length !== 1) return undefined
  try {
    return JSON.parse(of[0]!.body)
  } catch {
    return undefined
  }
}
