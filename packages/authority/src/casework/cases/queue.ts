import { hex } from '@nansen/formats/tlv'
import type { Officer } from '@nansen/signing'
import type { SqlValue } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { caseCode, parseCaseCode } from '../record/case-code.ts'
import type { CaseStatus } from '../record/case-status.ts'
import type { Part } from '../record/part.ts'
import { type AtDesk, officerAt } from './at-desk.ts'

export type QueueName =
  | 'intake'
  | 'waiting'
  | 'duplicate'
  | 'notice'
  | 'decision'
  | 'second'
  | 'appeal'
  | 'production'
  | 'mine'

/** A case in a queue: nothing of it says who it is about. */
export interface QueueRow {
  /** 32 hexadecimal digits. */
  readonly caseId: string
  readonly code: string
  readonly status: CaseStatus
  readonly waiting: boolean
  readonly notice: boolean
  readonly duplicate: boolean
  readonly minor: boolean
  readonly submitted: Date
  readonly due: Date
  readonly pausedSince?: Date
  /** Id of the officer who holds it. */
  readonly assignedTo?: string
}

export interface QueuePage {
  readonly rows: readonly QueueRow[]
  /** In the whole queue. */
  readonly total: number
  /** For `after`, where there are more. */
  readonly next?: string
}

interface Queue {
  /** Whose it is. */
  readonly parts: readonly Part[]
  /** In SQL, of `case_file`; `$1` is the officer. Each has an index. */
  readonly where: string
}

const QUEUES: Readonly<Record<QueueName, Queue>> = {
  intake: { parts: ['intake'], where: `status = 'intake' and not waiting` },
  waiting: { parts: ['intake', 'decision'], where: 'waiting' },
  duplicate: { parts: ['intake', 'decision'], where: 'duplicate' },
  notice: { parts: ['decision'], where: 'notice' },
  decision: {
    parts: ['decision'],
    where: `status = 'decision' and not waiting and not notice and not duplicate`,
  },
  second: { parts: ['decision'], where: `status = 'second' and not notice` },
  appeal: { parts: ['decision'], where: `status = 'appeal'` },
  production: { parts: ['production'], where: `status = 'production'` },
  mine: { parts: ['intake', 'decision', 'production'], where: 'officer_id = $1' },
}

const NAMES = Object.keys(QUEUES) as readonly QueueName[]
const MOST = 100
const USUAL = 50

/** The queues that an officer's roles open. */
export const queuesOf = ({ roles }: Pick<Officer, 'roles'>): readonly QueueName[] =>
  NAMES.filter((name) => QUEUES[name].parts.some((part) => roles.includes(part)))

const COLUMNS = 'id, status, waiting, notice, duplicate, minor, submitted, due, paused_since, officer_id'

/**
 * A page of a queue, what is due first in front: one statement.
 * @param page `after` is `next` of the page before; `most` rows, at most 100
 * @throws CaseRefusal officer.session, officer.role, queue.unknown
 */
export async function queue(
  office: CaseOffice,
  desk: AtDesk,
  name: QueueName,
  page: { readonly after?: string; readonly most?: number } = {},
): Promise<QueuePage> {
  const officer = await officerAt(office, desk)
  if (!Object.hasOwn(QUEUES, name)) throw new CaseRefusal('queue.unknown')
  if (!queuesOf(officer).includes(name)) throw new CaseRefusal('officer.role')
  const most = Math.min(Math.max(1, Math.trunc(page.most ?? USUAL)), MOST)
  const after = parseAfter(page.after)
  const { where } = QUEUES[name]
  const values: SqlValue[] = [octets(officer.id), after.due, after.id, most + 1]
  const rows = await office.store.transaction((tx) =>
    tx.query<Partial<FileRow> & { readonly total: number }>(
      `select counted.total, page.* from
         (select count(*) as total from case_file where ${where} and $1::bytea is not null) counted
         left join lateral (
           select ${COLUMNS} from case_file where ${where} and (due, id) > ($2::timestamptz, $3::bytea)
           order by due, id limit $4
         ) page on true order by page.due, page.id`,
      values,
    ),
  )
  const found = rows.filter((row): row is FileRow & { readonly total: number } => row.id != null)
  const shown = found.slice(0, most)
  const last = shown.at(-1)
  return {
    rows: shown.map(rowFrom),
    total: rows[0]?.total ?? 0,
    ...(found.length > most && last !== undefined && { next: `${last.due.getTime()}.${hex(last.id)}` }),
  }
}

/**
 * One case, by the code that its holder has: there is no search for people. Where it is in none of the officer's
 * queues, it is not found. One statement. P8, P11
 * @throws CaseRefusal officer.session, officer.role
 */
export async function findCase(
  office: CaseOffice,
  desk: AtDesk,
  code: string,
): Promise<QueueRow | undefined> {
  const officer = await officerAt(office, desk)
  const names = queuesOf(officer)
  if (names.length === 0) throw new CaseRefusal('officer.role')
  const caseId = parseCaseCode(code)
  // What is no code is looked for all the same: the answer takes as long. P11
  const id = caseId === undefined ? new Uint8Array(0) : octets(caseId)
  const visible = names.map((name) => `(${QUEUES[name].where})`).join(' or ')
  const [row] = await office.store.transaction((tx) =>
    tx.query<FileRow>(`select ${COLUMNS} from case_file where id = $2 and (${visible})`, [
      octets(officer.id),
      id,
    ]),
  )
  return row && rowFrom(row)
}

export interface FileRow {
  readonly [column: string]: unknown
  readonly id: Uint8Array
  readonly status: CaseStatus
  readonly waiting: boolean
  readonly notice: boolean
  readonly duplicate: boolean
  readonly minor: boolean
  readonly submitted: Date
  readonly due: Date
  readonly paused_since: Date | null
  readonly officer_id: Uint8Array | null
}

export function rowFrom(row: FileRow): QueueRow {
  const caseId = hex(row.id)
  return {
    caseId,
    code: caseCode(caseId),
    status: row.status,
    waiting: row.waiting,
    notice: row.notice,
    duplicate: row.duplicate,
    minor: row.minor,
    submitted: row.submitted,
    due: row.due,
    ...(row.paused_since !== null && { pausedSince: row.paused_since }),
    ...(row.officer_id !== null && { assignedTo: hex(row.officer_id) }),
  }
}

const octets = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'))

/** Where a page begins; what is no such place is the beginning. */
function parseAfter(after: string | undefined): { readonly due: Date; readonly id: Uint8Array } {
  const match = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(after ?? '')
  return match === null
    ? { due: new Date(0), id: new Uint8Array(0) }
    : { due: new Date(Number(match[1])), id: octets(match[2]!) }
}
