import { createHash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import { append, isUniqueViolation, type Store, type Tx } from '@nansen/store'
import { enterEvents } from '@nansen/store/log'
import { unwrapPartKeys } from '../case-parts.ts'
import type { Device } from '../device/device.ts'
import { freshOctets } from '../fresh-octets.ts'
import { SigningRefusal } from '../signing.ts'
import { type RecordedApproval, readApprovals } from './approval-rows.ts'
import { assertionStands, challengeOf } from './assertion.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { type ChainState, encodeRecord, extend, readRecords, startOfChain } from './chain.ts'
import { decisionChallenge, enrolmentChallenge } from './challenge.ts'
import type {
  Approval,
  Assertion,
  DayOfOfficer,
  DecisionOver,
  EnrolmentChange,
  EnrolmentRecord,
  Officer,
  OfficerSession,
  Officers,
  OfficersRoot,
  PartKey,
  PublicRoot,
} from './officer.ts'
import { OfficerJournal } from './officer-journal.ts'
import { opensCases } from './officer-problems.ts'
import { type PinnedRoot, readOfficersRoot } from './root.ts'

export interface OfficerDeskParts {
  readonly store: Store
  readonly device: Pick<Device, 'agree' | 'wrappingPoint'>
  readonly clock: () => Date
  /** The file of the first ceremony; see root.ts. */
  readonly rootPath: string
  /** The file of what is remembered; see officer-journal.ts. */
  readonly journalPath: string
}

/** An approval and the order that it is to be for. */
export interface ApprovedOrder {
  /** 16 octets. */
  readonly approvalId: Uint8Array
  /** 32 octets, as {@link digestOfBytes}. */
  readonly order: Uint8Array
}

const TWO_MINUTES = 2 * 60_000
const HALF_AN_HOUR = 30 * 60_000
const TEN_HOURS = 10 * 60 * 60_000
/** Sign-ins under way; more at once are not people. */
const MOST_CHALLENGES = 1000

interface Live {
  readonly officerId: string
  readonly began: number
  seen: number
}

/**
 * The part of the key service that knows officers. It believes the chain of enrolments from its own pinned root, holds
 * who is signed in, gives out the keys of cases within a budget, and says whether two officers approved an order.
 * P1, P8
 */
export class OfficerDesk implements Officers {
  readonly #parts: OfficerDeskParts
  readonly #challenges = new Map<string, number>()
  readonly #sessions = new Map<string, Live>()
  /** Approvals whose signatures were verified, by id: their officers. A list is asked for once for each of its orders. */
  readonly #verified = new Map<
    string,
    { readonly digests: ReadonlySet<string>; readonly officers: readonly string[] }
  >()
  /** The last opening of each officer, done or under way. */
  readonly #opening = new Map<string, Promise<void>>()
  #journal: OfficerJournal | undefined
  #pinned: PinnedRoot | undefined
  #chain: ChainState | undefined

  constructor(parts: OfficerDeskParts) {
    this.#parts = parts
  }

  async rootOf(): Promise<PublicRoot> {
    const { kind, rpId, origins, dailyOpenings } = this.#root
    return { kind, rpId, origins, dailyOpenings }
  }

  get #root(): OfficersRoot {
    return this.#pin().root
  }

  async list(): Promise<readonly Officer[]> {
    return [...(await this.#officers()).values()]
  }

  async challenge(): Promise<string> {
    const now = this.#now()
    for (const [challenge, until] of this.#challenges) if (until < now) this.#challenges.delete(challenge)
    if (this.#challenges.size >= MOST_CHALLENGES) throw new SigningRefusal('officer.challenge')
    const challenge = toBase64url(freshOctets(32))
    this.#challenges.set(challenge, now + TWO_MINUTES)
    return challenge
  }

  async signIn(assertion: Assertion): Promise<OfficerSession> {
    const challenge = challengeOf(assertion)
    const until = challenge === undefined ? undefined : this.#challenges.get(challenge)
    const now = this.#now()
    if (challenge === undefined || until === undefined || until < now)
      throw new SigningRefusal('officer.challenge')
    // Good for one answer, right or wrong.
    this.#challenges.delete(challenge)
    const officer = [...(await this.#officers()).values()].find(
      ({ credential }) => credential.id === assertion.credentialId,
    )
    if (officer === undefined) throw new SigningRefusal('officer.unknown')
    if (!assertionStands(this.#root, officer.credential, assertion, challenge))
      throw new SigningRefusal('officer.assertion')
    const token = toBase64url(freshOctets(32))
    this.#sessions.set(nameOf(token), { officerId: officer.id, began: now, seen: now })
    return { token, officer, until: new Date(now + HALF_AN_HOUR) }
  }

  async session(token: string): Promise<OfficerSession | undefined> {
    const live = this.#live(token)
    if (live === undefined) return undefined
    const officer = (await this.#officers()).get(live.officerId)
    // Whoever was let go is out at once.
    if (officer === undefined) return undefined
    return { token, officer, until: new Date(Math.min(live.seen + HALF_AN_HOUR, live.began + TEN_HOURS)) }
  }

  async signOut(token: string): Promise<void> {
    this.#sessions.delete(nameOf(token))
  }

  async openCase(token: string, caseId: Uint8Array): Promise<readonly PartKey[]> {
    const session = await this.session(token)
    if (session === undefined) throw new SigningRefusal('officer.session')
    // One after another: several at once at the edge of the budget would each still see room.
    const before = this.#opening.get(session.officer.id) ?? Promise.resolve()
    const opening = before.then(() => this.#openFor(session.officer, caseId))
    this.#opening.set(
      session.officer.id,
      opening.then(
        () => undefined,
        () => undefined,
      ),
    )
    return opening
  }

  async #openFor(officer: Officer, caseId: Uint8Array): Promise<readonly PartKey[]> {
    const day = this.#day()
    const name = hex(caseId)
    const journal = this.#openJournal()
    const { count, before } = journal.openedOn(day, officer.id, name)
    const most = this.#mostOn(day, officer.id)
    const rows = await this.#parts.store.transaction(async (tx) => {
      const [held] = await tx.query<{ officer_id: Uint8Array | null }>(
        'select officer_id from case_file where id = $1',
        [caseId],
      )
      // A case that is not there and one that is another's are answered alike. P8
      if (held?.officer_id == null || hex(held.officer_id) !== officer.id)
        throw new SigningRefusal('case.not-assigned')
      if (!before) {
        if (count >= most) return undefined
        await enter(tx, { stream: `case/${name}`, kind: 'case.opened', day, officer })
      }
      return tx.query<{ id: Uint8Array; wrapped: Uint8Array }>(
        'select id, wrapped from case_part where case_id = $1 order by seq',
        [caseId],
      )
    })
    if (rows === undefined) {
      await this.#stop(day, officer)
      throw new SigningRefusal('case.budget')
    }
    // On record on both sides before a key is given.
    if (!before) journal.append({ kind: 'opening', officer: officer.id, case: name, day })
    return unwrapPartKeys(this.#parts.device, caseId, rows)
  }

  /** Says once a day, where neither the officer nor the database's owner can take it back, that somebody wanted more. P8 */
  async #stop(day: string, officer: Officer): Promise<void> {
    const journal = this.#openJournal()
    if (journal.wasStoppedOn(day, officer.id)) return
    await this.#parts.store.transaction((tx) =>
      enter(tx, { stream: `officer/${officer.id}`, kind: 'officer.stopped', day, officer }),
    )
    journal.append({ kind: 'stopped', officer: officer.id, day })
  }

  /** What two security officers allowed for this day, or what everybody may. The chain was loaded with the session. */
  #mostOn(day: string, officerId: string): number {
    const allowance = this.#chain?.allowances.get(officerId)
    return allowance?.day === day ? allowance.openings : this.#root.dailyOpenings
  }

  async today(token: string): Promise<readonly DayOfOfficer[]> {
    const session = await this.session(token)
    if (session === undefined || opensCases(session.officer)) throw new SigningRefusal('officer.session')
    const day = this.#day()
    const journal = this.#openJournal()
    return (await this.list()).filter(opensCases).map(({ id: officerId }) => ({
      officerId,
      opened: journal.openedOn(day, officerId, '').count,
      most: this.#mostOn(day, officerId),
      stopped: journal.wasStoppedOn(day, officerId),
    }))
  }

  async openings(token: string): Promise<{ readonly opened: number; readonly most: number }> {
    const session = await this.session(token)
    if (session === undefined) throw new SigningRefusal('officer.session')
    const day = this.#day()
    const { id } = session.officer
    return { opened: this.#openJournal().openedOn(day, id, '').count, most: this.#mostOn(day, id) }
  }

  checkApproval(decision: 'approve' | 'refuse', over: DecisionOver, approval: Approval): Promise<void> {
    return this.checkSignature(decisionChallenge(decision, over), approval)
  }

  /** As {@link checkApproval}, of the challenge: what crosses a wire is as short for ten thousand orders as for one. */
  async checkSignature(challenge: string, approval: Approval): Promise<void> {
    this.#demandApproval(await this.#officers(), challenge, approval)
  }

  async draftEnrolment(
    change: EnrolmentChange,
  ): Promise<{ readonly record: Uint8Array; readonly challenge: string }> {
    const { length: seq, head: previous } = await this.#load()
    const record: EnrolmentRecord = { ...change, seq, previous }
    const bytes = encodeRecord(record)
    return { record: bytes, challenge: enrolmentChallenge(bytes) }
  }

  async enrol(record: Uint8Array, approvals: readonly [Approval, Approval]): Promise<void> {
    const chain = await this.#load()
    const signed = { seq: chain.length, record, approvals }
    extend(this.#pin(), chain, signed)
    try {
      await this.#parts.store.transaction((tx) =>
        tx.insert('enrolment', [{ seq: chain.length, record, approvals: JSON.stringify(approvals) }]),
      )
    } catch (error) {
      // Another was faster: what was signed names another place than the end.
      if (isUniqueViolation(error)) throw new SigningRefusal('officers.record')
      throw error
    }
    await this.#load()
  }

  /**
   * Whether two different officers who decide, and still do, approved each order: what is recorded of that is opened
   * and verified here, whoever wrote it. P1
   * @throws SigningRefusal approval.missing, approval.refused
   */
  async demandApproved(orders: readonly ApprovedOrder[]): Promise<void> {
    for (const refusal of await this.refusalsOf(orders)) if (refusal !== undefined) throw refusal
  }

  /** As {@link demandApproved}: for each order, in order, why not; `undefined` where it is approved. */
  async refusalsOf(orders: readonly ApprovedOrder[]): Promise<readonly (SigningRefusal | undefined)[]> {
    if (orders.length === 0) return []
    const officers = await this.#officers()
    const refused = await this.#verifyUnknown(officers, orders)
    return orders.map(({ approvalId, order }) => {
      const id = hex(approvalId)
      const verified = this.#verified.get(id)
      if (verified === undefined) return refused.get(id) ?? new SigningRefusal('approval.missing')
      if (!verified.digests.has(hex(order))) return new SigningRefusal('approval.missing')
      // Whoever was let go since approves nothing any more.
      return verified.officers.every((officer) => isDecider(officers.get(officer)))
        ? undefined
        : new SigningRefusal('approval.refused')
    })
  }

  /** Opens and verifies what is recorded under ids that were not met yet. @returns why one does not stand, by id */
  async #verifyUnknown(
    officers: ReadonlyMap<string, Officer>,
    orders: readonly ApprovedOrder[],
  ): Promise<ReadonlyMap<string, SigningRefusal>> {
    const unknown = new Map<string, Uint8Array>()
    for (const { approvalId } of orders)
      if (!this.#verified.has(hex(approvalId))) unknown.set(hex(approvalId), approvalId)
    const refused = new Map<string, SigningRefusal>()
    if (unknown.size === 0) return refused
    const { store, device } = this.#parts
    const read = await store.transaction((tx) => readApprovals(tx, device, [...unknown.values()]))
    for (const [id, recorded] of read) {
      try {
        this.#verify(officers, id, recorded)
      } catch (error) {
        if (!(error instanceof SigningRefusal)) throw error
        refused.set(id, error)
      }
    }
    return refused
  }

  close(): void {
    this.#journal?.close()
    this.#journal = undefined
    this.#sessions.clear()
  }

  #verify(
    officers: ReadonlyMap<string, Officer>,
    id: string,
    { digests, approvals }: RecordedApproval,
  ): void {
    const challenge = decisionChallenge('approve', { over: 'list', digests })
    const [first, second] = approvals
    if (first.officer === second.officer) throw new SigningRefusal('approval.refused')
    for (const approval of approvals) this.#demandApproval(officers, challenge, approval)
    // Few are at work at once; what falls out is verified again.
    if (this.#verified.size >= 100) this.#verified.delete(this.#verified.keys().next().value!)
    this.#verified.set(id, {
      digests: new Set(digests.map(hex)),
      officers: approvals.map(({ officer }) => officer),
    })
  }

  #demandApproval(officers: ReadonlyMap<string, Officer>, challenge: string, approval: Approval): void {
    const officer = officers.get(approval.officer)
    if (
      !isDecider(officer) ||
      !assertionStands(this.#root, officer.credential, approval.assertion, challenge)
    )
      throw new SigningRefusal('approval.refused')
  }

  async #officers(): Promise<ReadonlyMap<string, Officer>> {
    return (await this.#load()).active
  }

  /** The chain as far as it goes, each record verified once; one that is shorter than what was seen is refused. */
  async #load(): Promise<ChainState> {
    const pinned = this.#pin()
    let chain = this.#chain ?? startOfChain(pinned)
    const from = chain.length
    const records = await this.#parts.store.transaction(async (tx) => {
      // The last one known is read again: a table that was put back is shorter.
      const tail = await readRecords(tx, Math.max(0, from - 1))
      return tail
    })
    const known = records[0]
    if (from > 0 && (known?.seq !== from - 1 || !sameHead(known.record, chain.head)))
      throw new SigningRefusal('officers.broken')
    for (const record of from > 0 ? records.slice(1) : records) chain = extend(pinned, chain, record)
    this.#demandSeen(chain, pinned, records, from)
    this.#chain = chain
    return chain
  }

  #demandSeen(
    chain: ChainState,
    pinned: PinnedRoot,
    records: readonly { readonly seq: number; readonly record: Uint8Array }[],
    from: number,
  ): void {
    const journal = this.#openJournal()
    const { seen } = journal
    if (seen !== undefined && from < seen.length) {
      const at = records.find(({ seq }) => seq === seen.length - 1)
      const head = seen.length === 0 ? hex(pinned.digest) : at === undefined ? '' : hexOf(at.record)
      if (chain.length < seen.length || head !== seen.head) throw new SigningRefusal('officers.broken')
    }
    if (chain.length > (seen?.length ?? 0))
      journal.append({ kind: 'head', length: chain.length, head: chain.head })
  }

  #pin(): PinnedRoot {
    this.#pinned ??= readOfficersRoot(this.#parts.rootPath)
    if (this.#pinned === undefined) throw new SigningRefusal('officers.root')
    return this.#pinned
  }

  #openJournal(): OfficerJournal {
    this.#journal ??= new OfficerJournal(this.#parts.journalPath)
    return this.#journal
  }

  #live(token: string): Live | undefined {
    const name = nameOf(token)
    const live = this.#sessions.get(name)
    if (live === undefined) return undefined
    const now = this.#now()
    if (now > live.seen + HALF_AN_HOUR || now > live.began + TEN_HOURS || now < live.began) {
      this.#sessions.delete(name)
      return undefined
    }
    live.seen = now
    return live
  }

  /** `2026-11-25` */
  #day(): string {
    return this.#parts.clock().toISOString().slice(0, 10)
  }

  #now(): number {
    return this.#parts.clock().getTime()
  }
}

/** Puts what an officer did into the journal and into the public log, as of the start of the day. P20 */
async function enter(
  tx: Tx,
  {
    stream,
    kind,
    day,
    officer,
  }: { readonly stream: string; readonly kind: string; readonly day: string; readonly officer: Officer },
): Promise<void> {
  const at = new Date(`${day}T00:00:00Z`)
  const body = { actor: `officer:${officer.id}`, officer: officer.id }
  const events = await append(tx, [{ stream, kind, at, body }])
  await enterEvents(tx, events, (octets) => new Uint8Array(freshOctets(octets)))
}

/** Whoever reads the memory of a running service's map finds digests of tokens. */
const nameOf = (token: string): string => {
  const octets = fromBase64url(token, 32)
  return octets?.length === 32 ? createHash('sha256').update(octets).digest('hex') : ''
}

const hexOf = (record: Uint8Array): string => createHash('sha256').update(record).digest('hex')
const sameHead = (record: Uint8Array, head: string): boolean => hexOf(record) === head

const isDecider = (officer: Officer | undefined): officer is Officer =>
  officer?.roles.includes('decision') === true
