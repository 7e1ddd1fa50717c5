import { hex, sameBytes } from '@nansen/formats/tlv'
import { type IntentId, type SigningKey, SigningRefusal, type VoidReason } from '@nansen/signing'
import { append, type Tx } from '@nansen/store'
import type { CeremonyOffice } from './ceremony-office.ts'
import { sha256 } from './fingerprint.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { type ActName, progressOf, type TrustObject } from './trust-object.ts'

/** How one thing that the authority says about itself is drafted, sealed and judged. */
export interface Act extends ActName {
  /** The key that signs. */
  readonly signer: SigningKey
  /** What is to be signed; asked only while nothing is recorded. */
  readonly draft: () => Uint8Array | Promise<Uint8Array>
  /** The sealed thing; `undefined` where what was recorded cannot be sealed any more. Throws FormatError for other bytes. */
  readonly seal: (toBeSigned: Uint8Array, signature: Uint8Array) => Uint8Array | undefined
  /** The bytes in it that are signed. */
  readonly signedPart: (sealed: Uint8Array) => Uint8Array
  /** Codes of the rules that it breaks. */
  readonly lint: (sealed: Uint8Array) => readonly string[]
  /** Whether inspection accepts it. */
  readonly verify: (sealed: Uint8Array) => Promise<boolean>
  /** Its serial number, for a certificate. */
  readonly serial?: (sealed: Uint8Array) => Uint8Array
  /** The key that it certifies. */
  readonly certifies?: SigningKey
}

/** Stands where a signature will be while a draft is linted; it is none by any key. */
const NO_SIGNATURE = Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1)

const TOO_LATE: readonly string[] = ['key.expired', 'key.used-up']

/**
 * Signs one thing once. Taken up again after any step it goes on from what is recorded: the same bytes, so the same
 * serial number and dates, and one certificate. P2 P3 P4
 * @throws CeremonyRefusal draft.lint (the key was not used), sealed.* (what was signed is void)
 * @throws SigningRefusal, SigningOutage, StoreError
 */
export async function sealOnce(office: CeremonyOffice, act: Act): Promise<TrustObject> {
  const { state, store, signing } = office
  const step = (name: string) => office.step?.(`${act.kind}.${name}`)
  demandSpecimen(state)

  // 1. How far it has come.
  const progress = await store.transaction((tx) => progressOf(tx, state, act))
  if (progress.sealed !== undefined) return progress.sealed

  // 2. Draft, unless it is recorded.
  const drafted = progress.intent?.toBeSigned ?? (await act.draft())

  // 3. Lint, under a signature that is none.
  const blank = act.seal(drafted, NO_SIGNATURE)
  if (blank === undefined) {
    await giveUp(office, act, progress.intent!.id, 'never-finishes')
    return sealOnce(office, act)
  }
  const broken = act.lint(blank)
  if (broken.length > 0) throw new CeremonyRefusal('draft.lint', broken)
  step('linted')

  // 4. Record. Somebody may have been faster; then theirs is taken up.
  const recorded = await store.transaction(async (tx) => {
    const { once, intent } = await progressOf(tx, state, act)
    if (intent !== undefined) return intent
    const request = { key: act.signer.id, toBeSigned: drafted, decision: decisionOf(office, act), once }
    const [id] = await signing.record(tx, [request])
    return { id: id!, toBeSigned: drafted }
  })
  if (!sameBytes(recorded.toBeSigned, drafted)) return sealOnce(office, act)
  step('recorded')

  // 5. Sign.
  const [signature] = await signing.finish([recorded.id]).catch(async (error: unknown) => {
    // Recorded in time, and taken up when its key may not sign any more: it never will.
    const tooLate = error instanceof SigningRefusal && TOO_LATE.includes(error.code)
    if (!tooLate || progress.intent === undefined) throw error
    await giveUp(office, act, recorded.id, 'never-finishes')
    return []
  })
  if (signature === undefined) return sealOnce(office, act)
  step('signed')

  // 6. Compare with what was recorded, and judge it as a border post does.
  const sealed = act.seal(recorded.toBeSigned, signature)!
  const wrong = await judge(act, sealed, recorded.toBeSigned)
  if (wrong !== undefined) {
    await giveUp(office, act, recorded.id, 'inspection-refused')
    throw wrong
  }

  // 7. Keep it.
  const at = office.clock()
  await store.transaction(async (tx) => {
    if ((await progressOf(tx, state, act)).sealed !== undefined) return
    await tx.query(
      'insert into trust_object (intent_id, kind, serial, bytes, at) values ($1, $2, $3, $4, $5)',
      [recorded.id, act.kind, act.serial?.(sealed) ?? null, sealed, at],
    )
    await tell(office, tx, act, at, 'trust.signed', sealed)
    if (act.certifies !== undefined)
      await tx.query('update signing_key set certificate = $2 where id = $1', [act.certifies.id, sealed])
  })
  step('stored')
  return { kind: act.kind, ordinal: act.ordinal, bytes: sealed, at }
}

async function judge(
  act: Act,
  sealed: Uint8Array,
  toBeSigned: Uint8Array,
): Promise<CeremonyRefusal | undefined> {
  if (!sameBytes(act.signedPart(sealed), toBeSigned)) return new CeremonyRefusal('sealed.differs')
  if (!(await act.verify(sealed))) return new CeremonyRefusal('sealed.signature')
  const broken = act.lint(sealed)
  return broken.length > 0 ? new CeremonyRefusal('sealed.lint', broken) : undefined
}

/** What the signature rests on: that a ceremony of this state was to make this thing. 32 octets. */
function decisionOf({ state }: CeremonyOffice, { kind, ordinal }: ActName): Uint8Array {
  const text = `nansen ceremony decision 1\n${state.code2}\n${kind}\n${ordinal}\n`
  return sha256(text)
}

/** From now on it is never signed; a certificate among them is in the next revocation list. */
async function giveUp(office: CeremonyOffice, act: Act, intent: IntentId, reason: VoidReason): Promise<void> {
  await office.store.transaction(async (tx) => {
    await office.signing.void(tx, intent, reason)
    await tell(office, tx, act, office.clock(), 'trust.voided')
  })
}

/** Into journal and log, in the transaction of the act. P20 */
async function tell(
  { log }: CeremonyOffice,
  tx: Tx,
  { kind, ordinal }: ActName,
  at: Date,
  what: 'trust.signed' | 'trust.voided',
  sealed?: Uint8Array,
): Promise<void> {
  const body = sealed === undefined ? {} : { sha256: hex(sha256(sealed)) }
  await log.enter(tx, await append(tx, [{ stream: `trust/${kind}/${ordinal}`, kind: what, at, body }]))
}
