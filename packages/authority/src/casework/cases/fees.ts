import type { SqlValue, Tx } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { readCase } from '../record/append-to-case.ts'
import { CURRENCY, type FeeKind } from '../rules/fees.ts'
import { act } from './act.ts'
import { type AtDesk, officerAt } from './at-desk.ts'

export interface FeeEntry {
  readonly kind: FeeKind
  /** Cents. */
  readonly amount: number
  readonly currency: string
  /** The day. */
  readonly day: Date
}

export interface Fees {
  readonly entries: readonly FeeEntry[]
  /** Cents that are still to be paid. */
  readonly open: number
}

/** What was given for others, and what of it was used: whole sums, nobody's gift. */
export interface SolidarityLedger {
  /** Cents given with applications. */
  readonly given: number
  /** Cents of fees that were waived. */
  readonly waived: number
  readonly balance: number
}

/**
 * A way to pay, should an office have one: it learns an amount and a reference that is of no use elsewhere, and never
 * which case it is or who pays.
 */
export interface Payments {
  /** @param reference 16 octets by chance, hexadecimal @returns where the payer is sent, where that is a page */
  begin(payment: {
    readonly reference: string
    readonly amount: number
    readonly currency: string
  }): Promise<{ readonly page?: string }>
  /** Whether it is paid; the receipt's code then. */
  settled(reference: string): Promise<{ readonly receipt: string } | undefined>
}

/** @throws CaseRefusal officer.session, case.not-assigned: of the case that the officer holds */
export async function feesOf(office: CaseOffice, desk: AtDesk, caseId: string): Promise<Fees> {
  const officer = await officerAt(office, desk)
  return office.store.transaction(async (tx) => {
    const known = await readCase(tx, caseId)
    if (known?.state.officer !== officer.id) throw new CaseRefusal('case.not-assigned')
    return readFees(tx, known.id)
  })
}

/**
 * Says that what is open was paid by hand, against a receipt.
 * @param payment `receipt` is the code of a paper receipt: letters, digits and hyphens, at most 40
 * @throws CaseRefusal receipt.shape, fee.settled; officer.*, case.*
 */
export async function payFee(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { receipt }: { readonly receipt: string },
): Promise<void> {
  if (!/^[A-Za-z0-9-]{3,40}$/.test(receipt)) throw new CaseRefusal('receipt.shape', { field: 'receipt' })
  await settle(office, desk, caseId, 'pay-fee', 'paid', { receipt })
}

/** Asks nothing of somebody who cannot pay. @throws CaseRefusal fee.settled; officer.*, case.* */
export const waiveFee = (office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> =>
  settle(office, desk, caseId, 'waive-fee', 'waived', {})

async function settle(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  name: 'pay-fee' | 'waive-fee',
  kind: 'paid' | 'waived',
  content: { readonly receipt?: string },
): Promise<void> {
  await act(office, desk, { name, caseId, content }, async ({ tx, known }) => {
    const { entries, open } = await readFees(tx, known.id)
    if (open <= 0) throw new CaseRefusal('fee.settled')
    const row: Record<string, SqlValue> = {
      case_id: known.id,
      seq: entries.length,
      kind,
      amount: open,
      currency: CURRENCY,
      day: startOfDay(office.clock()),
    }
    await tx.insert('fee_entry', [row])
    // Whoever sits at the counter may do everything else besides.
    return { kind: 'case.fee', body: { kind, ...content }, playsNoPart: true }
  })
}

async function readFees(tx: Tx, caseId: Uint8Array): Promise<Fees> {
  const entries = await tx.query<{ kind: FeeKind; amount: number; currency: string; day: Date }>(
    'select kind, amount, currency, day from fee_entry where case_id = $1 order by seq',
    [caseId],
  )
  const sum = (kind: FeeKind) =>
    entries.reduce((cents, entry) => (entry.kind === kind ? cents + entry.amount : cents), 0)
  return { entries, open: sum('due') - sum('waived') - sum('paid') }
}

/** @throws CaseRefusal officer.session, officer.role */
export async function solidarityLedger(office: CaseOffice, desk: AtDesk): Promise<SolidarityLedger> {
  const { roles } = await officerAt(office, desk)
  if (!roles.some((role) => role === 'production' || role === 'audit')) throw new CaseRefusal('officer.role')
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ given: number; waived: number }>(
      `select coalesce(sum(amount) filter (where kind = 'solidarity'), 0) as given,
         coalesce(sum(amount) filter (where kind = 'waived'), 0) as waived from fee_entry`,
    ),
  )
  const { given, waived } = row!
  return { given, waived, balance: given - waived }
}
