import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { idOf } from '../record/octets.ts'
import { insertParts, type NewPart, sealPartRows } from '../record/part-rows.ts'
import { actOnCase, demandOwnCase } from './act-on-case.ts'
import { evidencePart, jsonPart } from './case-parts.ts'
import { actorOf, type Door, demandDoor } from './door.ts'
import { isJpeg } from './draft-file.ts'
import { requestOf } from './letters.ts'

/** What the applicant answers to one item of a request. */
export interface RequestAnswer {
  /** Which item of the request, from 0. */
  readonly item: number
  readonly text: string
  /** JPEG, of `Pictures.picture`. */
  readonly file?: Uint8Array
}

/** Characters. */
const LONGEST_TEXT = 10_000
const LARGEST_FILE = 4 * 1024 * 1024
const MOST_ANSWERS = 60

/**
 * Answers what the office asked for: sealed to it, and the clock goes on. Asked again, it is done already.
 * @param caseId, requestId 32 hexadecimal digits
 * @throws CaseRefusal door.*, case.unknown, request.unknown, answer.shape, file.*, text.length
 */
export async function answerRequest(
  office: CaseOffice,
  door: Door,
  caseId: string,
  requestId: string,
  answers: readonly RequestAnswer[],
): Promise<void> {
  answers.forEach(demandAnswer)
  if (answers.length === 0 || answers.length > MOST_ANSWERS) throw new CaseRefusal('answer.shape')
  const items = answers.map(({ item, text, file }) => ({ item, text, file: file !== undefined }))
  const id = idOf(caseId)
  if (id === undefined) throw new CaseRefusal('case.unknown')
  const actor = actorOf(door)
  await office.store.transaction(async (tx) => {
    await demandDoor(tx, door, ['answer'])
    const known = await demandOwnCase(tx, door, caseId)
    const answered = known.events.some(
      ({ kind, body }) => kind === 'case.answered' && body.request === requestId,
    )
    if (answered) return
    if (known.state.request?.id !== requestId) throw new CaseRefusal('request.unknown')
    const asked = (await requestOf(tx, door, known))?.items
    if (asked !== undefined && answers.some(({ item }) => item >= asked.length))
      throw new CaseRefusal('answer.shape')
    const files = answers.flatMap(({ item, file }): readonly NewPart[] =>
      file === undefined
        ? []
        : [evidencePart('answer-file', { kind: asked?.[item]?.code ?? '', request: requestId, item }, file)],
    )
    const parts = [jsonPart('answer', { requestId, actor, items }), ...files]
    await insertParts(tx, id, sealPartRows(office, id, parts))
    await actOnCase(office, tx, known, { kind: 'case.answered', body: { actor, request: requestId } })
  })
}

function demandAnswer({ item, text, file }: RequestAnswer): void {
  if (!Number.isSafeInteger(item) || item < 0) throw new CaseRefusal('answer.shape')
  if ([...text].length > LONGEST_TEXT || /\p{Cs}/u.test(text))
    throw new CaseRefusal('text.length', { field: String(item) })
  if (text.trim() === '' && file === undefined) throw new CaseRefusal('answer.shape', { field: String(item) })
  if (file === undefined) return
  if (file.length > LARGEST_FILE) throw new CaseRefusal('file.too-large', { field: String(item) })
  if (!isJpeg(file)) throw new CaseRefusal('file.kind', { field: String(item) })
}
