import { hex } from '@nansen/formats/tlv'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { type Door, demandDoor } from './door.ts'
import { type Draft, filesOf } from './draft.ts'
import { dropFiles, filesThere } from './draft-file-rows.ts'
import { draftOf, readDraftRow, submissionOf, writeDraftRow } from './draft-row.ts'
import { demandShape } from './draft-shape.ts'

/** What is not handed in yet; of an account that has nothing yet, an empty draft. @throws CaseRefusal door.* */
export const readDraft = (office: CaseOffice, door: Door): Promise<Draft> =>
  office.store.transaction(async (tx) => {
    await demandDoor(tx, door, ['draft'])
    return draftOf(door, await readDraftRow(tx, door))
  })

/**
 * Changes the draft as it is now: two who write at once lose nothing, since each change is made on what the other left.
 * Files that it shows no longer are gone.
 * @param change makes a draft of a draft, and nothing else: it may be called more than once
 * @returns the draft as it was written
 * @throws CaseRefusal door.*, draft.shape, draft.too-large, file.unknown; what `change` throws
 */
export async function writeDraft(
  office: CaseOffice,
  door: Door,
  change: (draft: Draft) => Draft,
): Promise<Draft> {
  const submission = hex(office.random(32))
  const day = startOfDay(office.clock())
  return office.store.transaction(async (tx) => {
    await demandDoor(tx, door, ['draft'])
    const row = await readDraftRow(tx, door)
    const before = draftOf(door, row)
    const after = { ...change(before), version: row.version + 1 }
    demandShape(after)
    const [had, has] = [filesOf(before), filesOf(after)]
    const added = [...has].filter((id) => !had.has(id))
    if ((await filesThere(tx, door, added)) !== added.length)
      throw new CaseRefusal('file.unknown', { field: 'evidence' })
    await dropFiles(
      tx,
      door,
      [...had].filter((id) => !has.has(id)),
    )
    const content = { draft: after, submission: submissionOf(row) ?? submission }
    await writeDraftRow(tx, door, after.version, content, day)
    return after
  })
}
