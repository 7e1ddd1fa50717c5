import type { CeremonyOffice } from './ceremony-office.ts'
import { type HeldTrust, heldTrust, maySign, nextOrdinal } from './held-trust.ts'
import { DOCUMENT_MONTHS, TERMS } from './periods.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { type Making, signatureAlgorithmOf } from './subject.ts'

/** `first`: all that a state needs; then what is done in its life: a new key, a new signer, the lists. */
export type CeremonyKind = 'first' | 'link' | 'signer' | 'crl' | 'list'

/**
 * What a ceremony is to make, by number: plain data, written down before it begins. Taken up again after a break with
 * the same plan, it makes nothing twice. P4
 */
export interface CeremonyPlan {
  readonly kind: CeremonyKind
  readonly making: Making
  readonly ordinals: {
    readonly csca: number
    readonly documentSigner: number
    readonly listSigner: number
    readonly crl: number
    readonly masterList: number
  }
  /** Serial numbers to be revoked, hexadecimal. */
  readonly revoke: readonly string[]
}

export const MAKING: Making = {
  algorithm: 'P-256',
  ecParameters: 'explicit',
  documentMonths: DOCUMENT_MONTHS,
  most: TERMS['document-signer'].most,
  atOnce: false,
}

/**
 * The plan of a ceremony that begins now. What an earlier one began and did not finish has the next number, so it is finished
 * first.
 * @throws CeremonyRefusal state.real, algorithm.not-for-documents, trust.no-root where there is nothing yet to go on from
 */
export async function planCeremony(
  office: CeremonyOffice,
  kind: CeremonyKind,
  making: Partial<Making> = {},
  revoke: readonly string[] = [],
): Promise<CeremonyPlan> {
  demandSpecimen(office.state)
  const whole = { ...MAKING, ...making }
  signatureAlgorithmOf(whole.algorithm)
  if (kind === 'first')
    return {
      kind,
      making: whole,
      revoke: [],
      ordinals: { csca: 1, documentSigner: 1, listSigner: 1, crl: 1, masterList: 1 },
    }
  const held = await heldTrust(office)
  if (held.roots.length === 0) throw new CeremonyRefusal('trust.no-root')
  return {
    kind,
    making: whole,
    revoke,
    ordinals: {
      csca: kind === 'link' ? numberOfLink(held) : nextOrdinal(held, 'csca'),
      documentSigner: nextOrdinal(held, 'document-signer'),
      listSigner: numberOfListSigner(held, office.clock()),
      crl: nextOrdinal(held, 'crl'),
      masterList: nextOrdinal(held, 'master-list'),
    },
  }
}

/** A root whose link is not made yet is one that a broken-off ceremony left behind. */
function numberOfLink({ roots, links }: HeldTrust): number {
  const unlinked = roots.find(({ ordinal }) => ordinal > 1 && !links.has(ordinal))
  return unlinked?.ordinal ?? roots.length + 1
}

/** The one in use, or a new one where none may sign any more. */
function numberOfListSigner(held: HeldTrust, at: Date): number {
  const inUse = held.listSigners.filter(({ key }) => maySign(key, at)).at(-1)
  return inUse?.ordinal ?? nextOrdinal(held, 'master-list-signer')
}
