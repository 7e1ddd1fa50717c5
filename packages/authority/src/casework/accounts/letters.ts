import { hex } from '@nansen/formats/tlv'
import { openAtAccount, SigningRefusal } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { KnownCase } from '../record/append-to-case.ts'
import type { LetterContent } from '../record/letter-content.ts'
import { parseJson } from '../record/octets.ts'
import type { Door } from './door.ts'

/** What the office wrote, opened. */
export interface HolderLetter {
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly kind: string
  /** The day. */
  readonly day: Date
  readonly content: LetterContent
}

/** What the office asks for. */
export interface HolderRequest {
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly items: readonly { readonly code: string; readonly text: string }[]
  /** `2026-12-31` */
  readonly due: string
}

interface LetterRow extends Readonly<Record<string, unknown>> {
  readonly id: Uint8Array
  readonly caseId: Uint8Array
  readonly kind: string
  readonly bytes: Uint8Array
  readonly day: Date
}

/**
 * The letters of cases, the oldest first, by the id of the case in hexadecimal.
 * @param moved ids of cases that came from another account: letters to that one stay closed, and are left out
 * @throws SigningRefusal sealed.altered
 */
export async function lettersOf(
  tx: Tx,
  door: Door,
  caseIds: readonly Uint8Array[],
  moved: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly HolderLetter[]>> {
  const rows = await tx.query<LetterRow>(
    `select id, case_id as "caseId", kind, bytes, day from letter where case_id = any($1::bytea[])
      order by day, id`,
    [caseIds],
  )
  const found = new Map<string, HolderLetter[]>()
  for (const { id, caseId, kind, bytes, day } of rows) {
    const content = opened(door, id, bytes, moved.has(hex(caseId)))
    if (content === undefined) continue
    const ofCase = found.get(hex(caseId)) ?? []
    ofCase.push({ id: hex(id), kind, day, content })
    found.set(hex(caseId), ofCase)
  }
  return found
}

function opened(
  { keys }: Door,
  id: Uint8Array,
  bytes: Uint8Array,
  mayBeAnothers: boolean,
): LetterContent | undefined {
  try {
    return parseJson(openAtAccount(keys, id, bytes)) as LetterContent
  } catch (error) {
    if (mayBeAnothers && error instanceof SigningRefusal && error.code === 'sealed.altered') return undefined
    throw error
  }
}

/** What is asked in a case now, from the letter that asked it. */
export function openRequest(
  { state }: Pick<KnownCase, 'state'>,
  letters: readonly HolderLetter[],
): HolderRequest | undefined {
  if (state.request === undefined) return undefined
  const { id, due } = state.request
  const letter = letters.findLast(({ content, id: letterId }) => content.request === id || letterId === id)
  return { id, due, items: letter?.content.items ?? [] }
}

export async function requestOf(tx: Tx, door: Door, known: KnownCase): Promise<HolderRequest | undefined> {
  const moved = new Set(known.state.movedOn === undefined ? [] : [known.caseId])
  return openRequest(known, (await lettersOf(tx, door, [known.id], moved)).get(known.caseId) ?? [])
}
