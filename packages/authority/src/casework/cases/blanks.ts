import { append } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { type AtDesk, officerAt } from './at-desk.ts'

/** Booklets that are not printed yet, by what became of them. */
export interface Stock {
  readonly stock: number
  readonly used: number
  readonly spoiled: number
}

const FORM = /^([A-Z]{0,4})(\d{4,12})$/
const MOST = 1_000
const STREAM = 'stock/blanks'

/**
 * Takes numbered blanks into the stock: `from`, and those after it. Told again, nothing more happens.
 * @param from such as `A0000001`
 * @param count 1 to 1,000
 * @throws CaseRefusal officer.session, officer.role, blank.shape
 */
export async function addBlanks(
  office: CaseOffice,
  desk: AtDesk,
  from: string,
  count: number,
): Promise<void> {
  const actor = await producerAt(office, desk)
  const numbers = blanksFrom(from, count)
  await office.store.transaction(async (tx) => {
    const rows = numbers.map((number) => ({ number, state: 'stock' }))
    const added = await tx.insertNew<string>('blank', rows, 'number')
    if (added.length === 0) return
    const body = { actor, from, count, added: added.length }
    const at = startOfDay(office.clock())
    await office.log.enter(tx, await append(tx, [{ stream: STREAM, kind: 'stock.added', at, body }]))
  })
}

/** @throws CaseRefusal officer.session, officer.role */
export async function stock(office: CaseOffice, desk: AtDesk): Promise<Stock> {
  await producerAt(office, desk)
  const rows = await office.store.transaction((tx) =>
    tx.query<{ state: keyof Stock; count: number }>(
      'select state, count(*) as count from blank group by state',
    ),
  )
  return { stock: 0, used: 0, spoiled: 0, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) }
}

async function producerAt(office: CaseOffice, desk: AtDesk): Promise<string> {
  const { id, roles } = await officerAt(office, desk)
  if (!roles.includes('production')) throw new CaseRefusal('officer.role')
  return `officer:${id}`
}

function blanksFrom(from: string, count: number): readonly string[] {
  const [, letters, digits] = FORM.exec(from) ?? []
  if (letters === undefined || digits === undefined) throw new CaseRefusal('blank.shape', { field: 'from' })
  const last = Number(digits) + count - 1
  if (!Number.isInteger(count) || count < 1 || count > MOST || String(last).length > digits.length)
    throw new CaseRefusal('blank.shape', { field: 'count' })
  return Array.from(
    { length: count },
    (_, i) => `${letters}${String(Number(digits) + i).padStart(digits.length, '0')}`,
  )
}
