import { hex } from '@nansen/formats/tlv'
import type { EventBody } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { type KnownCase, readCase, rowOf } from '../record/append-to-case.ts'
import { caseCode } from '../record/case-code.ts'
import { type CaseEvent, textOf } from '../record/case-event.ts'
import { type Fact, factsWanted, type Lack, lacksFor, type ProductionStage } from '../record/case-state.ts'
import type { CaseStatus } from '../record/case-status.ts'
import { type ChipReading, isChipEvidence, readChip } from '../rules/chip-reading.ts'
import type { EvidenceStrength } from '../rules/evidence-kinds.ts'
import { ACT_NAMES, type ActName, leaveFor } from './acts.ts'
import { type ApplicationContent, applicationIn, photoIn } from './application.ts'
import { type AtDesk, officerAt } from './at-desk.ts'
import { jsonOf, type OpenedPart, openParts } from './case-parts.ts'
import type { DecisionContent } from './decision.ts'
import { zonePreview } from './draft-order.ts'
import { evidenceIn } from './evidence.ts'
import type { IdentityCheck } from './identity-check.ts'
import type { WordsProposal } from './new-words.ts'
import { type FileRow, type QueueRow, rowFrom } from './queue.ts'
import type { Screening } from './screening.ts'
import type { StayFact } from './stay.ts'

/** A piece of a case. */
export interface CasePart {
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly kind: string
  readonly seq: number
  /** Of JSON the value; of pictures and archives octets. */
  readonly content: unknown
}

/** A piece of evidence. */
export interface EvidencePiece {
  /** 32 hexadecimal digits: of its part. */
  readonly id: string
  /** A code of EVIDENCE_KINDS; of an answer to a request, `answer`. */
  readonly kind: string
  readonly strength?: EvidenceStrength
  /** The request that it answers, and which item of it. */
  readonly request?: string
  readonly item?: number
  /** JPEG. */
  readonly picture?: Uint8Array
  /** Of an old passport's chip; absent where the office has no master lists. */
  readonly chip?: ChipReading
}

export interface HistoryEntry {
  readonly seq: number
  /** `case.assigned` and so on. */
  readonly kind: string
  /** `officer:<32 digits>`, `helper:<32 digits>`, `applicant`, `office`. */
  readonly actor: string
  /** The day. */
  readonly at: Date
  readonly body: EventBody
}

/** By whom and on which day it was recorded. */
export interface Recorded {
  /** Id of an officer. */
  readonly by: string
  readonly at: Date
}

export interface CaseChecks {
  readonly identity?: IdentityCheck & Recorded
  readonly stay?: StayFact & Recorded
  readonly screening?: Screening & Recorded
  /** What an approval lacks still. */
  readonly missing: readonly Lack[]
  /** What waits to be recorded; of it there may be something that was sent back, and no longer counts. */
  readonly wanted: readonly Fact[]
}

export interface RelatedCase {
  readonly caseId: string
  readonly code: string
  readonly status: CaseStatus
}

/** A case that may be of the same person. */
export interface CaseCandidate extends RelatedCase {
  readonly settled?: 'same' | 'different'
}

/** A case, in the clear, for the officer who holds it. */
export interface CaseFile {
  readonly row: QueueRow
  readonly parts: readonly CasePart[]
  readonly application: ApplicationContent
  /** JPEG of 413 × 531 pixels. */
  readonly photo?: Uint8Array
  readonly evidence: readonly EvidencePiece[]
  readonly history: readonly HistoryEntry[]
  /** How often officers opened it. */
  readonly openings: number
  readonly checks: CaseChecks
  readonly family: readonly RelatedCase[]
  readonly candidates: readonly CaseCandidate[]
  /** Two lines of 44, with a number and days that are none yet; empty where the name cannot stand in a zone. */
  readonly zone: readonly string[]
  /** The newest first decision. */
  readonly decision?: DecisionContent & Recorded
  /** New words that wait for another officer: what the first one says. */
  readonly words?: WordsProposal & Recorded
  /** What this officer may do on it now. */
  readonly mayDo: readonly ActName[]
  readonly stage?: ProductionStage
  /** The blank that it is printed on. */
  readonly blank?: string
}

/**
 * Everything in a case, for whoever holds it: through the key service, which counts the opening and writes it down. P8
 * @throws CaseRefusal officer.session, case.not-assigned, case.budget, case.altered
 */
export async function openCase(office: CaseOffice, desk: AtDesk, caseId: string): Promise<CaseFile> {
  const officer = await officerAt(office, desk)
  const parts = await openParts(office, desk, caseId)
  const { known, family, others, blank } = await readAround(office, caseId)
  const { state, events } = known
  const application = applicationIn(parts)
  const photo = photoIn(parts)
  const at = office.clock()
  const decision = recorded<DecisionContent>(events, parts, 'case.decided-first')
  const words = state.words && recorded<WordsProposal>(events, parts, 'case.words-proposed')
  return {
    row: rowFrom({ id: known.id, ...rowOf(state) } as unknown as FileRow),
    parts: parts.map(partFrom),
    application,
    ...(photo !== undefined && { photo }),
    evidence: await Promise.all(evidenceIn(parts).map((piece) => withChip(office, piece, at))),
    history: events.map((event) => ({
      seq: event.seq,
      kind: event.kind,
      actor: textOf(event, 'actor') || 'office',
      at: event.at,
      body: event.body,
    })),
    openings: state.openings,
    checks: { ...checksIn(events, parts), missing: lacksFor(state), wanted: factsWanted(state) },
    family,
    candidates: others.map((other) => {
      const settled = state.candidates.get(other.caseId)
      return { ...other, ...(settled != null && { settled }) }
    }),
    zone: zonePreview(office, { caseId, application, photo }, at),
    ...(decision !== undefined && { decision }),
    ...(words !== undefined && { words }),
    mayDo: ACT_NAMES.filter((name) => 'as' in leaveFor(officer, state, name)),
    ...(state.stage !== undefined && { stage: state.stage }),
    ...(blank !== undefined && { blank }),
  }
}

interface Around {
  readonly known: KnownCase
  readonly family: readonly RelatedCase[]
  readonly others: readonly RelatedCase[]
  readonly blank: string | undefined
}

const readAround = (office: CaseOffice, caseId: string): Promise<Around> =>
  office.store.transaction(async (tx) => {
    const known = await readCase(tx, caseId)
    if (known === undefined) throw new CaseRefusal('case.not-assigned')
    const candidates = [...known.state.candidates.keys()].map((id) => Buffer.from(id, 'hex'))
    const rows = await tx.query<{ id: Uint8Array; status: CaseStatus; of_family: boolean }>(
      `select id, status, family_id = $2 as of_family from case_file
        where (family_id = $2 or id = any($3::bytea[])) and id <> $1 order by id`,
      [known.id, known.familyId, candidates],
    )
    const [made] = await tx.query<{ blank: string | null }>(
      'select blank from production where case_id = $1',
      [known.id],
    )
    const related = rows.map(({ id, status, of_family: ofFamily }) => ({
      ofFamily,
      told: { caseId: hex(id), code: caseCode(hex(id)), status },
    }))
    return {
      known,
      family: related.filter(({ ofFamily }) => ofFamily).map(({ told }) => told),
      others: related.map(({ told }) => told).filter((told) => known.state.candidates.has(told.caseId)),
      blank: made?.blank ?? undefined,
    }
  })

/** What the newest event of a kind says, from the piece that it names. */
function recorded<T>(
  events: readonly CaseEvent[],
  parts: readonly OpenedPart[],
  kind: string,
): (T & Recorded) | undefined {
  const event = events.findLast((other) => other.kind === kind)
  const part = event && parts.find(({ id }) => id === textOf(event, 'part'))
  if (event === undefined || part === undefined) return undefined
  return { ...jsonOf<T>(part), by: textOf(event, 'actor').replace(/^officer:/, ''), at: event.at }
}

function checksIn(
  events: readonly CaseEvent[],
  parts: readonly OpenedPart[],
): Omit<CaseChecks, 'missing' | 'wanted'> {
  const identity = recorded<IdentityCheck>(events, parts, 'case.identity-checked')
  const stay = recorded<StayFact>(events, parts, 'case.stay-recorded')
  const screening = recorded<Screening>(events, parts, 'case.screened')
  return { ...(identity && { identity }), ...(stay && { stay }), ...(screening && { screening }) }
}

/** Pieces that are octets. */
const OCTETS: readonly string[] = ['photo', 'evidence', 'answer-file', 'paper']

const partFrom = (part: OpenedPart): CasePart => ({
  id: part.id,
  kind: part.kind,
  seq: part.seq,
  content: OCTETS.includes(part.kind) ? part.bytes : jsonOf<unknown>(part),
})

async function withChip(
  office: CaseOffice,
  piece: EvidencePiece & { readonly archive?: Uint8Array },
  at: Date,
) {
  const { archive, ...rest } = piece
  if (archive === undefined || !isChipEvidence(piece.kind)) return rest
  return { ...rest, chip: await readChip(archive, office.passports, at, office.crypto) }
}
