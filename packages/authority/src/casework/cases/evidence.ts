import { CaseRefusal } from '../case-refusal.ts'
import { parseJson } from '../record/octets.ts'
import { isChipEvidence } from '../rules/chip-reading.ts'
import { type EvidenceStrength, evidenceKindOf } from '../rules/evidence-kinds.ts'
import type { EvidencePiece } from './case-file.ts'
import type { OpenedPart } from './case-parts.ts'

interface Header {
  readonly kind?: string
  readonly strength?: EvidenceStrength
  readonly request?: string
  readonly item?: number
}

/**
 * What the applicant shows, with what was sent as an answer: a line of JSON, and behind it a picture or an archive.
 * @throws CaseRefusal case.altered
 */
export const evidenceIn = (
  parts: readonly OpenedPart[],
): readonly (EvidencePiece & { readonly archive?: Uint8Array })[] =>
  parts.filter(({ kind }) => kind === 'evidence' || kind === 'answer-file').map(pieceFrom)

function pieceFrom({
  id,
  kind: partKind,
  bytes,
}: OpenedPart): EvidencePiece & { readonly archive?: Uint8Array } {
  const end = bytes.indexOf(0x0a)
  const header = headerOf(bytes.subarray(0, Math.max(end, 0)))
  const kind = header.kind || 'answer'
  const strength = evidenceKindOf(kind)?.strength ?? header.strength
  const rest = bytes.subarray(end + 1)
  return {
    id,
    kind,
    ...(strength !== undefined && { strength }),
    ...(header.request !== undefined && { request: header.request }),
    ...(header.item !== undefined && { item: header.item }),
    ...(partKind === 'evidence' && isChipEvidence(kind) ? { archive: rest } : { picture: rest }),
  }
}

function headerOf(line: Uint8Array): Header {
  try {
    const header = parseJson(line)
    if (typeof header === 'object' && header !== null) return header as Header
  } catch {
    // Told below.
  }
  throw new CaseRefusal('case.altered')
}
