import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import canonicalize from 'canonicalize'
import { sha256 } from '../ledger.ts'
import { SigningRefusal } from '../signing.ts'
import { assertionStands } from './assertion.ts'
import { enrolmentChallenge } from './challenge.ts'
import type { Allowance, Approval, EnrolmentRecord, Officer } from './officer.ts'
import { isAllowance, isOfficer } from './officer-problems.ts'
import type { PinnedRoot } from './root.ts'

/** A record with the signatures of two security officers, as it is stored. */
export interface SignedRecord {
  readonly seq: number
  readonly record: Uint8Array
  readonly approvals: readonly Approval[]
}

/** Where the chain stands. Immutable: each record gives the next one. */
export interface ChainState {
  /** Records so far. */
  readonly length: number
  /** What the next record names as the one before it: SHA-256, hexadecimal. */
  readonly head: string
  readonly active: ReadonlyMap<string, Officer>
  /** The newest allowance of each officer who was ever given one. */
  readonly allowances: ReadonlyMap<string, Allowance>
  /** Ids, credentials and keys that were ever somebody's: none comes again. */
  readonly used: ReadonlySet<string>
}

/** Security officers who must remain, as two sign each record. */
const LEAST_SECURITY = 2
const MOST_RECORD = 4096

export const startOfChain = ({ root, digest }: PinnedRoot): ChainState => ({
  length: 0,
  head: hex(digest),
  active: new Map(root.securityOfficers.map((officer) => [officer.id, officer])),
  allowances: new Map(),
  used: new Set(root.securityOfficers.flatMap(namesOf)),
})

const namesOf = ({ id, credential }: Officer): readonly string[] => [
  `id ${id}`,
  `credential ${credential.id}`,
  `key ${credential.publicKey}`,
]

/**
 * The chain with one record more. A record is believed because two security officers who are active at this point
 * signed its exact bytes, and for no other reason: whoever writes to the table of records has written nothing. P1
 * @throws SigningRefusal officers.record: not in its place, or not as it must be; officers.approvals: not signed by two
 */
export function extend(pinned: PinnedRoot, chain: ChainState, signed: SignedRecord): ChainState {
  const record = parseRecord(signed.record)
  if (record.seq !== chain.length || signed.seq !== chain.length || record.previous !== chain.head)
    throw new SigningRefusal('officers.record')
  demandTwo(pinned, chain, signed)
  const next = applied(pinned, chain, record)
  if ([...next.active.values()].filter(({ roles }) => roles.includes('security')).length < LEAST_SECURITY)
    throw new SigningRefusal('officers.record')
  return { ...next, length: chain.length + 1, head: hex(sha256(signed.record)) }
}

function applied(
  { root }: PinnedRoot,
  chain: ChainState,
  record: EnrolmentRecord,
): Pick<ChainState, 'active' | 'allowances' | 'used'> {
  const { active, allowances, used } = chain
  if (record.kind !== 'enrol' && !active.has(record.officerId)) throw new SigningRefusal('officers.record')
  if (record.kind === 'end')
    return { ...chain, active: new Map([...active].filter(([id]) => id !== record.officerId)) }
  if (record.kind === 'allow') {
    const { officerId, day, openings } = record
    const allowance = { officerId, day, openings }
    if (!isAllowance(allowance)) throw new SigningRefusal('officers.record')
    return { ...chain, allowances: new Map([...allowances, [officerId, allowance]]) }
  }
  const { officer } = record
  const names = isOfficer(officer, root.kind) ? namesOf(officer) : []
  if (names.length === 0 || names.some((name) => used.has(name))) throw new SigningRefusal('officers.record')
  return { ...chain, active: new Map([...active, [officer.id, officer]]), used: new Set([...used, ...names]) }
}

function demandTwo({ root }: PinnedRoot, { active }: ChainState, { record, approvals }: SignedRecord): void {
  const challenge = enrolmentChallenge(record)
  const stand = approvals.filter(({ officer, assertion }) => {
    const signer = active.get(officer)
    return (
      signer?.roles.includes('security') && assertionStands(root, signer.credential, assertion, challenge)
    )
  })
  if (approvals.length !== 2 || stand.length !== 2 || approvals[0]!.officer === approvals[1]!.officer)
    throw new SigningRefusal('officers.approvals')
}

/** The exact bytes of a record, in the one way in which it can be written. [RFC8785 §3.2] */
export const encodeRecord = (record: EnrolmentRecord): Uint8Array =>
  new TextEncoder().encode(canonicalize(record))

const FIELDS_OF: Readonly<Record<EnrolmentRecord['kind'], string>> = {
  enrol: 'kind,officer,previous,seq',
  end: 'kind,officerId,previous,seq',
  allow: 'day,kind,officerId,openings,previous,seq',
}

function parseRecord(bytes: Uint8Array): EnrolmentRecord {
  const broken = () => new SigningRefusal('officers.record')
  if (bytes.length > MOST_RECORD) throw broken()
  let record: EnrolmentRecord
  try {
    record = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as EnrolmentRecord
  } catch {
    throw broken()
  }
  const whole =
    Object.hasOwn(FIELDS_OF, record?.kind) &&
    Object.keys(record).sort().join() === FIELDS_OF[record.kind] &&
    Buffer.from(encodeRecord(record)).equals(bytes)
  if (!whole) throw broken()
  return record
}

/** Records from a number on, in order. */
export async function readRecords(tx: Tx, from: number): Promise<readonly SignedRecord[]> {
  const rows = await tx.query<{ seq: number; record: Uint8Array; approvals: string }>(
    'select seq, record, approvals from enrolment where seq >= $1 order by seq',
    [from],
  )
  return rows.map(({ seq, record, approvals }) => ({ seq, record, approvals: parseApprovals(approvals) }))
}

/** @throws SigningRefusal officers.approvals */
function parseApprovals(text: string): readonly Approval[] {
  try {
    const approvals = JSON.parse(text) as readonly Approval[]
    if (Array.isArray(approvals) && approvals.every(isApproval)) return approvals
  } catch {
    // Not even JSON: told below.
  }
  throw new SigningRefusal('officers.approvals')
}

const FIELDS = ['credentialId', 'authenticatorData', 'clientDataJSON', 'signature'] as const

/** Whether a value has the form of an officer's signature; whether it is one, the key service says. */
export const isApproval = (value: unknown): value is Approval => {
  const { officer, assertion } = (value ?? {}) as Partial<Approval>
  return typeof officer === 'string' && isAssertion(assertion)
}

export const isAssertion = (value: unknown): value is Approval['assertion'] =>
  typeof value === 'object' &&
  value !== null &&
  FIELDS.every((name) => {
    const text = (value as Readonly<Record<string, unknown>>)[name]
    return typeof text === 'string' && text.length <= 4096
  })
