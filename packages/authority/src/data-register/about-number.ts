import { hex } from '@nansen/formats/tlv'
import type { SqlValue, Tx } from '@nansen/store'
import type { Office } from '../office.ts'
import { blindIndex } from '../registry/blind-index.ts'
import { streamOf } from '../registry/papers.ts'
import { STORED_FIELDS, type StoredField } from './stored-fields.ts'

/** One field of one row, as it is stored. */
export interface StoredValue {
  readonly field: StoredField
  readonly value: unknown
}

/** A row that is about a paper, with every field that it has. */
export type StoredRow = readonly StoredValue[]

/** Where rows about a paper stand, and how they are found from it; in the order in which they are told. */
const ROWS: readonly { readonly table: string; readonly where: string; readonly by: keyof Found }[] = [
  { table: 'paper', where: 'id = $1', by: 'id' },
  { table: 'case_key', where: 'case_id = $1', by: 'caseId' },
  { table: 'intent', where: 'id = $1', by: 'intentId' },
  { table: 'signature', where: 'intent_id = $1', by: 'intentId' },
  { table: 'voided', where: 'intent_id = $1', by: 'intentId' },
  { table: 'key_register', where: 'owner = $1', by: 'stream' },
  { table: 'event', where: 'stream = $1 order by seq', by: 'stream' },
  { table: 'log_entry', where: 'stream = $1 order by seq', by: 'stream' },
]

interface Found {
  readonly id: Uint8Array
  readonly caseId: Uint8Array
  readonly intentId: Uint8Array
  readonly stream: string
}

/**
 * Everything that this authority could produce about the number of a paper, with what each field is for: whoever is
 * served with a request for it gets this and no more, because there is no more. P10
 * @param number as people write it
 * @returns empty where no paper of this authority has the number
 * @throws SigningOutage, StoreError
 */
export async function storedAboutNumber(
  office: Pick<Office, 'store' | 'signing'>,
  number: string,
): Promise<readonly StoredRow[]> {
  const index = blindIndex(await office.signing.indexKey(), 'number', number)
  return office.store.transaction(async (tx) => {
    const [paper] = await tx.query<{ id: Uint8Array; case_id: Uint8Array; intent_id: Uint8Array }>(
      'select id, case_id, intent_id from paper where number_index = $1',
      [index],
    )
    if (paper === undefined) return []
    const { id, case_id: caseId, intent_id: intentId } = paper
    const found: Found = { id, caseId, intentId, stream: streamOf(hex(id)) }
    const rows: StoredRow[] = []
    for (const { table, where, by } of ROWS) rows.push(...(await rowsOf(tx, table, where, found[by])))
    return rows
  })
}

async function rowsOf(tx: Tx, table: string, where: string, by: SqlValue): Promise<readonly StoredRow[]> {
  const fields = STORED_FIELDS.filter(({ name }) => name.startsWith(`${table}.`))
  const columns = fields.map(({ name }) => name.slice(table.length + 1))
  const rows = await tx.query(`select ${columns.join(', ')} from ${table} where ${where}`, [by])
  return rows.map((row) => fields.map((field, i) => ({ field, value: row[columns[i]!] })))
}
