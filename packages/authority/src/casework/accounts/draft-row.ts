import { hkdfSync } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import { openUnder, sealUnder } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import { encodeJson, parseJson } from '../record/octets.ts'
import type { Door } from './door.ts'
import { type Draft, emptyDraft } from './draft.ts'

/** What stands in the row of a draft. */
export type DraftContent = WrittenContent | SubmittedContent

export interface WrittenContent {
  readonly draft: Draft
  /** 64 digits by chance: from it follow the ids of the cases, so that a draft is handed in once. P4 */
  readonly submission: string
}

/** Handed in: the ids of the cases that it became, so that whoever asks again is told the same. */
export interface SubmittedContent {
  readonly submitted: readonly string[]
}

export interface DraftRow {
  /** 0 where there is no row. */
  readonly version: number
  readonly content: DraftContent | undefined
}

/** A draft grows in steps of this many octets: how long somebody's story is, the database does not tell. */
const BLOCK = 4096

/** @throws SigningRefusal sealed.altered */
export async function readDraftRow(tx: Tx, door: Door): Promise<DraftRow> {
  const [row] = await tx.query<{ version: number; content: Uint8Array }>(
    'select version, content from draft where account_id = $1',
    [door.accountId],
  )
  if (row === undefined) return { version: 0, content: undefined }
  const content = openUnder(keyOf(door), placeOf(door, row.version), row.content)
  return { version: row.version, content: parseJson(content) as DraftContent }
}

export async function writeDraftRow(
  tx: Tx,
  door: Door,
  version: number,
  content: DraftContent,
  day: Date,
): Promise<void> {
  const sealed = sealUnder(keyOf(door), placeOf(door, version), encodeJson(content, BLOCK))
  await tx.query(
    `insert into draft (account_id, version, content, day) values ($1, $2, $3, $4)
     on conflict (account_id) do update
       set version = excluded.version, content = excluded.content, day = excluded.day`,
    [door.accountId, version, sealed, day],
  )
}

/** The draft of a row; where there is none, or it was handed in, a new one. */
export function draftOf(door: Door, { version, content }: DraftRow): Draft {
  if (content !== undefined && 'draft' in content) return { ...content.draft, version }
  return { ...emptyDraft(firstPersonOf(door, version)), version }
}

export const submissionOf = ({ content }: DraftRow): string | undefined =>
  content !== undefined && 'draft' in content ? content.submission : undefined

/** Bound to its version: one that is put into the row of another does not open. */
const placeOf = ({ accountId }: Door, version: number) => {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(version)
  return { column: 'draft.content', row: Buffer.concat([accountId, number]) }
}

export const keyOf = ({ accountId, draftKey }: Door) => ({ caseId: accountId, key: draftKey })

/** The applicant in a draft that nobody has written yet: the same each time it is read, and another after handing in. */
const firstPersonOf = ({ draftKey }: Door, version: number): string =>
  hex(new Uint8Array(hkdfSync('sha256', draftKey, '', `nansen first person ${version}`, 16)))
