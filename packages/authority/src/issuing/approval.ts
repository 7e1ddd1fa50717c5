import { type Approval, recordApproval as record } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { Office } from '../office.ts'
import type { Order } from './order.ts'

/** Where the approvals of orders are recorded. */
export interface Approvals {
  /** Asked for orders that have no paper yet. @returns for each, in order, 16 octets */
  of(orders: readonly Order[]): Promise<readonly Uint8Array[]>
}

/** A decision over orders, with the digests that it is over. */
export interface ApprovedOrders {
  readonly digests: readonly Uint8Array[]
  readonly approvals: readonly [Approval, Approval]
}

/**
 * Writes down who approved which orders, sealed to the key service, which verifies it before it signs.
 * @returns where it is recorded: 16 octets, for {@link Approvals}
 */
export async function recordApproval(
  tx: Tx,
  office: Pick<Office, 'signing' | 'random'>,
  approved: ApprovedOrders,
): Promise<Uint8Array> {
  const id = office.random(16)
  await record(tx, office.signing.wrappingPoint, id, approved)
  return id
}
