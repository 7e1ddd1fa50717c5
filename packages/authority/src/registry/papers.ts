import type { IntentId } from '@nansen/signing'
import type { Tx } from '@nansen/store'

/**
 * Where a paper is: `recorded` (what is to be signed is written down), `released` (signed, inspected, in the log),
 * `delivered` (handed over; its case key is no longer given out for it), `void` (came to nothing).
 */
export type Stage = 'recorded' | 'released' | 'delivered' | 'void'

/** One row of the register. Octets are opaque: ids by chance, blind indexes, or encrypted under the case's key. */
export interface PaperRow {
  readonly id: Uint8Array
  readonly caseId: Uint8Array
  /** The blind index of its order's digest. */
  readonly orderDigest: Uint8Array
  readonly referenceIndex: Uint8Array
  readonly intentId: IntentId
  readonly content: Uint8Array
  readonly sod: Uint8Array | null
  readonly stage: Stage
}

export interface NewPaper extends Omit<PaperRow, 'sod' | 'stage'> {
  readonly numberIndex: Uint8Array
}

/** The form that step 7 drafts; wallet forms come beside it. */
const FORM = 'booklet'

/** Of a paper's events. @param id 32 hexadecimal digits */
export const streamOf = (id: string): string => `paper/${id}`

const COLUMNS = `id, case_id as "caseId", order_digest as "orderDigest", reference_index as "referenceIndex",
  intent_id as "intentId", content, sod, stage`

/** Raises on a number that was ever used, an order or a reference that has a live paper. P4 */
export const insertPapers = (tx: Tx, papers: readonly NewPaper[]): Promise<void> =>
  tx.insert(
    'paper',
    papers.map((paper) => ({
      id: paper.id,
      case_id: paper.caseId,
      order_digest: paper.orderDigest,
      form: FORM,
      reference_index: paper.referenceIndex,
      number_index: paper.numberIndex,
      intent_id: paper.intentId,
      content: paper.content,
      sod: null,
      stage: 'recorded',
    })),
  )

/** The live papers of these references, whichever order they came from. */
export const papersByReference = (tx: Tx, references: readonly Uint8Array[]): Promise<readonly PaperRow[]> =>
  tx.query<PaperRow & Record<string, unknown>>(
    `select ${COLUMNS} from paper where reference_index = any($1) and form = '${FORM}' and stage <> 'void'`,
    [references],
  )

/** Papers that are not delivered, a page of them: those after `after` in the order of their ids. */
export const unfinishedPapers = (tx: Tx, after: Uint8Array, most: number): Promise<readonly PaperRow[]> =>
  tx.query<PaperRow & Record<string, unknown>>(
    `select ${COLUMNS} from paper where stage in ('recorded', 'released') and id > $1 order by id limit $2`,
    [after, most],
  )

/**
 * Moves papers on, if they are where the caller takes them to be.
 * @returns the ids that were moved; the others were moved by somebody else
 */
export async function movePapers(
  tx: Tx,
  ids: readonly Uint8Array[],
  from: Stage,
  to: Stage,
): Promise<readonly Uint8Array[]> {
  const rows = await tx.query<{ id: Uint8Array }>(
    'update paper set stage = $3 where id = any($1) and stage = $2 returning id',
    [ids, from, to],
  )
  return rows.map(({ id }) => id)
}

/** Puts the sealed security objects, encrypted, into papers that have none yet, and releases them. */
export async function releasePapers(
  tx: Tx,
  papers: readonly { readonly id: Uint8Array; readonly sod: Uint8Array }[],
): Promise<readonly Uint8Array[]> {
  const rows = await tx.query<{ id: Uint8Array }>(
    `update paper set sod = given.sod, stage = 'released'
       from (select unnest($1::bytea[]) as id, unnest($2::bytea[]) as sod) given
      where paper.id = given.id and paper.stage = 'recorded' returning paper.id`,
    [papers.map(({ id }) => id), papers.map(({ sod }) => sod)],
  )
  return rows.map(({ id }) => id)
}
