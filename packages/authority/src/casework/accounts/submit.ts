import { createHash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { caseCode } from '../record/case-code.ts'
import { sealPartRows } from '../record/part-rows.ts'
import { isChipEvidence } from '../rules/chip-reading.ts'
import { isUnderAge } from './age.ts'
import { partsOf } from './case-parts.ts'
import { type Door, demandDoor } from './door.ts'
import { type Draft, type DraftPerson, filesOf } from './draft.ts'
import { isArchive, isJpeg, openFile } from './draft-file.ts'
import { draftProblems } from './draft-problems.ts'
import { draftOf, readDraftRow, type SubmittedContent, writeDraftRow } from './draft-row.ts'
import { insertCases, type NewCase } from './insert-cases.ts'
import { matchIndexes } from './person-indexes.ts'

/** A case that an application became: of the applicant first, then of each child. */
export interface SubmittedCase {
  /** 32 hexadecimal digits. */
  readonly caseId: string
  readonly code: string
}

/**
 * Hands the application in: a case for each person, sealed to the office, in one transaction. The draft and its files
 * are gone then, and nothing here can read what was handed in. Asked again, or by many at once, it is the same cases;
 * from then on a new draft can be begun. P4, P7
 * @param seen the version that the holder looked at, where what a helper wrote since is not to be handed in unseen
 * @throws CaseRefusal door.* (a helper prepares, the holder hands in), draft.incomplete with the field, draft.changed
 */
export async function submit(
  office: CaseOffice,
  door: Door,
  seen?: number,
): Promise<readonly SubmittedCase[]> {
  for (;;) {
    const ready = await readReady(office, door)
    if ('submitted' in ready) return ready.submitted.map(toldOf)
    if (seen !== undefined && seen !== ready.draft.version) throw new CaseRefusal('draft.changed')
    const at = office.clock()
    const [problem] = draftProblems(ready.draft, at)
    if (problem !== undefined) throw new CaseRefusal('draft.incomplete', { field: problem.field })
    const cases = await makeCases(office, ready, at)
    const submitted = await office.store.transaction(async (tx) => {
      await demandDoor(tx, door, 'holder')
      const { version, content } = await readDraftRow(tx, door)
      if (content !== undefined && 'submitted' in content) return content.submitted
      // Somebody wrote in it meanwhile: what is handed in is what stands there.
      if (version !== ready.draft.version) return undefined
      const ids = cases.map(({ id }) => hex(id))
      // A draft that was handed in, and put back from an older copy of the database, is handed in.
      if (!(await areThere(tx, cases))) await insertCases(office, tx, door, cases, startOfDay(at))
      await endDraft(tx, door, version, { submitted: ids }, startOfDay(at))
      return ids
    })
    if (submitted !== undefined) return submitted.map(toldOf)
  }
}

const toldOf = (caseId: string): SubmittedCase => ({ caseId, code: caseCode(caseId) })

interface Ready {
  readonly draft: Draft
  readonly submission: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

async function readReady(office: CaseOffice, door: Door): Promise<Ready | SubmittedContent> {
  const { row, sealed } = await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, 'holder')
    return {
      row: await readDraftRow(tx, door),
      sealed: await tx.query<{ id: Uint8Array; bytes: Uint8Array }>(
        'select id, bytes from draft_file where account_id = $1',
        [door.accountId],
      ),
    }
  })
  if (row.content !== undefined && 'submitted' in row.content) return row.content
  const draft = draftOf(door, row)
  const shown = filesOf(draft)
  const files = new Map(
    sealed
      .filter(({ id }) => shown.has(hex(id)))
      .map(({ id, bytes }) => [hex(id), openFile(door, id, bytes)]),
  )
  if (files.size !== shown.size || !draft.people.every((person) => areOfTheirKinds(person, files)))
    throw new CaseRefusal('draft.incomplete', { field: 'evidence' })
  return { draft, submission: row.content?.submission ?? '', files }
}

/** A picture where one is shown, an archive where a chip is read. */
const areOfTheirKinds = ({ photo, evidence }: DraftPerson, files: ReadonlyMap<string, Uint8Array>): boolean =>
  (photo === undefined || isJpeg(files.get(photo)!)) &&
  evidence.every(({ kind, file }) => (isChipEvidence(kind) ? isArchive : isJpeg)(files.get(file)!))

async function makeCases(
  office: CaseOffice,
  { draft, submission, files }: Ready,
  at: Date,
): Promise<readonly NewCase[]> {
  const indexKey = await office.signing.indexKey()
  const familyId = idFrom(submission, 'family')
  return draft.people.map((person, place) => {
    const id = idFrom(submission, person.id)
    const minor = isMinor(person, place > 0, at)
    return {
      id,
      familyId,
      minor,
      waiver: draft.waiver,
      place: draft.meeting,
      solidarity: place === 0 ? draft.solidarity : 0,
      parts: sealPartRows(office, id, partsOf(draft, person, minor, files)),
      matches: matchIndexes(indexKey, person),
    }
  })
}

/** Of a date that nobody knows, a child of the application is one; the applicant is not. */
const isMinor = ({ birthDate }: DraftPerson, isChild: boolean, at: Date): boolean =>
  isUnderAge(birthDate, at) ?? isChild

/** By chance, as the submission is; the same each time. */
const idFrom = (submission: string, of: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`nansen case id\0${submission}\0${of}`).digest().subarray(0, 16))

async function areThere(tx: Tx, cases: readonly NewCase[]): Promise<boolean> {
  const found = await tx.query('select 1 from case_file where id = any($1::bytea[])', [
    cases.map(({ id }) => id),
  ])
  return found.length > 0
}

async function endDraft(
  tx: Tx,
  door: Door,
  version: number,
  content: SubmittedContent,
  day: Date,
): Promise<void> {
  await tx.query('delete from draft_file where account_id = $1', [door.accountId])
  await writeDraftRow(tx, door, version + 1, content, day)
}
