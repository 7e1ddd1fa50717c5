import type { Drafted, SignedDataDraft } from '@nansen/formats/cms'
import { type CaseKey, openUnder, sealUnder } from '@nansen/signing'
import type { Head } from '@nansen/store'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'
import type { PaperRow } from '../registry/papers.ts'
import { encodeContent, type PaperContent, parseContent } from './paper-content.ts'

/** A paper that is recorded, in the clear. */
export interface RecordedPaper {
  readonly id: Uint8Array
  readonly intentId: Uint8Array
  readonly caseKey: CaseKey
  readonly content: PaperContent
  /** Its security object, once it is released. */
  readonly sod: Uint8Array | undefined
  /** Its security object without the signature, where that is at hand; else it is made again from the content. */
  readonly drafted?: Drafted<SignedDataDraft>
  /** The last event of its stream, where that is at hand. */
  readonly head?: Head
}

/**
 * Papers out of the register, in the order of the rows, with the keys of their cases from the key service, which gives
 * them out only for papers that are not delivered.
 * @returns a Refusal for one that cannot be read
 */
export async function readPapers(
  office: Office,
  rows: readonly PaperRow[],
): Promise<readonly (RecordedPaper | Refusal)[]> {
  if (rows.length === 0) return []
  const caseKeys = await office.signing.openCases(rows.map(({ intentId }) => intentId))
  return rows.map((row, i) => readPaper(row, caseKeys[i]!))
}

function readPaper(row: PaperRow, caseKey: CaseKey): RecordedPaper | Refusal {
  try {
    const content = parseContent(openUnder(caseKey, contentOf(row.id), row.content))
    const sod = row.sod === null ? undefined : openUnder(caseKey, sodOf(row.id), row.sod)
    return { id: row.id, intentId: row.intentId, caseKey, content, sod }
  } catch {
    return new Refusal('paper.content-unreadable')
  }
}

export const sealContent = (caseKey: CaseKey, id: Uint8Array, content: PaperContent): Uint8Array =>
  sealUnder(caseKey, contentOf(id), encodeContent(content))

export const sealSodOf = (caseKey: CaseKey, id: Uint8Array, sod: Uint8Array): Uint8Array =>
  sealUnder(caseKey, sodOf(id), sod)

/** Bound to column and row, so that one paper's content put in place of another's does not open. P7 */
const contentOf = (id: Uint8Array) => ({ column: 'paper.content', row: id })
const sodOf = (id: Uint8Array) => ({ column: 'paper.sod', row: id })
