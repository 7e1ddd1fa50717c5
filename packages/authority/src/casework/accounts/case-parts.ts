import { encodeJson } from '../record/octets.ts'
import type { NewPart } from '../record/part-rows.ts'
import { EVIDENCE_KINDS } from '../rules/evidence-kinds.ts'
import type { Draft, DraftPerson } from './draft.ts'

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
