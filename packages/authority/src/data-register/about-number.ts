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
  { table: 'approval', where: 'id = $1', by: 'approvalId' },
  { table: 'signature', where: 'intent_id = $1', by: 'intentId' },
  { table: 'voided', where: 'intent_id = $1', by: 'intentId' },
  { table: 'key_register', where: 'owner = $1', by: 'stream' },
  { table: 'event', where: 'stream = $1 order by seq', by: 'stream' },
  { table: 'log_entry', where: 'stream = $1 order by seq', by: 'stream' },
  { table: 'production', where: 'case_id = $1', by: 'applicationId' },
  { table: 'case_file', where: 'id = $1', by: 'applicationId' },
  { table: 'case_part', where: 'case_id = $1 order by seq', by: 'applicationId' },
  { table: 'letter', where: 'case_id = $1 order by id', by: 'applicationId' },
  { table: 'case_match', where: 'case_id = $1 order by match', by: 'applicationId' },
  { table: 'fee_entry', where: 'case_id = $1 order by seq', by: 'applicationId' },
  { table: 'event', where: 'stream = $1 order by seq', by: 'applicationStream' },
  { table: 'log_entry', where: 'stream = $1 order by seq', by: 'applicationStream' },
  { table: 'account', where: 'id = $1', by: 'accountId' },
  { table: 'door', where: 'account_id = $1 order by id', by: 'accountId' },
]

/** `null` where the paper did not come from an application. */
interface Found {
  readonly id: Uint8Array
  readonly caseId: Uint8Array
  readonly intentId: Uint8Array
  readonly approvalId: Uint8Array | null
  readonly stream: string
  readonly applicationId: Uint8Array | null
  readonly applicationStream: string | null
  readonly accountId: Uint8Array | null
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
    const [found] = await tx.query<Pick<Found, IdsOf> & Readonly<Record<string, unknown>>>(
      `select p.id, p.case_id as "caseId", p.intent_id as "intentId", i.approval_id as "approvalId",
              c.id as "applicationId", c.account_id as "accountId"
         from paper p join intent i on i.id = p.intent_id
         left join production m on m.paper_id = p.id left join case_file c on c.id = m.case_id
        where p.number_index = $1`,
      [index],
    )
    if (found === undefined) return []
    const { id, applicationId } = found
    const by: Found = {
      ...found,
      stream: streamOf(hex(id)),
      applicationStream: applicationId === null ? null : `case/${hex(applicationId)}`,
    }
    const rows: StoredRow[] = []
    for (const { table, where, by: name } of ROWS) rows.push(...(await rowsOf(tx, table, where, by[name])))
    return rows
  })
}

type IdsOf = 'id' | 'caseId' | 'intentId' | 'approvalId' | 'applicationId' | 'accountId'

async function rowsOf(tx: Tx, table: string, where: string, by: SqlValue): Promise<readonly StoredRow[]> {
  const fields = STORED_FIELDS.filter(({ name }) => name.startsWith(`${table}.`))
  const columns = fields.map(({ name }) => name.slice(table.length + 1))
  const rows = await tx.query(`select ${columns.join(', ')} from ${table} where ${where}`, [by])
  return rows.map((row) => fields.map((field, i) => ({ field, value: row[columns[i]!] })))
}
