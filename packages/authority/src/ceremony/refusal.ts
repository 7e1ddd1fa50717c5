import { type IssuingState, SPECIMEN_STATES } from '../office.ts'

export type CeremonyRefusalCode =
  /** For a state that exists: that comes with the arrangement and two officers. */
  | 'state.real'
  /** There is no certificate of the authority yet, or no signer, or no list. */
  | 'trust.no-root'
  | 'trust.no-document-signer'
  | 'trust.no-list-signer'
  | 'trust.no-revocation-list'
  | 'trust.no-master-list'
  /** The key that would sign may not at this moment. */
  | 'period.root'
  | 'period.document-signer'
  | 'period.list-signer'
  /** A certificate would outlive that of its authority. */
  | 'period.outlives-root'
  /** Longer or shorter than the profile has it. */
  | 'period.length'
  /** Ed25519 signs the log and no travel document. */
  | 'algorithm.not-for-documents'
  /** A number that is not the next, nor one that there is. */
  | 'ordinal.not-next'
  /** What was to be signed breaks a rule; the key was not used. */
  | 'draft.lint'
  /** What was signed is not what was recorded, does not verify, or breaks a rule. It is void. */
  | 'sealed.differs'
  | 'sealed.signature'
  | 'sealed.lint'
  /** A serial number of no certificate of ours. */
  | 'revoke.unknown'
  /** Somebody in the room said no. */
  | 'ceremony.stopped'
  /** What the ceremony made is not accepted by inspection. */
  | 'ceremony.not-accepted'

/** The office says no to a ceremony. It names codes of rules, never a value. */
export class CeremonyRefusal extends Error {
  override readonly name = 'CeremonyRefusal'
  readonly code: CeremonyRefusalCode
  /** Codes of the rules that are broken, where lint refused. */
  readonly rules: readonly string[]
  constructor(code: CeremonyRefusalCode, rules: readonly string[] = []) {
    super([code, ...rules].join(' '))
    this.code = code
    this.rules = rules
  }
}

/**
 * A state by its three letters, which must not exist. The room with the keys holds to the same by itself.
 * @throws CeremonyRefusal state.real
 */
export function demandSpecimen({ code2, code3 }: Pick<IssuingState, 'code2' | 'code3'>): void {
  if (!SPECIMEN_STATES.some((state) => state.code2 === code2 && state.code3 === code3))
    throw new CeremonyRefusal('state.real')
}
