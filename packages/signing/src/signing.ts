import type { Tx } from '@nansen/store'
import type { Officers } from './officers/officer.ts'
import type { ApprovedOrder } from './officers/officer-desk.ts'

/** What a key may sign, and nothing else: see may-sign.ts. */
export type Purpose =
  /** Certificates and revocation lists. */
  | 'csca'
  /** Security objects. */
  | 'document-signer'
  /** Master lists. */
  | 'master-list-signer'
  /** Checkpoints of this authority's log. */
  | 'log'
  /** Cosignatures of others' logs. */
  | 'witness'

export type KeyAlgorithm =
  | 'P-256'
  | 'P-384'
  | 'brainpoolP256r1'
  | 'brainpoolP384r1'
  | 'RSA-PSS-3072'
  | 'Ed25519'

/** The public side of a key, with what it may do. The key service holds these limits itself, beside the private key. P5 */
export interface SigningKey {
  /** Such as `document-signer-1`. */
  readonly id: string
  readonly purpose: Purpose
  readonly algorithm: KeyAlgorithm
  /** Two letters of the state it signs for: UT, QR or QZ. */
  readonly state: string
  /** SubjectPublicKeyInfo, DER, named curve. */
  readonly publicKey: Uint8Array
  /** May sign from, and before. */
  readonly notBefore: Date
  readonly notAfter: Date
  /** Signatures at the most. */
  readonly most: number
}

/** The key of one case: 32 octets. What belongs to the case is encrypted with it. */
export interface CaseKey {
  /** 16 octets, random. */
  readonly caseId: Uint8Array
  readonly key: Uint8Array
}

export interface IntentRequest {
  readonly key: string
  readonly toBeSigned: Uint8Array
  /** Absent for what is public: certificates, lists, checkpoints. */
  readonly caseKey?: CaseKey
  /** What it rests on, 32 octets: SHA-256 of a decision that is no secret; of an order about a person, a blind index. P7 */
  readonly decision: Uint8Array
  /** Names the act, 32 octets: asked again with the same one, the same intent is meant. P4 */
  readonly once: Uint8Array
  /** Of a document: where the signatures of two officers over its order are recorded, 16 octets. P1 */
  readonly approval?: Uint8Array
}

/** 16 random octets. */
export type IntentId = Uint8Array

/** What the office holds of the room with the keys. There is no `sign(bytes)`. */
export interface Signing {
  /** To which the keys of cases are wrapped: the public point of the key service, 65 octets. */
  readonly wrappingPoint: Uint8Array
  /** The keys that there are, by id. */
  keys(): Promise<ReadonlyMap<string, SigningKey>>
  /**
   * Writes down what is to be signed, in the caller's transaction: nothing is signed before that is committed.
   * @returns for each request, in order, its intent: the one there is already, where `once` is known
   * @throws SigningRefusal intent.differs, key.unknown
   */
  record(tx: Tx, requests: readonly IntentRequest[]): Promise<readonly IntentId[]>
  /**
   * Signs committed intents, exactly the bytes recorded; asked again, gives the first signature again. The wire to the key service carries
   * these ids and nothing else.
   * @returns for each id, in order, the signature: ECDSA as DER, RSA as octets, Ed25519 as 64 octets
   * @throws SigningRefusal intent.*, key.*; SigningOutage
   */
  finish(intents: readonly IntentId[]): Promise<readonly Uint8Array[]>
  /** Marks an intent that can never finish; from then on it is not signed. */
  void(tx: Tx, intent: IntentId, reason: VoidReason): Promise<void>
  /** A new key for a new case, wrapped to the key service and written down; it can be read back only through {@link openCases}. */
  newCase(tx: Tx, caseKeys: readonly CaseKey[]): Promise<void>
  /** The keys of cases whose papers are not delivered yet, for recovery. @throws SigningRefusal case.closed */
  openCases(intents: readonly IntentId[]): Promise<readonly CaseKey[]>
  /** Under which numbers and references are looked up: 32 octets, from the key service, never in the database. P7 */
  indexKey(): Promise<Uint8Array>
  /** Officers: who they are, who is signed in, what they may open. */
  readonly officers: Officers
  /**
   * Whether two officers approved each order, as what signs will ask again: asked before anything is recorded.
   * @throws SigningRefusal approval.missing, approval.refused, officers.*; SigningOutage
   */
  demandApproved(orders: readonly ApprovedOrder[]): Promise<void>
  close(): Promise<void>
}

/** What a ceremony holds besides: the only way to a new key. */
export interface CeremonySigning extends Signing {
  /**
   * Makes a key in the device, checks it (P6) and writes its public side into `signing_key` and `key_register`. An id that is there
   * already with the same purpose, algorithm and state gives that key back, so that a ceremony can be taken up again.
   * @throws SigningRefusal key.*
   */
  makeKey(spec: Omit<SigningKey, 'publicKey'>): Promise<SigningKey>
}

export type VoidReason = 'never-finishes' | 'inspection-refused'

export type SigningRefusalCode =
  | 'intent.unknown'
  | 'intent.differs'
  | 'intent.voided'
  /** The bytes recorded are not those of the digest recorded. */
  | 'intent.altered'
  /** The bytes are no such thing as the key may sign. P5 */
  | 'key.foreign-purpose'
  | 'key.not-yet'
  | 'key.expired'
  | 'key.used-up'
  | 'key.unknown'
  /** For a state that exists: such a paper needs the signatures of two officers. */
  | 'key.real-state'
  /** P6 */
  | 'key.weak'
  | 'key.not-on-curve'
  | 'key.known-compromised'
  | 'key.of-another'
  | 'case.closed'
  | 'case.unknown'
  /** The files, or what is to be signed over them, are not what the order says. P1, P3 */
  | 'intent.not-the-order'
  /** Nothing is recorded of two officers having approved this order. */
  | 'approval.missing'
  /** What is recorded are not the signatures of two different officers who decide. */
  | 'approval.refused'
  /** No ceremony has pinned who the first security officers are, or the file is not as it must be. */
  | 'officers.root'
  /** A record is not in its place in the chain, or not as it must be. */
  | 'officers.record'
  /** A record is not signed by two security officers. */
  | 'officers.approvals'
  /** The chain is shorter than it was, or another. */
  | 'officers.broken'
  | 'officer.unknown'
  /** Not asked for, asked for too long ago, or answered before. */
  | 'officer.challenge'
  | 'officer.assertion'
  /** Not signed in, or no longer. */
  | 'officer.session'
  /** Of another officer, of nobody, or not there: which, is not told. P8 */
  | 'case.not-assigned'
  /** As many cases as may be opened in a day. */
  | 'case.budget'
  /** Not sealed under this case's key, or for another place. */
  | 'sealed.altered'
  | 'passphrase.wrong'
  | 'journal.broken'
  /** Another key service that lives has the journal: there is one for each office. */
  | 'journal.in-use'

/** The room with the keys says no. It names codes and random ids, never bytes. */
export class SigningRefusal extends Error {
  override readonly name = 'SigningRefusal'
  readonly code: SigningRefusalCode
  constructor(code: SigningRefusalCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** The key service did not answer, or answered wrongly: nothing was signed that is not recorded. P27 */
export class SigningOutage extends Error {
  override readonly name = 'SigningOutage'
}
