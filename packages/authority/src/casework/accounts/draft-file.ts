import { hex } from '@nansen/formats/tlv'
import { openUnder, sealUnder } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { idOf } from '../record/octets.ts'
import { type Door, demandDoor } from './door.ts'
import { filesOf } from './draft.ts'
import { dropFilesBut } from './draft-file-rows.ts'
import { draftOf, keyOf, readDraftRow } from './draft-row.ts'

/** In one account, before anything is handed in. */
export const MOST_FILES = 30
export const FILES_OCTETS = 12 * 1024 * 1024

/**
 * Keeps a file for the draft, under the key that only the passphrase opens. It is a file of the draft once the draft
 * names it; one that it never names goes when there is no room.
 * @param bytes JPEG, as `Pictures` gives it, or the files of a chip as an archive (zip)
 * @returns its id, 32 hexadecimal digits
 * @throws CaseRefusal door.*, file.empty, file.kind, draft.too-many-files
 */
export async function putFile(office: CaseOffice, door: Door, bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new CaseRefusal('file.empty')
  if (!isJpeg(bytes) && !isArchive(bytes)) throw new CaseRefusal('file.kind')
  const id = office.random(16)
  const sealed = sealUnder(keyOf(door), placeOf(id), bytes)
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, ['draft'])
    if (!(await hasRoom(tx, door, sealed.length))) {
      await dropFilesBut(tx, door, [...filesOf(draftOf(door, await readDraftRow(tx, door)))])
      if (!(await hasRoom(tx, door, sealed.length))) throw new CaseRefusal('draft.too-many-files')
    }
    await tx.insert('draft_file', [{ id, account_id: door.accountId, bytes: sealed }])
  })
  return hex(id)
}

/** @returns undefined where this account has no such file @throws CaseRefusal door.* */
export async function readFile(office: CaseOffice, door: Door, id: string): Promise<Uint8Array | undefined> {
  const octets = idOf(id)
  return office.store.transaction(async (tx) => {
    await demandDoor(tx, door, ['draft'])
    if (octets === undefined) return undefined
    const [row] = await tx.query<{ bytes: Uint8Array }>(
      'select bytes from draft_file where id = $1 and account_id = $2',
      [octets, door.accountId],
    )
    return row && openFile(door, octets, row.bytes)
  })
}

/** @throws SigningRefusal sealed.altered */
export const openFile = (door: Door, id: Uint8Array, sealed: Uint8Array): Uint8Array =>
  openUnder(keyOf(door), placeOf(id), sealed)

const placeOf = (id: Uint8Array) => ({ column: 'draft_file.bytes', row: id })

async function hasRoom(tx: Tx, { accountId }: Door, more: number): Promise<boolean> {
  const [row] = await tx.query<{ files: number; octets: number }>(
    `select count(*) as files, coalesce(sum(length(bytes)), 0)::int8 as octets
       from draft_file where account_id = $1`,
    [accountId],
  )
  return row!.files < MOST_FILES && row!.octets + more <= FILES_OCTETS
}

/** What officers are shown are pictures that came out of the decoder. P23 */
export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** The files of a chip: read by `inspect`, and never shown. */
export const isArchive = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
