import { sealParts } from '@nansen/signing'
import type { CaseOffice } from '../case-office.ts'
import { EVIDENCE_KINDS } from '../rules/evidence-kinds.ts'
import type { Draft, DraftPerson } from './draft.ts'
import { encodeJson } from './octets.ts'

/** What a case is made of, before it is sealed. */
export interface NewPart {
  readonly kind: 'application' | 'photo' | 'evidence' | 'answer' | 'answer-file' | 'appeal'
  readonly bytes: Uint8Array
}

/** A row of `case_part`, but for its place in the case. */
export interface PartRow {
  readonly id: Uint8Array
  readonly kind: NewPart['kind']
  readonly wrapped: Uint8Array
  readonly bytes: Uint8Array
}

/** How long somebody's story is, the database does not tell. */
const BLOCK = 4096

/** What somebody hands in. @param files by id, as the draft names them */
export function partsOf(
  draft: Draft,
  person: DraftPerson,
  minor: boolean,
  files: ReadonlyMap<string, Uint8Array>,
): readonly NewPart[] {
  const { photo, evidence, ...told } = person
  const application = {
    language: draft.language,
    person: told,
    minor,
    reasons: draft.reasons,
    story: draft.story,
    stay: draft.stay,
    meeting: draft.meeting,
    waiver: draft.waiver,
  }
  return [
    { kind: 'application', bytes: encodeJson(application, BLOCK) },
    { kind: 'photo', bytes: files.get(photo ?? '')! },
    ...evidence.map(({ kind, file }) => evidencePart('evidence', { kind }, files.get(file)!)),
  ]
}

export const jsonPart = (kind: NewPart['kind'], content: object): NewPart => ({
  kind,
  bytes: encodeJson(content, BLOCK),
})

/** A picture behind a line that says what it is of. */
export function evidencePart(
  kind: 'evidence' | 'answer-file',
  header: Readonly<Record<string, string | number>>,
  jpeg: Uint8Array,
): NewPart {
  const strength = EVIDENCE_KINDS.find(({ code }) => code === header.kind)?.strength
  const line = JSON.stringify({ ...header, ...(strength !== undefined && { strength }) })
  return { kind, bytes: new Uint8Array(Buffer.concat([Buffer.from(`${line}\n`, 'utf8'), jpeg])) }
}

/** For the key service's eyes, and whom it lets: nothing here opens it again. P7 */
export function sealNewParts(
  office: CaseOffice,
  caseId: Uint8Array,
  parts: readonly NewPart[],
): readonly PartRow[] {
  const named = parts.map(({ bytes }) => ({ partId: office.random(16), bytes }))
  return sealParts(office.signing.wrappingPoint, caseId, named).map(({ partId, wrapped, bytes }, place) => ({
    id: partId,
    kind: parts[place]!.kind,
    wrapped,
    bytes,
  }))
}
