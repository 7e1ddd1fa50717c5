import type { Approval, CaseOffice } from '@nansen/authority'

/** A record of the chain of officers that one security officer drafted, and that two have to sign. */
export interface Pending {
  /** 32 hexadecimal digits, by chance. */
  readonly id: string
  readonly kind: 'enrol' | 'end' | 'allow'
  /** What the officer is called that it is about. */
  readonly label: string
  readonly record: Uint8Array
  readonly challenge: string
  readonly approvals: readonly Approval[]
  /** Milliseconds: afterwards it is gone. */
  readonly until: number
}

const HOUR = 3_600_000
const MOST = 20

/**
 * In the memory of this process, of one office: a record that is signed by one is nothing yet, and is lost with the
 * process, as it is quickly drafted again.
 */
const kept = new WeakMap<CaseOffice['signing'], Map<string, Pending>>()

/** Records that wait for a signature, the oldest first. */
export function pendingOf(office: CaseOffice): readonly Pending[] {
  const now = office.clock().getTime()
  const all = mapOf(office)
  for (const [id, { until }] of all) if (until < now) all.delete(id)
  return [...all.values()]
}

export const pendingNamed = (office: CaseOffice, id: string): Pending | undefined =>
  pendingOf(office).find((pending) => pending.id === id)

/** Keeps a new record for an hour. Of too many the oldest goes. */
export function addPending(office: CaseOffice, draft: Omit<Pending, 'id' | 'approvals' | 'until'>): Pending {
  const all = mapOf(office)
  const [oldest] = pendingOf(office)
  if (all.size >= MOST && oldest !== undefined) all.delete(oldest.id)
  const id = Buffer.from(office.random(16)).toString('hex')
  const pending: Pending = { ...draft, id, approvals: [], until: office.clock().getTime() + HOUR }
  all.set(id, pending)
  return pending
}

export function signPending(office: CaseOffice, pending: Pending, approval: Approval): Pending {
  const signed = { ...pending, approvals: [...pending.approvals, approval] }
  mapOf(office).set(pending.id, signed)
  return signed
}

export const dropPending = (office: CaseOffice, { id }: Pending): boolean => mapOf(office).delete(id)

function mapOf({ signing }: CaseOffice): Map<string, Pending> {
  let map = kept.get(signing)
  if (map === undefined) {
    map = new Map()
    kept.set(signing, map)
  }
  return map
}
